package dev.nslab.sandbox;

import dev.nslab.linux.Fd;
import dev.nslab.linux.TestFds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A shell as its user sees it: types into it, and reads what it prints. */
public final class Console implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(20);

    /** The prompt of bash and other shells. A program may print such a text, but goes on after it. */
    private static final Pattern PROMPT = Pattern.compile("(^|\n)[^\n]*[#$] $");

    private static final Pattern ESCAPE = Pattern.compile("\u001b(\\[[0-9;?]*[a-zA-Z]|\\][^\u0007]*\u0007)");

    private final Shell shell;
    private final Fd master;
    private final StringBuilder screen = new StringBuilder();
    private final AtomicInteger commands = new AtomicInteger();

    public Console(Shell shell) {
        this.shell = shell;
        this.master = shell.master();
    }

    public static Console open(Sandbox sandbox) throws SandboxException {
        Console console = new Console(sandbox.open(new ShellRequest(List.of("bash", "-l"), 80, 24, Map.of())));
        console.run("PS1=; bind 'set enable-bracketed-paste off'; stty -echo");
        return console;
    }

    public Shell shell() {
        return shell;
    }

    Fd master() {
        return master;
    }

    public void type(String text) {
        TestFds.write(master, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Types a command and returns what it prints, without the line that was typed and without the prompt. */
    public String run(String command) {
        String mark = "mark" + commands.incrementAndGet();
        screen.setLength(0);
        // The mark is typed in two parts, so that the echo of the line is not taken for its output.
        type("echo " + mark + "'-'begin; " + command + "\necho " + mark + "'-'end\n");
        String all = await(mark + "-end\r\n");
        int from = all.indexOf(mark + "-begin\r\n");
        String output = all.substring(from + mark.length() + "-begin\r\n".length(), all.lastIndexOf(mark + "-end"));
        return output.replace("\r\n", "\n").replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "");
    }

    /** Waits for the text, and returns everything that came since the last command. */
    public String await(String text) {
        Instant end = Instant.now().plus(DEADLINE);
        while (screen.indexOf(text) < 0) {
            byte[] bytes = TestFds.read(master, Duration.between(Instant.now(), end));
            if (bytes.length == 0) {
                throw new AssertionError("waited for \"" + text + "\", got: " + screen);
            }
            screen.append(new String(bytes, StandardCharsets.UTF_8));
        }
        return screen.toString();
    }

    /** Drops what has come so far. */
    public void forget() {
        screen.setLength(0);
    }

    /**
     * Waits until a shell asks for the next line. Returns everything that came since {@link #forget}, as plain text.
     */
    public String awaitPrompt() {
        Instant end = Instant.now().plus(DEADLINE);
        String text = "";
        while (!PROMPT.matcher(text).find()) {
            byte[] bytes = TestFds.read(master, Duration.between(Instant.now(), end));
            if (bytes.length == 0) {
                throw new AssertionError("waited for a prompt, got: " + text);
            }
            screen.append(new String(bytes, StandardCharsets.UTF_8));
            text = ESCAPE.matcher(screen.toString().replace("\r\n", "\n"))
                    .replaceAll("")
                    .replace("\r", "");
        }
        return text;
    }

    /** Reads and drops everything, until there is no more or the time is over. */
    void swallow() {
        while (TestFds.read(master, DEADLINE).length > 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        shell.end();
        master.close();
    }
}
