package dev.nslab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import dev.nslab.NslabApplication;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Lessons, worked through in the page. */
class LessonTests extends BrowserTest {
    private LessonPage open(String id) {
        return LessonPage.fresh(lab, url(), id);
    }

    private Page page() {
        return lab.page();
    }

    @Test
    void aWholeLessonByClicksAlone() {
        LessonPage lesson = open("pid");
        var key = new QuizKey(lesson.id());
        for (String step : lesson.steps()) {
            workThrough(lesson, step, lesson::run, LessonTests::predictByClicks, quiz -> answerByClicks(quiz, key));
            goOnByClick(lesson, step);
        }
        assertThat(lesson.byTestId("lesson-done")).isVisible();
        assertThat(lesson.byTestId("next-lesson")).isVisible();
    }

    private static void workThrough(
            LessonPage lesson, String step, Consumer<Locator> run, Consumer<Locator> predict, Consumer<Locator> quiz) {
        lesson.awaitShown(step);
        Locator blocks = lesson.body().locator("[data-testid=run], [data-testid=predict], [data-testid=quiz]");
        for (Locator block : blocks.all()) {
            switch (block.getAttribute("data-testid")) {
                case "run" -> run.accept(block);
                case "predict" -> predict.accept(block);
                default -> quiz.accept(block);
            }
        }
        if (lesson.body().locator("[data-testid=check], [data-testid=quiz]").count() > 0) {
            lesson.awaitState(step, "passed");
        }
    }

    private static void predictByClicks(Locator predict) {
        Locator choices = predict.locator("input[type=radio]");
        if (choices.count() == 0) {
            return;
        }
        choices.first().check(new Locator.CheckOptions().setForce(true));
        predict.getByTestId("predict-lock").click();
        assertThat(predict).not().hasAttribute("data-state", "open");
    }

    private static void answerByClicks(Locator quiz, QuizKey key) {
        for (int choice : key.of(quiz.getAttribute("data-quiz"))) {
            quiz.locator("[data-choice='" + choice + "']").check();
        }
        quiz.getByTestId("quiz-answer").click();
        assertThat(quiz).hasAttribute("data-state", "right");
    }

    private void goOnByClick(LessonPage lesson, String step) {
        if (!lesson.byTestId("lesson-done").isVisible()) {
            lesson.byTestId("next-step").click();
        }
        lesson.awaitState(step, "passed");
    }

    @Test
    void aWholeLessonByTypingAlone() {
        LessonPage lesson = open("what-is-a-namespace");
        var key = new QuizKey(lesson.id());
        for (String step : lesson.steps()) {
            workThrough(lesson, step, this::runByTyping, this::predictByTyping, quiz -> answerByTyping(quiz, key));
            focusLesson();
            page().keyboard().press("n");
            lesson.awaitState(step, "passed");
        }
        assertThat(lesson.byTestId("lesson-done")).isVisible();
    }

    private void runByTyping(Locator run) {
        assertThat(run)
                .not()
                .hasAttribute("data-unknown", "", new HasAttributeOptions().setTimeout(LessonPage.PATIENCE_MS));
        String name = "tty" + run.getAttribute("data-terminal");
        if (page().getByTestId("tab-" + name).count() == 0) {
            page().getByTestId("new-terminal").first().press("Enter");
        }
        Tty tty = lab.tty(name);
        tty.awaitPrompt();
        run.locator("pre").innerText().lines().forEach(tty::run);
    }

    private void predictByTyping(Locator predict) {
        Locator answer = predict.locator("input").first();
        answer.focus();
        page().keyboard().press("text".equals(answer.getAttribute("type")) ? "1" : "Space");
        page().keyboard().press("Enter");
        assertThat(predict).not().hasAttribute("data-state", "open");
    }

    private void answerByTyping(Locator quiz, QuizKey key) {
        for (int choice : key.of(quiz.getAttribute("data-quiz"))) {
            quiz.locator("[data-choice='" + choice + "']").focus();
            page().keyboard().press("Space");
        }
        page().keyboard().press("Enter");
        assertThat(quiz).hasAttribute("data-state", "right");
    }

