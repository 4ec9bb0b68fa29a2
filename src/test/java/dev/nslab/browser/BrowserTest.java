package dev.nslab.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import dev.nslab.NslabApplication;
import dev.nslab.browser.Chromium.Drawing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Gives each test a fresh browser profile with the lab open in it. */
@SpringBootTest(classes = NslabApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestInstance(Lifecycle.PER_CLASS)
abstract class BrowserTest {
    @LocalServerPort
    private int port;

    private Chromium chromium;
    private BrowserContext context;
    LabPage lab;

    @BeforeAll
    void launch() {
        chromium = new Chromium(drawing());
    }

    Drawing drawing() {
        return Drawing.DOM;
    }

    @AfterAll
    void quit() {
        chromium.close();
    }

    @BeforeEach
    void open() {
        context = chromium.newContext();
        lab = new LabPage(context.newPage(), url());
    }

    @AfterEach
    void end() {
        lab.endSandbox();
        context.close();
    }

    String url() {
        return "http://localhost:" + port;
    }

    BrowserContext context() {
        return context;
    }

    Browser browser() {
        return chromium.browser();
    }
}
