package dev.nslab.exposure;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Who may use this server, and where.
 *
 * @param mode {@code nslab.access}
 * @param publicUrl where browsers find the server if not on this machine: "https://lab.example.org"
 * @param behindLoopback whether nobody reaches this server but by a port of another machine's or container host's loopback, as
 *     {@code docker run -p 127.0.0.1:8080:8080} publishes it: then it may listen on any address
 */
@ConfigurationProperties("nslab")
public record ServerExposure(
        @Name("access") @DefaultValue("personal") Mode mode,
        @Nullable URI publicUrl,
        @DefaultValue("false") boolean behindLoopback) {

    /** No name but localhost: any other could be made to point here by whoever owns it. */
    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]|\\[0:0:0:0:0:0:0:1]|::1", Pattern.CASE_INSENSITIVE);

    /** Kinds of access. */
    public enum Mode {
        /** One person on this machine, who needs no sign-in. */
        PERSONAL
    }

    public ServerExposure {
        if (publicUrl != null && (publicUrl.getScheme() == null || publicUrl.getHost() == null)) {
            throw new IllegalArgumentException(
                    "nslab.public-url must be an address such as https://lab.example.org, not " + publicUrl);
        }
    }

    /** Origins of pages that may talk to this server although they were got under another address than it sees. */
    public List<String> foreignOrigins() {
        return publicUrl == null ? List.of() : List.of(origin(publicUrl));
    }

    /**
     * Whether a browser may ask for this name: this machine's own, or the one that was configured.
     *
     * @param host of the request, without port; IPv6 in brackets
     */
    public boolean isServedAs(String host) {
        return LOOPBACK.matcher(host).matches() || (publicUrl != null && host.equalsIgnoreCase(publicUrl.getHost()));
    }

    /** Whether nobody but the person at this machine asks: what its operator may see is theirs to see. */
    public boolean isForOnePerson() {
        return mode == Mode.PERSONAL && publicUrl == null;
    }

    /** Whether browsers reach the server by HTTPS, so that its cookies need never go another way. */
    public boolean isSecure() {
        return publicUrl != null && "https".equalsIgnoreCase(publicUrl.getScheme());
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getAuthority();
    }
}
