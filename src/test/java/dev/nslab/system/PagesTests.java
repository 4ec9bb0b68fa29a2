package dev.nslab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.lab.LabClient;
import dev.nslab.lab.LabClient.Answer;
import dev.nslab.lab.LabTest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@LabTest
class PagesTests {

    @AutoClose
    private final LabClient client;

    PagesTests(@LocalServerPort int port) {
        client = new LabClient(port);
    }

    @Test
    void speakTheLanguageOfTheBrowser() {
        assertLanguage(page("/"), "en");
        assertLanguage(page("/", "Accept-Language", "fr, zh;q=0.8, en;q=0.5"), "zh-CN");
        assertLanguage(page("/", "Accept-Language", "zh-Hans-SG"), "zh-CN");
        assertLanguage(page("/", "Accept-Language", "de-DE"), "en");
        assertLanguage(page("/", "Accept-Language", ";;;"), "en");
    }

    @Test
    void rememberTheLanguageThatWasChosen() {
        Answer chosen = page("/lab?lang=zh-CN");
        assertLanguage(chosen, "zh-CN");
        String cookie = header(chosen, "Set-Cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax");
        assertLanguage(page("/", "Cookie", cookie.substring(0, cookie.indexOf(';'))), "zh-CN");
        assertLanguage(page("/?lang=klingon"), "en");
        assertLanguage(page("/?lang=%00%22"), "en");
        assertLanguage(page("/", "Cookie", "nslab-lang=%22%3Cscript"), "en");
    }

    @Test
    void runNoScriptsButOurs() {
        Answer page = page("/lab");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("script-src 'self'", "frame-ancestors 'none'", "object-src 'none'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "Permissions-Policy")).contains("camera=()", "clipboard-write=(self)");
        assertThat(header(client.get("/api/lessons"), "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void tellPeopleInHtmlThatThereIsNothing() {
        Answer page = page("/nothing");
        assertThat(page.status()).isEqualTo(404);
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(page.raw().body()).contains("404");
        assertThat(page("/error").status()).isEqualTo(404);
        assertThat(page("/nothing", "Accept-Language", "zh").raw().body()).contains("这里什么也没有");
        Answer refused = client.send("PUT", "/lab", "{}", "Accept", "text/html");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.raw().body()).contains("That does not work here");
        assertThat(header(refused, "Content-Security-Policy")).contains("script-src 'self'");
    }

    @Test
    void tellWhatTheMachineGivesAndWhatHoldsEachLimit() {
        String doctor = page("/doctor").raw().body();
        assertThat(doctor).containsPattern("(All|\\d+ of) \\d+ are").contains("nslab.limits.memory", "512MB");
        assertThat(doctor.split("data-testid=\"limit\"", -1)).hasSize(21 + 1);
        assertThat(page("/doctor", "Accept-Language", "zh").raw().body())
                .containsPattern("\\d+ 项")
                .contains("由什么保证");
    }

    @Test
    void exposeHealthAndMetricsOnly() {
        assertThat(client.get("/actuator/health").body().get("status").asString())
                .isEqualTo("UP");
        assertThat(client.get("/actuator/prometheus").raw().body()).contains("jvm_memory_used_bytes");
        assertThat(header(client.get("/lab"), "Strict-Transport-Security")).isEmpty();
        assertThat(client.get("/actuator/env").status()).isEqualTo(404);
        assertThat(client.get("/actuator/heapdump").status()).isEqualTo(404);
    }

    private Answer page(String path, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Accept";
        all[headers.length + 1] = "text/html";
        return client.send("GET", path, null, all);
    }

    private static void assertLanguage(Answer page, String language) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.raw().body()).contains("lang=\"" + language + "\"");
    }

    private static String header(Answer answer, String name) {
        return answer.raw().headers().firstValue(name).orElse("");
    }
}
