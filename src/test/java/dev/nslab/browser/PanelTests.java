package dev.nslab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each view of the panel, compared with what the terminal says. */
class PanelTests extends BrowserTest {
    private Locator byTestId(String id) {
        return lab.page().getByTestId(id);
    }

    @Test
    void theTableHasTheInodesThatLsPrints() {
        Tty tty = lab.tty("tty1");
        tty.run("unshare -u bash");
        int shell = tty.pid();
        long uts = tty.inode(shell, "uts");
        byTestId("view-table").click();
        assertThat(lab.page().locator("table [data-pid='" + shell + "'] [data-ns='uts:" + uts + "']"))
                .isVisible();
        assertThat(lab.page().locator("table [data-pid='1'] [data-ns='uts:" + uts + "']"))
                .hasCount(0);
    }

    @Test
    void theTimelineTellsACallInWords() {
        Tty tty = lab.tty("tty1");
        tty.run("unshare -u -i true");
        byTestId("view-timeline").click();
        Locator call = byTestId("timeline-entry").filter(new Locator.FilterOptions().setHasText("CLONE_NEWIPC"));
        assertThat(call).containsText("CLONE_NEWUTS");
        assertThat(call).containsText("unshare(");
    }

    @Test
    void theLensShowsOneProcessAtEveryLevel() {
        Tty tty = lab.tty("tty1");
        int outer = tty.pid();
        tty.run("unshare -p -f --mount-proc bash");
        Tty second = lab.openTerminal("tty2");
        int inner = (int) second.number("pgrep -P $(pgrep -P " + outer + ")", "(\\d+)");
        lab.process(inner).click();
        Locator lens = byTestId("lens");
        assertThat(lens).hasAttribute("data-pid", String.valueOf(inner));
        assertThat(lens).containsText(String.valueOf(second.inode(inner, "pid")));
        assertThat(lens).containsText(String.valueOf(second.inode(outer, "pid")));
    }

    @Test
    void anInitsDeathIsShownWithThoseThatDiedAlong() {
        Tty tty = lab.tty("tty1");
        tty.run("unshare -p -f --mount-proc bash");
        tty.run("sleep 1000 & sleep 1000 &");
        Tty second = lab.openTerminal("tty2");
        int init = (int) second.number("pgrep -P $(pgrep -x unshare)", "(\\d+)");
        long namespace = second.inode(init, "pid");
        second.enter("kill -9 " + init);
        assertThat(byTestId("autopsy")).containsText("SIGKILL");
        assertThat(lab.page().locator("[data-inode='" + namespace + "'][data-dead]"))
                .isVisible();
        byTestId("view-timeline").click();
        assertThat(byTestId("timeline-entry")
                        .filter(new Locator.FilterOptions().setHasText("2 processes died with it")))
                .containsText(String.valueOf(namespace));
    }

    @Test
    void namesAreNotBrokenInDeepBoxes() {
        lab.page().setViewportSize(1280, 720);
        Tty tty = lab.tty("tty1");
        for (int level = 0; level < 6; level++) {
            tty.run("unshare -p -f --mount-proc bash");
        }
        Tty second = lab.openTerminal("tty2");
        int innermost = (int) second.number("pgrep -P $(pgrep -n -x unshare)", "^(\\d+)$");
        List<Integer> pids = lab.pidsInSnapshot(innermost);
        Locator row = lab.process(innermost);
        assertThat(row.locator(".outside")).hasText(pids.getFirst() + " · … · " + pids.get(pids.size() - 2));
        assertThat(row.locator(".command").boundingBox().height)
                .isEqualTo(lab.process(1).locator(".command").boundingBox().height);
        assertThat(lab.page()
                        .evaluate("[...document.querySelectorAll('[data-testid=process]')]"
                                + ".filter(row => row.scrollWidth > row.clientWidth).length"))
                .isEqualTo(0);
    }

    @Test
    void theGaugeCountsThreads() {
        Tty tty = lab.tty("tty1");
        Locator gauge = byTestId("state").locator(".numbers");
        assertThat(gauge).containsText("1 of ");
        tty.run("perl -Mthreads -e 'threads->create(sub { sleep 1000 }) for 1 .. 6; sleep 1000' &");
        assertThat(gauge).containsText("8 of ");
    }

    @Test
    void equalsAreInOneRowAndFoldedBoxesStayFolded() {
        Tty tty = lab.tty("tty1");
        tty.run("for n in $(seq 60); do sleep 1000 & done 2>/dev/null");
        // For a moment some are still copies of bash.
        Locator equals = byTestId("equals").filter(new Locator.FilterOptions().setHasText("× 60"));
        assertThat(equals).containsText("sleep");
        int one = (int) tty.number("pgrep -n -x sleep", "^(\\d+)$");
        assertThat(lab.process(one)).hasCount(0);
        equals.focus();
        lab.page().keyboard().press("ArrowRight");
        assertThat(lab.process(one)).hasCount(1);

        tty.run("unshare -p -f --mount-proc bash");
        Tty second = lab.openTerminal("tty2");
        int outer = (int) second.number("pgrep -n -x unshare", "^(\\d+)$");
        int inner = (int) second.number("pgrep -P " + outer, "^(\\d+)$");
        Locator box = lab.box(second.inode(inner, "pid"));
        box.getByTestId("fold").click();
        assertThat(box).hasAttribute("aria-expanded", "false");
        lab.reload();
        assertThat(box).hasAttribute("aria-expanded", "false");
        assertThat(lab.process(inner)).hasCount(0);
        byTestId("find").fill("bash " + inner);
        assertThat(lab.process(inner)).isVisible();
        assertThat(byTestId("process")).hasCount(1);
    }

    @Test
    void aNamespaceKeptByABindMountIsShownWithItsPlace() {
        Tty tty = lab.tty("tty1");
        tty.run("touch /tmp/kept; unshare --uts=/tmp/kept true");
        long inode = tty.number("stat -L -c %i /tmp/kept", "^(\\d+)$");
        Locator kept = lab.page().locator("[data-testid=kept-namespace][data-inode='" + inode + "']");
        assertThat(kept).containsText("/tmp/kept");
    }

    @Test
    void theDialogRunsTheCommandThatItShows() {
        byTestId("namespaced-shell").first().click();
        assertThat(byTestId("shell-command")).containsText("unshare -p");
        byTestId("namespaced-shell-run").click();
        Tty shell = lab.tty("tty2");
        shell.awaitPrompt();
        assertThat(shell.pid()).isEqualTo(1);
        assertThat(shell.run("ps -o comm= -p 1")).containsExactly("bash");
    }

    @Test
    void hostileNamesAreOnlyText() {
        Tty tty = lab.tty("tty1");
        tty.run(
                "(exec -a '<img src=x onerror=document.title=1>' sleep 1000) & (exec -a $'\\u202egnp.exe \\x01\\xff' sleep 1001) &");
        tty.run("cp /bin/sleep '/tmp/<b>bold'; '/tmp/<b>bold' 1002 &");
        int bold = (int) tty.number("pgrep -f 1002", "^(\\d+)$");
        assertThat(lab.process(bold)).containsText("<b>bold");
        lab.process(bold).click();
        assertThat(byTestId("lens")).containsText("<b>bold");
        assertThat(lab.page().locator("nslab-namespaces img, nslab-namespaces b:text-is('bold')"))
                .hasCount(0);
        assertThat(lab.page().title()).isNotEqualTo("1");
    }
}