    @Test
    void offersAFreshSandboxWhereSomethingIsLeftOver() {
        LessonPage clean = open("pid");
        clean.awaitShown("first");
        assertThat(clean.byTestId("start-fresh")).hasCount(0);
        lab.tty("tty1").run("sleep 1000 &");
        LessonPage other = open("uts");
        assertThat(other.byTestId("start-fresh")).hasCount(1, new HasCountOptions().setTimeout(LessonPage.PATIENCE_MS));
        other.byTestId("start-fresh").click();
        assertThat(other.byTestId("start-fresh")).hasCount(0, new HasCountOptions().setTimeout(LessonPage.PATIENCE_MS));
        lab.tty("tty1").awaitPrompt();
        assertThat(page().request()
                        .get(url() + "/api/sandboxes/" + lab.sandbox() + "/snapshot")
                        .text())
                .doesNotContain("\"command\":\"sleep\"");
    }

    /** Goes through the panes until the lesson has the focus, like somebody without a mouse. */
    private void focusLesson() {
        for (int panes = 0; panes < 6; panes++) {
            page().keyboard().press("Control+Shift+Comma");
            if ((boolean) page().evaluate("document.activeElement.closest('nslab-lesson') !== null")) {
                return;
            }
        }
        throw new AssertionError("the lesson never got the focus");
    }

    @Test
    void wrongMovesGetTheRightHint() {
        LessonPage lesson = open("pid");
        Tty tty = lab.tty("tty1");
        tty.run("unshare -p bash");
        lesson.awaitHint("first", "--fork");
        tty.enter("exit");
        tty.run("unshare -p -f bash");
        lesson.awaitHint("first", "--mount-proc");
        tty.run("exit");
        tty.run("unshare --pid --fork --mount-proc bash");
        lesson.awaitMet("first");
        lesson.byTestId("next-step").click();
        answerByClicks(lesson.byTestId("quiz"), new QuizKey("pid"));
        lesson.byTestId("next-step").click();
        lab.openTerminal("tty2").run("sleep 1000 &");
        lesson.awaitHint("both", "wrong terminal");
        tty.run("exit");
        lesson.awaitHint("both", "inner shell has ended");
        tty.run("unshare --pid --fork --mount-proc bash");
        tty.run("sleep 1000 &");
        lesson.awaitMet("both");
    }

    @Test
    void whatACheckFoundLightsUpInThePanel() {
        LessonPage lesson = open("pid");
        lab.tty("tty1").run("unshare --pid --fork --mount-proc bash");
        lesson.awaitMet("first");
        Locator found = lesson.check("first").getByTestId("found").locator("button");
        assertThat(found).hasText("bash " + found.getAttribute("data-pid") + " · 1");
        Locator row = lab.process(Integer.parseInt(found.getAttribute("data-pid")));
        assertThat(row).hasAttribute("data-lesson", "");
        assertThat(row.getByTestId("lesson-mark")).isVisible();
        assertThat(page().locator("[data-testid=process][data-lesson]")).hasCount(1);
        found.click();
        assertThat(page().getByTestId("lens")).hasAttribute("data-pid", found.getAttribute("data-pid"));
    }

    @Test
    void neitherReloadNorResetLosesProgress() {
        LessonPage lesson = open("pid");
        passFirst(lesson);
        String place = lesson.steps().get(1);
        lesson.byTestId("next-step").click();
        lesson.awaitShown(place);
        lab.reload();
        lesson.awaitShown(place);
        lesson.awaitState("first", "passed");
        page().getByTestId("reset").click();
        page().getByTestId("reset-confirm").click();
        assertThat(page().locator("[data-testid=process][data-lesson]")).hasCount(0);
        lab.tty("tty1").awaitPrompt();
        lesson.awaitState("first", "passed");
        lesson.awaitState(place, "current");
        lesson.awaitShown(place);
    }

    private void passFirst(LessonPage lesson) {
        lesson.runNext("unshare");
        lesson.awaitMet("first");
        lesson.awaitState("first", "passed");
    }

    @Test
    void theWayToALaterStepIsPlayed() {
        LessonPage lesson = open("pid");
        String third = lesson.steps().get(2);
        lesson.byTestId("next-step").click();
        lesson.byTestId("next-step").click();
        lesson.awaitShown(third);
        assertThat(lesson.byTestId("lesson-banner")).hasAttribute("data-kind", "ahead");
        lesson.byTestId("take-me-here").click();
        lesson.byTestId("take-me-here-confirm").click();
        lesson.awaitState("first", "passed");
        lesson.awaitState(third, "current");
        lesson.awaitShown(third);
    }

