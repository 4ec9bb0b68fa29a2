package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.account.SessionCookies;
import dev.nslab.lab.LabClient.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseCookie;

/** A cookie counts only if this server issued it. One that another page has set in the browser opens nothing. */
@LabTest
class SessionTests {

    private final int port;
    private final SessionCookies cookies;
    private final LabClient local;

    SessionTests(@LocalServerPort int port, @Autowired SessionCookies cookies) {
        this.port = port;
        this.cookies = cookies;
        this.local = new LabClient(port);
    }

    @AfterEach
    void end() {
        local.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"chosen", "chosen.", ".", "local", "unknown", "local.AAAA", "\u00e4.\u00e4", "a.b.c", "%00.%00"})
    void takesNoCookieThatItDidNotGive(String value) {
        assertUnknown(value);
    }

    @Test
    void takesNoCookieThatWasChanged() {
        String given = cookies.issue().getValue();
        String other = cookies.issue().getValue();
        assertUnknown("x" + given);
        assertUnknown(given + "x");
        assertUnknown(given.substring(0, given.indexOf('.')) + other.substring(other.indexOf('.')));
    }

    private void assertUnknown(String value) {
        String sandbox = local.sandbox();
        LabClient attacker = new LabClient(port, "Cookie", "nslab=" + value);
        Answer refused = attacker.post("/api/sandboxes");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().get("type").asString()).isEqualTo("urn:nslab:problem:unknown-session");
        assertThat(setCookies(refused))
                .singleElement()
                .asString()
                .startsWith("nslab=; Path=/; Max-Age=0;")
                .endsWith("HttpOnly; SameSite=Lax");
        assertThat(attacker.get("/api/sandboxes/" + sandbox).status()).isEqualTo(404);
        assertThat(attacker.watch(sandbox).closed()).isEqualTo(4404);
        attacker.close();
    }

    @Test
    void takesThoseThatItGave() {
        try (LabClient one = LabClient.learner(port, cookies);
                LabClient two = LabClient.learner(port, cookies)) {
            String sandbox = one.sandbox();
            assertThat(one.get("/api/sandboxes/" + sandbox).status()).isEqualTo(200);
            assertThat(two.get("/api/sandboxes/" + sandbox).status()).isEqualTo(404);
            assertThat(setCookies(one.get("/api/sandboxes/" + sandbox))).isEmpty();
        }
    }

    @Test
    void givesCookiesThatScriptsAndOtherSitesDoNotSend() {
        ResponseCookie cookie = cookies.issue();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.isSecure()).isFalse();
        assertThat(cookie.getValue())
                .hasSizeGreaterThan(64)
                .isNotEqualTo(cookies.issue().getValue());
    }

    @Test
    void knowsNoSessionsOfServlets() {
        String sandbox = local.sandbox();
        assertThat(setCookies(local.send("GET", "/lab", null, "Cookie", "JSESSIONID=chosen", "Accept", "text/html")))
                .isEmpty();
        assertThat(local.get("/api/sandboxes/" + sandbox + ";jsessionid=chosen").status())
                .isIn(200, 400, 404);
        assertThat(setCookies(local.get("/;jsessionid=chosen"))).isEmpty();
    }

    private static List<String> setCookies(Answer answer) {
        return answer.raw().headers().allValues("Set-Cookie");
    }
}
