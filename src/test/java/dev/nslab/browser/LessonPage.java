package dev.nslab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;

/** A lesson in the page, worked through as a learner does. */
final class LessonPage {
    /** The next snapshot is taken when what happened in the sandbox has settled, which takes time on a busy machine. */
    static final int PATIENCE_MS = 20_000;

    private final LabPage lab;
    private final Page page;
    private final String id;

    private LessonPage(LabPage lab, String url, String id) {
        this.lab = lab;
        this.page = lab.page();
        this.id = id;
        page.navigate(url + "/lessons/" + id);
        lab.tty("tty1").awaitPrompt();
    }

    /** Opens the lesson, and begins it anew. */
    static LessonPage fresh(LabPage lab, String url, String id) {
        String sandbox = url + "/api/sandboxes/" + lab.sandbox();
        lab.page()
                .request()
                .put(
                        sandbox + "/lesson",
                        RequestOptions.create()
                                .setHeader("Content-Type", "application/json")
                                .setData("{\"lesson\":\"" + id + "\"}"));
        lab.page().request().delete(sandbox + "/progress");
        var lesson = new LessonPage(lab, url, id);
        lesson.awaitState(lesson.steps().getFirst(), "current");
        return lesson;
    }

    String id() {
        return id;
    }

    List<String> steps() {
        assertThat(byTestId("step").first()).isAttached();
        return byTestId("step").all().stream()
                .map(step -> step.getAttribute("data-step"))
                .toList();
    }

    Locator byTestId(String testId) {
        return page.getByTestId("lesson-pane").getByTestId(testId);
    }

    /** The step that is shown. */
    Locator body() {
        return byTestId("step-body");
    }

    Locator check(String check) {
        return page.locator("[data-testid=check][data-check='" + check + "']");
    }

    void awaitMet(String check) {
        assertThat(check(check)).hasAttribute("data-met", "true", new HasAttributeOptions().setTimeout(PATIENCE_MS));
    }

    void awaitHint(String check, String words) {
        assertThat(check(check).getByTestId("check-hint").filter(new Locator.FilterOptions().setHasText(words)))
                .hasCount(1, new HasCountOptions().setTimeout(PATIENCE_MS));
    }

    void awaitShown(String step) {
        assertThat(body()).hasAttribute("data-step", step, new HasAttributeOptions().setTimeout(PATIENCE_MS));
    }

    void awaitState(String step, String state) {
        assertThat(page.locator("[data-testid=step][data-step='" + step + "']"))
                .hasAttribute("data-state", state, new HasAttributeOptions().setTimeout(PATIENCE_MS));
    }

    /** Clicks a command and waits until its last line has been typed. */
    void run(Locator run) {
        run.getByTestId("run-button").click(new Locator.ClickOptions().setTimeout(PATIENCE_MS));
        assertThat(run).not().hasAttribute("data-busy", "", new HasAttributeOptions().setTimeout(PATIENCE_MS));
    }

    void runNext(String text) {
        run(byTestId("run").filter(new Locator.FilterOptions().setHasText(text)).first());
    }

    LabPage lab() {
        return lab;
    }
}
