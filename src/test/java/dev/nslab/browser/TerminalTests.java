package dev.nslab.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.browser.Chromium.Drawing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that demand much of a terminal. */
class TerminalTests extends BrowserTest {
    @Override
    Drawing drawing() {
        return Drawing.WEB_GL;
    }

    private Tty tty() {
        return lab.tty("tty1");
    }

    @Test
    void ttyAndPsNameTheSandboxsOwnTerminal() {
        assertThat(tty().run("tty")).containsExactly("/dev/pts/0");
        assertThat(tty().run("ps -o tty= -p $$")).containsExactly("pts/0");
    }

    @Test
    void theProgramLearnsTheSizeAndEachResize() {
        List<String> before = tty().run("stty size");
        lab.page().setViewportSize(1000, 600);
        tty().run("trap : WINCH; until [ \"$(stty size)\" != '" + before.getFirst() + "' ]; do sleep 0.05; done");
        String size = tty().run("stty size").getFirst();
        assertThat(
                        lab.page()
                                .evaluate(
                                        "(() => { const it = document.querySelector('nslab-terminal').screen.terminal; return it.rows + ' ' + it.cols })()"))
                .isEqualTo(size);
    }

    @Test
    void jobControl() {
        Tty tty = tty();
        tty.enter("sleep 1000");
        tty.await("# sleep 1000$", "its line");
        tty.press("Control+Z");
        tty.awaitText("[1]+  Stopped                 sleep 1000");
        tty.awaitPrompt();
        assertThat(tty.run("jobs")).containsExactly("[1]+  Stopped                 sleep 1000");
        tty.enter("fg");
        tty.await("fg\\nsleep 1000$", "the job");
        tty.press("Control+C");
        tty.awaitPrompt();
        assertThat(tty.run("jobs; echo none")).containsExactly("none");
    }

    @Test
    void chineseAndEmojiAsTypedAndAsPrinted() {
        Tty tty = tty();
        assertThat(tty.run("echo 命名空间 👩‍🚀 é | wc -m")).containsExactly("11");
        assertThat(tty.run("printf '你好\\n'")).containsExactly("你好");
    }

    @Test
    void vimEditsAFile() {
        Tty tty = tty();
        tty.enter("vim -u NONE /tmp/note");
        tty.awaitText("\"/tmp/note\"");
        tty.type("ihello 世界");
        tty.press("Escape");
        tty.enter(":wq");
        tty.awaitPrompt();
        assertThat(tty.run("cat /tmp/note")).containsExactly("hello 世界");
    }

    @Test
    void tmuxSplitsAndDetaches() {
        Tty tty = tty();
        tty.enter("tmux new -s class");
        tty.awaitText("[class]");
        tty.enter("tty");
        tty.awaitText("/dev/pts/1");
        tty.press("Control+B");
        tty.type("%");
        tty.await("│", "the border between two panes");
        tty.enter("tty");
        tty.awaitText("/dev/pts/2");
        tty.press("Control+B");
        tty.type("d");
        tty.awaitText("[detached (from session class)]");
        tty.awaitPrompt();
        assertThat(tty.run("tmux ls").getFirst()).startsWith("class: 1 windows");
    }

    @Test
    void tenMegabytesOfPaste() {
        Tty tty = tty();
        tty.run("bind 'set enable-bracketed-paste off'");
        tty.enter("stty -echo; head -c 10000000 | sha256sum; stty echo");
        tty.await("stty echo$", "its line");
        lab.page().evaluate("""
                () => {
                  const line = "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopq\\n".repeat(156250);
                  const data = new DataTransfer();
                  data.setData("text/plain", line);
                  document.querySelector("nslab-terminal textarea").dispatchEvent(
                    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
                }""");
        tty.await("[0-9a-f]{64}", "the digest");
        assertThat(tty.text()).contains(sha256OfThePaste());
    }

    private static String sha256OfThePaste() {
        byte[] text = "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopq\n"
                .repeat(156250)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(text));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void afterTheExitEnterOpensANewShellInTheSamePlace() {
        Tty tty = tty();
        tty.enter("exit 7");
        tty.await("7", "how it ended");
        tty.press("Enter");
        tty.awaitPrompt();
        assertThat(tty.run("echo again")).containsExactly("again");
    }

    @Test
    void aReloadKeepsTheSandboxAndWhatWasOnTheScreen() {
        Tty tty = tty();
        String sandbox = lab.sandbox();
        tty.run("echo before the reload; cd /tmp");
        lab.reload();
        tty.awaitText("before the reload");
        assertThat(tty.run("pwd")).containsExactly("/tmp");
        assertThat(lab.sandbox()).isEqualTo(sandbox);
    }

    @Test
    void aResetGivesAFreshSandboxUnderTheSameId() {
        Tty tty = tty();
        String sandbox = lab.sandbox();
        tty.run("touch /tmp/old; hostname other");
        lab.openTerminal("tty2");
        lab.page().getByTestId("reset").click();
        lab.page().getByTestId("reset-confirm").click();
        tty.await("^root@lab:~# ?$", "a fresh screen");
        assertThat(tty.run("ls /tmp; hostname; echo $$")).containsExactly("lab", "2");
        assertThat(lab.sandbox()).isEqualTo(sandbox);
        assertThat(lab.page().locator("nslab-terminal").count()).isEqualTo(1);
    }

    @Test
    void anInitThatIsKilledFromOutsideIsTold() {
        String id = lab.sandbox();
        long init = ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().isEmpty()
                        || child.descendants().findAny().isPresent())
                .filter(child -> isInit(child.pid()))
                .reduce((first, second) -> second)
                .orElseThrow()
                .pid();
        ProcessHandle.of(init).orElseThrow().destroyForcibly();
        lab.page().getByTestId("notice").waitFor();
        assertThat(lab.page().getByTestId("notice").textContent()).contains("killed from outside");
        lab.page().getByTestId("start").click();
        tty().await("root@lab:~# ?$", "a new sandbox");
        assertThat(lab.sandbox()).isNotNull().isNotBlank();
        assertThat(id).isNotBlank();
    }

    private static boolean isInit(long pid) {
        try {
            return java.nio.file.Files.readString(java.nio.file.Path.of("/proc/" + pid + "/comm"))
                    .strip()
                    .equals("init");
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Test
    void twoViewersSeeTheSameTerminal() {
        tty().run("echo seen by both");
        try (var other = browser()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setStorageState(context().storageState()))) {
            LabPage second = new LabPage(other.newPage(), url());
            second.tty("tty1").awaitText("seen by both");
            assertThat(second.tty("tty1").run("echo typed by the second")).containsExactly("typed by the second");
            tty().awaitText("typed by the second");
        }
    }
}
