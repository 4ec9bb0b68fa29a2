package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.account.Learner;
import dev.nslab.account.SessionCookies;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every call and socket of a lab works for whoever has the right that it takes. For all others it looks as if there
 * were no lab.
 */
@LabTest
class RightsApiTests {

    private static final String SANDBOX = "/api/sandboxes/{id}";
    private static final String TERMINAL = "/api/terminals/{id}";
    private static final String PROGRESS = SANDBOX + "/progress";

    record Route(String method, String path, @Nullable String body, Right right) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final List<Route> ROUTES = List.of(
            new Route("GET", SANDBOX, null, Right.WATCH),
            new Route("DELETE", SANDBOX, null, Right.END),
            new Route("POST", SANDBOX + "/reset", null, Right.RESET),
            new Route("POST", SANDBOX + "/extend", null, Right.END),
            new Route("POST", SANDBOX + "/terminals", null, Right.TYPE),
            new Route("GET", SANDBOX + "/snapshot", null, Right.WATCH),
            new Route("PUT", SANDBOX + "/lesson", "{\"lesson\":\"uts\"}", Right.LEARN),
            new Route("GET", PROGRESS, null, Right.WATCH),
            new Route("DELETE", PROGRESS, null, Right.LEARN),
            new Route("PUT", PROGRESS + "/place", "{\"step\":\"none\"}", Right.LEARN),
            new Route("PUT", PROGRESS + "/predictions/{block}", "{\"answer\":\"1\"}", Right.LEARN),
            new Route("PUT", PROGRESS + "/quizzes/{block}", "{\"answer\":[0]}", Right.LEARN),
            new Route("POST", PROGRESS + "/steps/{step}/completion", null, Right.LEARN),
            new Route("POST", PROGRESS + "/steps/{step}/arrival", null, Right.LEARN),
            new Route("DELETE", TERMINAL, null, Right.TYPE));

    private final int port;
    private final SessionCookies cookies;
    private final LabDirectory directory;
    private final RequestMappingHandlerMapping mappings;
    private final Somebody owner;
    private final Somebody other;
    private final LabClient stranger;
    private String sandbox = "";
    private String terminal = "";

    private record Somebody(Learner learner, LabClient client) {}

    RightsApiTests(
            @LocalServerPort int port,
            @Autowired SessionCookies cookies,
            @Autowired LabDirectory directory,
            @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.port = port;
        this.cookies = cookies;
        this.directory = directory;
        this.mappings = mappings;
        this.owner = somebody();
        this.other = somebody();
        this.stranger = new LabClient(port, "Cookie", "nslab=made.up");
    }

    private Somebody somebody() {
        ResponseCookie cookie = cookies.issue();
        String value = cookie.getValue();
        return new Somebody(
                new Learner(value.substring(0, value.indexOf('.'))),
                new LabClient(port, "Cookie", cookie.getName() + "=" + value));
    }

    @BeforeEach
    void begin() {
        sandbox = owner.client.sandbox();
        terminal = owner.client.terminal(sandbox);
    }

    @AfterEach
    void end() {
        stranger.close();
        other.client.close();
        owner.client.close();
    }

    static List<Route> routes() {
        return ROUTES;
    }

    @Test
    void theTableKnowsEveryCall() {
        Set<String> mapped = mappings.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith(SANDBOX) || path.startsWith("/api/terminals"))
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> method + " " + path)))
                .collect(Collectors.toSet());
        assertThat(ROUTES.stream().map(Route::toString)).containsExactlyInAnyOrderElementsOf(mapped);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aCallTakesItsRight(Route route) {
        String absent = detail(owner.client, route, "none");
        assertThat(absent).isNotEmpty();
        assertThat(detail(stranger, route)).isEqualTo(absent);
        assertThat(detail(other.client, route)).isEqualTo(absent);
        grant(EnumSet.complementOf(EnumSet.of(route.right)));
        assertThat(detail(other.client, route)).isEqualTo(absent);
        grant(EnumSet.of(route.right));
        assertThat(detail(other.client, route)).isNotEqualTo(absent);
    }

    /** The type of the answer's problem; empty if there is none. */
    private String detail(LabClient client, Route route) {
        return detail(client, route, route.path.startsWith(TERMINAL) ? terminal : sandbox);
    }

    private static String detail(LabClient client, Route route, String id) {
        String path = route.path.replace("{id}", id).replace("{block}", "none").replace("{step}", "none");
        LabClient.Answer answer = client.send(route.method, path, route.body);
        return answer.status() < 300 ? "" : answer.body().path("detail").asString();
    }

    @Test
    void theSocketOfALabTakesTheRightToWatch() {
        assertThat(stranger.watch(sandbox).closed()).isEqualTo(4404);
        grant(EnumSet.complementOf(EnumSet.of(Right.WATCH)));
        assertThat(other.client.watch(sandbox).closed()).isEqualTo(4404);
        grant(EnumSet.of(Right.WATCH));
        assertThat(other.client.watch(sandbox).message("state").get("state").asString())
                .isEqualTo("running");
    }

    @Test
    void whoMayWatchALabIsToldWhyItEnded() {
        grant(EnumSet.of(Right.WATCH));
        assertThat(owner.client.delete("/api/sandboxes/" + sandbox).status()).isEqualTo(204);
        assertThat(other.client.watch(sandbox).message("state").get("state").asString())
                .isEqualTo("ended");
        assertThat(stranger.watch(sandbox).closed()).isEqualTo(4404);
    }

    @Test
    void theSocketOfATerminalTakesTheRightToWatch() {
        assertThat(stranger.attach(terminal).closed()).isEqualTo(4404);
        grant(EnumSet.complementOf(EnumSet.of(Right.WATCH)));
        assertThat(other.client.attach(terminal).closed()).isEqualTo(4404);
        grant(EnumSet.of(Right.WATCH));
        assertThat(other.client.attach(terminal).message("attached")).isNotNull();
    }

    @Test
    void toTypeTakesARightOfItsOwn() {
        TestSocket learner = owner.client.attach(terminal);
        learner.resize(90, 30);
        learner.message("attached");
        grant(EnumSet.of(Right.WATCH));
        TestSocket watcher = other.client.attach(terminal);
        watcher.type("echo by-$((40 + 1))\r");
        watcher.resize(40, 10);
        // The answer shows that the server has read what was typed before it.
        watcher.sendJson("{}");
        watcher.message("error");
        learner.type("echo by-$((40 + 2)); stty size\r");
        watcher.expect("by-42\r\n30 90");
        assertThat(watcher.printed()).doesNotContain("by-41");
        grant(EnumSet.of(Right.WATCH, Right.TYPE));
        watcher.type("echo by-$((40 + 3))\r");
        learner.expect("by-43");
        grant(EnumSet.of(Right.WATCH));
        watcher.type("echo by-$((40 + 4))\r");
        watcher.forget();
        watcher.sendJson("{}");
        watcher.message("error");
        learner.type("echo by-$((40 + 5))\r");
        watcher.expect("by-45");
        assertThat(learner.printed()).doesNotContain("by-44");
    }

    private void grant(Set<Right> rights) {
        directory.get(owner.learner, sandbox, Right.WATCH).grant(other.learner, rights);
    }
}
