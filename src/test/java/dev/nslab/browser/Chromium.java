package dev.nslab.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The browser of this machine, without a window. */
final class Chromium implements AutoCloseable {
    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser;

    /**
     * How terminals are drawn. Without a graphics card, WebGL keeps a processor busy, so tests that do not need it use
     * DOM.
     */
    enum Drawing {
        WEB_GL,
        DOM
    }

    Chromium(Drawing drawing) {
        // Run as root, Chromium has no sandbox of its own. The other options keep it from using the network.
        List<String> arguments = new ArrayList<>(List.of(
                "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"));
        if (drawing == Drawing.DOM) {
            arguments.add("--disable-3d-apis");
        }
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program())
                        .setArgs(arguments));
    }

    private static Path program() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("browser tests need Chromium: run ./lab test, or install it"));
    }

    Browser browser() {
        return browser;
    }

    /** A new profile of somebody who reads English, at a desktop computer. */
    BrowserContext newContext() {
        return browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1440, 900).setLocale("en"));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
