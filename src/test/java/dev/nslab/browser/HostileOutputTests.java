package dev.nslab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Programs print sequences that a terminal obeys. None acts on the page or types for the learner, and the terminal
 * still works.
 */
class HostileOutputTests extends BrowserTest {

    private final List<String> faults = new ArrayList<>();
    private Tty tty;

    @BeforeEach
    void watch() {
        faults.clear();
        lab.page().onPageError(faults::add);
        lab.page().onDialog(dialog -> {
            faults.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        tty = lab.tty("tty1");
    }

    @AfterEach
    void isWell() {
        // As in every terminal, an unfinished sequence swallows what comes next. This finishes it.
        tty.enter("printf '\\033\\\\'; clear");
        tty.await("^root@lab:~# ?$", "a prompt with nothing typed after it");
        assertThat(tty.run("echo $((40 + 2))")).containsExactly("42");
        assertThat(lab.page().evaluate("window.harmed ?? null")).isNull();
        assertThat(faults).isEmpty();
        assertThat(context().pages()).containsExactly(lab.page());
    }

    @Test
    void aTitleIsOneShortLineOfText() {
        String before = lab.page().title();
        Locator tab = lab.page().getByTestId("tab-tty1");
        tty.run("printf '\\033]2;<img src=x onerror=window.harmed=1>\\u202e\\033\\\\'");
        assertThat(tab).containsText("<img src=x onerror=window.harmed=1>");
        assertThat(tab.locator("img")).hasCount(0);
        tty.run("printf '\\033]0;%0100000d\\007' 0");
        assertThat(tab).containsText("0000…");
        assertThat(tab.textContent()).hasSizeLessThan(120);
        assertThat(tab.boundingBox().width).isLessThan(400);
        assertThat(lab.page().title()).isEqualTo(before);
    }

    @Test
    void aLinkThatIsNoAddressOfTheWebOpensNothing() {
        for (String target : List.of(
                "javascript:window.harmed=1",
                "JaVaScRiPt://x%0awindow.harmed=1",
                "data:text/html,<script>opener.harmed=1</script>",
                "file:///etc/passwd",
                "vbscript:x",
                "blob:null/x")) {
            tty.run("printf '\\033]8;;" + target + "\\033\\\\https-look-alike\\033]8;;\\033\\\\\\n'");
            controlClick("https-look-alike");
            lab.page().evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            assertThat(context().pages()).as(target).hasSize(1);
            isWell();
        }
    }

    @Test
    void aLinkShowsItsTrueTargetAndOpensApartFromThisPage() {
        context().route("https://*.example/**", route -> route.fulfill());
        tty.run("printf '\\033]8;;https://evil.example/x\\033\\\\https://bank.example/\\033]8;;\\033\\\\\\n'");
        BoundingBox place = placeOf("https://bank.example/");
        lab.page().mouse().move(place.x, place.y);
        assertThat(lab.page().locator("nslab-terminal .xterm[title*='https://evil.example/x']"))
                .hasCount(1);
        lab.page().mouse().click(place.x, place.y);
        assertThat(context().pages()).hasSize(1);
        Page opened = context().waitForPage(() -> controlClick("https://bank.example/"));
        assertThat(opened).hasURL("https://evil.example/x");
        assertThat(opened.evaluate("opener")).isNull();
        opened.close();
    }

    @Test
    void noProgramReadsTheClipboard() {
        context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        lab.page().evaluate("navigator.clipboard.writeText('a secret')");
        assertThat(answersTo("\\033]52;c;?\\007\\033]52;p;?\\033\\\\\\033]52;;?\\007"))
                .isEmpty();
    }

    @Test
    void aProgramWritesTheClipboardOnlyWhatWasShownAndAllowed() {
        context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        lab.page().evaluate("navigator.clipboard.writeText('mine')");
        tty.run("for t in harmless evil; do printf '\\033]52;c;%s\\007' $(printf $t | base64); done");
        Locator question = lab.page().getByRole(AriaRole.ALERTDIALOG);
        assertThat(question).containsText("harmless");
        assertThat(clipboard()).isEqualTo("mine");
        tty.run("for i in $(seq 100); do printf '\\033]52;c;ZXZpbA==\\007'; done");
        assertThat(question).containsText("harmless");
        question.getByText("Allow").click();
        lab.page().waitForFunction("async () => await navigator.clipboard.readText() === 'harmless'");
        tty.run("printf '\\033]52;c;%s\\007' $(printf 'safe%0100d;evil' 0 | base64 -w 0)");
        assertThat(question).containsText("and 69 characters more");
        question.getByText("No", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(clipboard()).isEqualTo("harmless");
    }

    private Object clipboard() {
        return lab.page().evaluate("navigator.clipboard.readText()");
    }

    /** xterm answers only like other terminals. Nothing from a query comes back as if it were typed. */
    @Test
    void queriesGetNothingButTheTerminalsOwnAnswers() {
        String answers = answersTo("\\033[c\\033[>c\\033[=c\\033[6n\\033[?6n\\033[>q\\033P$qm\\033\\\\"
                + "\\033P$q\\necho harmed\\n\\033\\\\\\033P+q6e616d65\\033\\\\\\033]10;?\\007\\033]11;?\\007\\033]4;1;?\\007"
                + "\\033]2;\\necho harmed\\n\\007\\033[21t\\033[20t\\033[14t\\033[18t\\033[19t\\033[11t\\033[13t\\033]0;?\\007"
                + "\\033[?2004$p\\005");
        assertThat(answers).contains("\\E[?1;2c");
        String rest = answers.replaceAll("\\\\E\\[[?>=]?[0-9;]*(\\$y|[cRny])", "")
                .replaceAll("\\\\E][0-9;]+rgb:[0-9a-f/]+(\\\\E\\\\\\\\|\\\\a)", "")
                .replaceAll("\\\\EP[01]\\$r[0-9;\"]*[mrpq]?\\\\E\\\\\\\\", "")
                .replaceAll("\\\\EP>\\|xterm\\.js\\([0-9.]+\\)\\\\E\\\\\\\\", "");
        assertThat(rest).isEmpty();
    }

    /**
     * Prints the queries, and reads what comes back, up to the answer to the last one, a device status report. The
     * result is spelled as by bash.
     */
    private String answersTo(String queries) {
        tty.run("stty -echo; printf '" + queries + "\\033[5n'; IFS= read -rsd n answers; stty echo");
        List<String> spelled = tty.run("printf '%q\\n' \"$answers\"");
        return String.join("", spelled).replaceAll("^\\$?'|'$", "").replaceAll("\\\\E\\[0$", "");
    }

    @Test
    void theWindowObeysNoProgram() {
        String size = tty.run("stty size").getFirst();
        tty.run("printf '\\033[8;5;5t\\033[3;0;0t\\033[4;10;10t\\033[9;1t\\033[2t\\033[5t\\033[10;1t'");
        assertThat(tty.run("stty size")).containsExactly(size);
        tty.run("for i in $(seq 20000); do printf '\\033[22t'; done");
        assertThat(tty.run("printf '\\033[?3h'; stty size")).containsExactly(size);
    }

    @Test
    void asMuchAsOneLikesWithoutAnEndIsBorne() {
        for (String begin : List.of("]0;", "]52;c;", "]8;;https://", "P$q", "P", "_", "^", "[1;")) {
            tty.enter("printf '\\033" + begin + "'; head -c 2000000 /dev/zero | tr '\\0' 1; printf '\\033\\\\'");
            // As in every terminal, an answer that no program has read appears at the prompt.
            tty.await("\\| tr [^\\n]*\\n[^\\n]*@lab:~# ?[^\\n]*$", "a prompt after it");
            tty.press("Control+C");
            isWell();
        }
        assertThat(lab.page().getByTestId("tab-tty1").boundingBox().width).isLessThan(400);
    }

    @Test
    void aFloodOfBellsIsBorne() {
        tty.run("head -c 2000000 /dev/zero | tr '\\0' '\\a'");
    }

    private void controlClick(String text) {
        BoundingBox place = placeOf(text);
        lab.page().keyboard().down("Control");
        // xterm makes what is under the pointer a link only when the pointer has moved.
        lab.page().mouse().move(place.x - 1, place.y);
        lab.page().mouse().move(place.x, place.y, new Mouse.MoveOptions().setSteps(3));
        lab.page().mouse().click(place.x, place.y);
        lab.page().keyboard().up("Control");
    }

    /** The middle of a text that begins in the first column, as a box without width and height. */
    private BoundingBox placeOf(String text) {
        BoundingBox screen = lab.page().locator("nslab-terminal .xterm-screen").boundingBox();
        String[] size = ((String) lab.page()
                        .evaluate("(() => { const it = document.querySelector('nslab-terminal').screen.terminal;"
                                + " return it.cols + ' ' + it.rows })()"))
                .split(" ", -1);
        int row = List.of(tty.text().split("\n", -1)).indexOf(text);
        assertThat(row).as("the row of %s in %s", text, tty.text()).isNotNegative();
        BoundingBox place = new BoundingBox();
        place.x = screen.x + (text.length() / 2.0) * screen.width / Integer.parseInt(size[0]);
        place.y = screen.y + (row + 0.5) * screen.height / Integer.parseInt(size[1]);
        return place;
    }
}
