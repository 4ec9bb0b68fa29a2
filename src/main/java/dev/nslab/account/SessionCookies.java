package dev.nslab.account;

import dev.nslab.exposure.ServerExposure;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The cookies that tell learners apart. Only those count that this server gave: a value that somebody else made up, and had a
 * browser keep, must not become a learner's whose sandboxes they then share (session fixation). So each carries a MAC.
 */
@Component
public class SessionCookies {

    private static final String NAME = "nslab";

    /** Browsers keep one of such a name only from this very host, over HTTPS and for all paths (RFC 6265bis, 4.1.3.2). */
    private static final String HOST_NAME = "__Host-" + NAME;

    private static final int ID_BYTES = 18;
    private static final Duration AGE = Duration.ofDays(365);

    private final SessionKey key;
    private final ServerExposure exposure;
    private final SecureRandom random = new SecureRandom();

    SessionCookies(SessionKey key, ServerExposure exposure) {
        this.key = key;
        this.exposure = exposure;
    }

    /** One for a learner who was not here before. */
    public ResponseCookie issue() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = text(bytes);
        return cookie(id + "." + text(key.sign(id))).maxAge(AGE).build();
    }

    /** That of the cookie: nobody else's page, of a sibling name or another port, can have a browser keep one of it under HTTPS. */
    String name() {
        return exposure.isSecure() ? HOST_NAME : NAME;
    }

    /** The learner to whom a cookie with this value was given; empty if this server has not given it. */
    Optional<Learner> holder(String value) {
        int dot = value.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String id = value.substring(0, dot);
        return key.exists() && MessageDigest.isEqual(bytes(value.substring(dot + 1)), key.sign(id))
                ? Optional.of(new Learner(id))
                : Optional.empty();
    }

    /** Makes a browser forget the one that it has. */
    ResponseCookie none() {
        return cookie("").maxAge(0).build();
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String value) {
        return ResponseCookie.from(name(), value)
                .path("/")
                .httpOnly(true)
                .sameSite("Lax")
                .secure(exposure.isSecure());
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
