package dev.nslab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.NslabApplication;
import dev.nslab.account.SessionCookies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.ResponseCookie;

/** What a proxy says about a request counts only if the operator has said that there is a proxy. */
class ProxyTests {

    private static final String FORGED = """
            X-Forwarded-Host: evil.example\r
            X-Forwarded-Proto: https\r
            X-Forwarded-Port: 443\r
            X-Forwarded-For: 203.0.113.7\r
            X-Forwarded-Prefix: /evil\r
            Forwarded: for=203.0.113.7;host=evil.example;proto=https\r
            """;

    private static final String PROXIED = """
            Host: localhost\r
            X-Forwarded-Host: lab.example.org\r
            X-Forwarded-Proto: https\r
            X-Forwarded-For: 203.0.113.7\r
            """;

    @Test
    void forgedHeadersChangeNothingWhereNoProxyIsConfigured() throws IOException {
        try (ConfigurableApplicationContext server = start()) {
            assertThat(ask(server, "GET /lab", "Host: localhost\r\n" + FORGED + "Accept: text/html\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("evil")
                    .contains("name=\"nslab-root\" content=\"/\"");
            assertThat(ask(
                            server,
                            "POST /api/sandboxes",
                            "Host: localhost\r\nOrigin: https://evil.example\r\n" + FORGED))
                    .startsWith("HTTP/1.1 403");
            assertThat(ask(server, "GET /lab", "Host: evil.example\r\nX-Forwarded-Host: localhost\r\n"))
                    .startsWith("HTTP/1.1 421");
            assertThat(ask(server, "GET /lab?lang=en", "Host: localhost\r\n" + FORGED))
                    .contains("Set-Cookie: nslab-lang")
                    .doesNotContain("Secure");
        }
    }

    @Test
    void aConfiguredProxyIsBelieved() throws IOException {
        try (ConfigurableApplicationContext server =
                start("--server.forward-headers-strategy=native", "--nslab.public-url=https://lab.example.org")) {
            String created = ask(server, "POST /api/sandboxes", PROXIED + "Origin: https://lab.example.org\r\n");
            assertThat(created).startsWith("HTTP/1.1 201").contains("Location: /api/sandboxes/");
            assertThat(ask(server, "POST /api/sandboxes", PROXIED + "Origin: http://lab.example.org\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(ask(server, "GET /lab", PROXIED.replace("lab.example", "evil.example")))
                    .startsWith("HTTP/1.1 421");
            assertThat(ask(server, "GET /lab?lang=en", PROXIED)).contains("Set-Cookie: nslab-lang", "Secure");
            assertThat(server.getBean(SessionCookies.class).issue().isSecure()).isTrue();
        }
    }

    /** Strict-Transport-Security (RFC 6797). Errors have it, too, because any answer may be a browser's first. */
    @Test
    void browsersAreToldToUseNothingButHttps() throws IOException {
        try (ConfigurableApplicationContext server =
                start("--server.forward-headers-strategy=native", "--nslab.public-url=https://lab.example.org")) {
            for (String path : new String[] {"/lab", "/nothing", "/api/lessons", "/actuator/prometheus", "/lab?%zz"}) {
                assertThat(ask(server, "GET " + path, PROXIED))
                        .contains("\nStrict-Transport-Security: max-age=31536000\r");
            }
            assertThat(ask(server, "GET /lab", PROXIED.replace("lab.example", "evil.example")))
                    .startsWith("HTTP/1.1 421")
                    .contains("Strict-Transport-Security");
        }
        try (ConfigurableApplicationContext server = start("--nslab.public-url=http://lab.example.org")) {
            assertThat(ask(server, "GET /lab", "Host: lab.example.org\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("Strict-Transport-Security");
        }
    }

    @Test
    void theSessionCookieIsOfThisHostAlone() throws IOException {
        try (ConfigurableApplicationContext server = start("--nslab.public-url=https://lab.example.org")) {
            ResponseCookie cookie = server.getBean(SessionCookies.class).issue();
            assertThat(cookie.toString())
                    .startsWith("__Host-nslab=")
                    .contains("; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Lax")
                    .doesNotContainIgnoringCase("domain");
            String host = "Host: lab.example.org\r\n";
            String own = host + "Cookie: __Host-nslab=" + cookie.getValue() + "\r\n";
            String created = ask(server, "POST /api/sandboxes", own);
            assertThat(created).startsWith("HTTP/1.1 201");
            String path = created.replaceAll("(?s).*\nLocation: (\\S+).*", "$1");
            assertThat(ask(server, "GET " + path, own)).startsWith("HTTP/1.1 200");
            // A cookie with the plain name may have been set by anybody's page, so it is ignored.
            String plain = host + "Cookie: nslab=" + cookie.getValue() + "\r\n";
            assertThat(ask(server, "GET " + path, plain))
                    .startsWith("HTTP/1.1 404")
                    .doesNotContain("Set-Cookie");
            assertThat(ask(server, "GET " + path, host + "Cookie: __Host-nslab=chosen\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .contains("Set-Cookie: __Host-nslab=;");
        }
        try (ConfigurableApplicationContext server = start()) {
            assertThat(server.getBean(SessionCookies.class).issue().toString()).startsWith("nslab=");
        }
    }

    /** It also suffices if the proxy passes on the browser's Host header, and nothing else is configured. */
    @ParameterizedTest
    @ValueSource(strings = {"Host: lab.example.org\r\n", "Host: LAB.example.org:443\r\n"})
    void aPublicAddressSuffices(String host) throws IOException {
        try (ConfigurableApplicationContext server = start("--nslab.public-url=https://lab.example.org")) {
            assertThat(ask(server, "POST /api/sandboxes", host + "Origin: https://lab.example.org\r\n"))
                    .startsWith("HTTP/1.1 201");
            assertThat(ask(server, "POST /api/sandboxes", host + "Origin: https://evil.example\r\n" + FORGED))
                    .startsWith("HTTP/1.1 403");
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        String[] all = Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments))
                .toArray(String[]::new);
        return SpringApplication.run(NslabApplication.class, all);
    }

    private static String ask(ConfigurableApplicationContext server, String what, String headers) throws IOException {
        int port = Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
        String length = what.startsWith("POST") ? "Content-Length: 0\r\n" : "";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((what + " HTTP/1.1\r\n" + headers + length + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
