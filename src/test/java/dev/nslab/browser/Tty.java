package dev.nslab.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A terminal in the page: keys are pressed on the keyboard, and text is read from what is drawn. */
final class Tty {
    private static final int DEADLINE_MS = 30_000;
    private static final String TEXT =
            "name => [...document.querySelectorAll('nslab-terminal')].find(it => it.name === name)?.text ?? ''";

    private final Page page;
    private final String name;

    Tty(Page page, String name) {
        this.page = page;
        this.name = name;
    }

    String text() {
        return (String) page.evaluate(TEXT, name);
    }

    /** Waits until there is a prompt on the last line. */
    void awaitPrompt() {
        await("\\n?[^\\n]*[#$] ?$", "a prompt");
    }

    void awaitText(String text) {
        await(
                Pattern.quote(text).replace("\\Q", "").replace("\\E", "").replaceAll("([\\[\\](){}.*+?^$|])", "\\\\$1"),
                text);
    }

    /** Waits until a JavaScript regular expression matches the terminal's text. */
    void await(String expression, String what) {
        await(
                "([name, expression]) => new RegExp(expression).test((" + TEXT + ")(name))",
                List.of(name, expression),
                what);
    }

    private void await(String condition, List<?> arguments, String what) {
        try {
            page.waitForFunction(condition, arguments, new WaitForFunctionOptions().setTimeout(DEADLINE_MS));
        } catch (RuntimeException e) {
            throw new AssertionError("waited in " + name + " for " + what + ", see:\n" + text(), e);
        }
    }

    /**
     * Waits for the focus: a hidden terminal takes it only when its pane was laid out, and what is typed before that
     * goes elsewhere.
     */
    void focus() {
        page.getByTestId("tab-" + name).click();
        page.waitForFunction(
                "name => { const it = [...document.querySelectorAll('nslab-terminal')].find(it => it.name === name);"
                        + " it?.focus(); return it?.contains(document.activeElement) }",
                name,
                new WaitForFunctionOptions().setTimeout(DEADLINE_MS));
    }

    void type(String text) {
        focus();
        page.keyboard().type(text);
    }

    void press(String key) {
        focus();
        page.keyboard().press(key);
    }

    /** Types a line, as a user would, and does not wait for its command to end. */
    void enter(String command) {
        type(command);
        page.keyboard().press("Enter");
    }

    /**
     * Types a command, waits until it is shown once more and followed by a prompt, and returns the lines in between.
     */
    List<String> run(String command) {
        String typed = "# " + command;
        int before = text().split(Pattern.quote(typed), -1).length;
        enter(command);
        await(
                "([name, typed, before]) => { const parts = (" + TEXT + ")(name).split(typed);"
                        + " return parts.length > before && /\\n[^\\n]*@[^\\n]*# ?$/.test(parts.at(-1)) }",
                List.of(name, typed, before),
                "the end of " + command);
        String text = text();
        return Arrays.stream(
                        text.substring(text.lastIndexOf(typed) + typed.length()).split("\n"))
                .skip(1)
                .takeWhile(line -> !line.matches("[^ ]*@[^ ]*# ?"))
                .toList();
    }

    /**
     * The first line that a command prints. If it prints none, as pstree does when the grep behind it has not begun
     * yet, it is typed again, as a user would.
     */
    String firstLine(String command) {
        List<String> lines = run(command);
        for (int again = 0; lines.isEmpty() && again < 5; again++) {
            lines = run(command);
        }
        return lines.getFirst();
    }

    /** The first number of the first line that matches. */
    long number(String command, String expression) {
        for (String line : run(command)) {
            Matcher matcher = Pattern.compile(expression).matcher(line);
            if (matcher.find()) {
                return Long.parseLong(matcher.group(1));
            }
        }
        throw new AssertionError(command + " printed nothing like " + expression + ":\n" + text());
    }

    int pid() {
        return (int) number("echo $$", "^(\\d+)$");
    }

    /** The namespaces' inodes as `ls -l /proc/PID/ns` shows them, by the names of the links. */
    Map<String, Long> namespaces(int pid) {
        Pattern link = Pattern.compile(" (\\w+) -> '\\w+:\\[(\\d+)]'");
        return run("ls -l /proc/" + pid + "/ns").stream()
                .map(link::matcher)
                .filter(Matcher::find)
                .collect(Collectors.toMap(found -> found.group(1), found -> Long.valueOf(found.group(2))));
    }

    /** The namespace's inode as `ls -l /proc/PID/ns/TYPE` shows it. */
    long inode(int pid, String type) {
        return number("ls -l /proc/" + pid + "/ns/" + type, type + ":\\[(\\d+)]");
    }
}