    @Test
    void aLessonBeginsAnew() {
        LessonPage lesson = open("pid");
        passFirst(lesson);
        lesson.byTestId("steps").click();
        lesson.byTestId("begin-anew").click();
        lesson.byTestId("begin-anew-confirm").click();
        lesson.awaitState("first", "current");
        lesson.awaitShown("first");
        assertThat(lesson.check("first")).hasAttribute("data-met", "false");
        assertThat(lab.tty("tty1").run("echo $$")).doesNotContain("1");
    }

    @Test
    void theStartPageTellsHowFarOneIs() {
        passFirst(open("pid"));
        page().navigate(url() + "/");
        Locator card = page().locator("[data-testid=lesson-card][data-lesson=pid]");
        assertThat(card).hasAttribute("data-passed", "1");
        assertThat(card.getByTestId("lesson-go")).containsText("Continue");
        card.locator("a").click();
        assertThat(page().locator("[data-testid=step][data-step=first]")).hasAttribute("data-state", "passed");
    }

    @Test
    void onAPhoneLessonAndTerminalTakeTurns() {
        var phone = new Browser.NewContextOptions().setViewportSize(390, 844).setLocale("zh-CN");
        try (BrowserContext context = browser().newContext(phone)) {
            var its = new LabPage(context.newPage(), url());
            LessonPage lesson = LessonPage.fresh(its, url(), "pid");
            lesson.runNext("unshare");
            assertThat(its.page().getByTestId("pane-terminal")).hasAttribute("aria-pressed", "true");
            assertThat(its.page().locator("[data-testid=pane-lesson][data-news]"))
                    .isVisible();
            its.page().getByTestId("pane-lesson").click();
            lesson.awaitMet("first");
            assertThat(lesson.check("first")).containsText("1 号");
            assertThat(its.page().locator("[data-news]")).hasCount(0);
            its.endSandbox();
        }
    }

    @Test
    void aRestartOfTheServerLosesNoProgress(@TempDir Path data) {
        ConfigurableApplicationContext server = serve(data, 0);
        int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        String url = "http://localhost:" + port;
        Page page = context().newPage();
        try {
            LessonPage lesson = LessonPage.fresh(new LabPage(page, url), url, "pid");
            passFirst(lesson);
            lesson.byTestId("next-step").click();
            server.close();
            assertThat(page.getByTestId("state")).hasAttribute("data-state", "offline");
            server = serve(data, port);
            page.getByTestId("start").click(new Locator.ClickOptions().setTimeout(LessonPage.PATIENCE_MS));
            lesson.lab().tty("tty1").awaitPrompt();
            lesson.awaitState("first", "passed");
            lesson.awaitShown("outside");
        } finally {
            page.close();
            server.close();
        }
    }

    @Test
    void saysInBothLanguagesWhatTheLabWasStartedWithout(@TempDir Path data) {
        try (var server = serve(data, 0, "--nslab.network-admin=false")) {
            String url = "http://localhost:" + server.getEnvironment().getRequiredProperty("local.server.port");
            Page page = context().newPage();
            page.navigate(url + "/?lang=zh-CN");
            // The lessons are read for the first time, which takes a while.
            page.locator("[data-lesson=network]")
                    .waitFor(new Locator.WaitForOptions().setTimeout(LessonPage.PATIENCE_MS));
            assertThat(page.locator("[data-lesson=network]").getByTestId("lesson-lacking"))
                    .containsText("没有开放网络权限");
            assertThat(page.locator("[data-lesson=pid]").getByTestId("lesson-lacking"))
                    .hasCount(0);
            page.navigate(url + "/lessons/network?lang=en");
            assertThat(page.getByTestId("lesson-pane").getByTestId("lesson-lacking"))
                    .containsText("started without rights over networks");
            page.close();
        }
    }

    private static ConfigurableApplicationContext serve(Path data, int port, String... more) {
        String[] arguments = Arrays.copyOf(more, more.length + 2);
        arguments[more.length] = "--server.port=" + port;
        arguments[more.length + 1] = "--nslab.data-dir=" + data;
        return new SpringApplicationBuilder(NslabApplication.class).run(arguments);
    }
}
