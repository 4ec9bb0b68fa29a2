package dev.nslab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A sandbox's lifetime is nearly over: its viewers are told, may extend it, and in the end learn why it has ended. */
@TestPropertySource(properties = "nslab.limits.lifetime=24s")
class EndingTests extends BrowserTest {

    private static final double PATIENCE_MS = 60_000;

    private Locator byTestId(String id) {
        return lab.page().getByTestId(id);
    }

    @Test
    void everybodyWhoWatchesIsWarnedAndOneExtendsIt() {
        Tty tty = lab.tty("tty1");
        tty.run("touch /tmp/kept");
        try (var other = inChinese()) {
            LabPage second = new LabPage(other.newPage(), url());
            Locator theirs = second.page().getByTestId("ending");
            awaitWords(byTestId("ending"), "ends in less than a minute");
            awaitWords(theirs, "将在一分钟内结束");
            assertThat(byTestId("ending").getByRole(AriaRole.STATUS)).containsText("ends in");
            second.page().getByTestId("extend").press("Enter");
            assertThat(theirs).not().hasAttribute("data-due", "");
            assertThat(byTestId("ending")).not().hasAttribute("data-due", "");
            assertThat(second.page().locator("nslab-terminal textarea")).isFocused();
            assertThat(tty.run("ls /tmp")).containsExactly("kept");
        }
    }

    @Test
    void afterTheEndThePageSaysWhyAndOffersAnother() {
        String first = lab.sandbox();
        try (var other = inChinese()) {
            LabPage second = new LabPage(other.newPage(), url());
            assertThat(second.sandbox()).isEqualTo(first);
            awaitWords(byTestId("notice"), "The sandbox reached its lifetime of 24 seconds.");
            awaitWords(second.page().getByTestId("notice"), "沙箱的最长存活时间（24秒钟）已到。");
            assertThat(second.page().getByTestId("notice")).not().containsText("lifetime");
        }
        assertThat(byTestId("ending")).not().hasAttribute("data-due", "");
        byTestId("start").click();
        lab.tty("tty1").await("^root@lab:~# ?$", "a new sandbox");
        assertThat(lab.sandbox()).isNotEqualTo(first);
    }

    /** Another page of the same learner. */
    private BrowserContext inChinese() {
        return browser()
                .newContext(new Browser.NewContextOptions()
                        .setLocale("zh-CN")
                        .setStorageState(context().storageState()));
    }

    private static void awaitWords(Locator note, String words) {
        assertThat(note).containsText(words, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
    }
}
