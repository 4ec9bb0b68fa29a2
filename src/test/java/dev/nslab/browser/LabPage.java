package dev.nslab.browser;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lab page as its user sees it. */
final class LabPage {
    private final Page page;
    private final String url;

    LabPage(Page page, String url) {
        this.page = page;
        this.url = url;
        page.navigate(url + "/lab");
        tty("tty1").awaitPrompt();
    }

    Page page() {
        return page;
    }

    /** Brings the terminal of that name to the front. */
    Tty tty(String name) {
        return new Tty(page, name);
    }

    Tty openTerminal(String expectedName) {
        page.getByTestId("new-terminal").first().click();
        Tty tty = tty(expectedName);
        tty.awaitPrompt();
        return tty;
    }

    /** A living process's row in the panel, by its PID in the sandbox's first PID namespace. */
    Locator process(int pid) {
        return page.locator("[data-testid=process]:not([data-dead])[data-pid='" + pid + "']");
    }

    Locator box(long inode) {
        return page.locator("[data-testid=pid-namespace]:not([data-dead])[data-inode='" + inode + "']");
    }

    String sandbox() {
        return (String) page.evaluate("localStorage.getItem('nslab.sandbox')");
    }

    JsonNode snapshot() {
        APIResponse response = page.request().get(url + "/api/sandboxes/" + sandbox() + "/snapshot");
        if (!response.ok()) {
            throw new AssertionError(response.status() + " " + response.text());
        }
        return new JsonMapper().readTree(response.text());
    }

    /** The process with that PID in the snapshot. */
    JsonNode processInSnapshot(int pid) {
        return snapshot()
                .get("processes")
                .valueStream()
                .filter(process -> process.get("pid").asInt() == pid)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process " + pid + " in " + snapshot()));
    }

    List<Integer> pidsInSnapshot(int pid) {
        return processInSnapshot(pid)
                .get("pids")
                .valueStream()
                .map(JsonNode::asInt)
                .toList();
    }

    void reload() {
        page.reload();
        page.waitForLoadState(LoadState.DOMCONTENTLOADED);
        tty("tty1").awaitText("");
    }

    void endSandbox() {
        String id = sandbox();
        if (id != null) {
            page.request().delete(url + "/api/sandboxes/" + id);
        }
    }
}
