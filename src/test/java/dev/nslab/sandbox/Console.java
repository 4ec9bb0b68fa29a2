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

/** A shell as its user has it: types, and reads what comes. */
public final class Console implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Of bash and of others, after the line that was typed: a program may print such a text, but not wait after it. */
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
        // In two parts, so that an echo of the line is not taken for its output.
        type("echo " + mark + "'-'begin; " + command + "\necho " + mark + "'-'end\n");
        String all = await(mark + "-end\r\n");
        int from = all.indexOf(mark + "-begin\r\n");
        String output = all.substring(from + mark.length() + "-begin\r\n".length(), all.lastIndexOf(mark + "-end"));
        return output.replace("\r\n", "\n").replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "");
    }

    /** Waits for the text and returns all that came since the last command. */
    public String await(String text) {
        Instant end = Instant.now().plus(DEADLINE);
        while (screen.indexOf(text) < 0) {
            byte[] bytes = TestFds.read(master, Duration.between(Instant.now(), end));
            if (bytes.length == 0) throw new AssertionError("waited for \"" + text + "\", got: " + screen);
            screen.append(new String(bytes, StandardCharsets.UTF_8));
        }
        return screen.toString();
    }

    /** What came so far is not waited for any more. */
    public void forget() {
        screen.setLength(0);
    }

    /** Waits until a shell asks for the next line; all that came since {@link #forget}, as a plain text. */
    public String awaitPrompt() {
        Instant end = Instant.now().plus(DEADLINE);
        String text = "";
        while (!PROMPT.matcher(text).find()) {
            byte[] bytes = TestFds.read(master, Duration.between(Instant.now(), end));
            if (bytes.length == 0) throw new AssertionError("waited for a prompt, got: " + text);
            screen.append(new String(bytes, StandardCharsets.UTF_8));
            text = ESCAPE.matcher(screen.toString().replace("\r\n", "\n"))
                    .replaceAll("")
                    .replace("\r", "");
        }
        return text;
    }

    /** Reads for nothing, until there is no more or the time is over. */
    void swallow() {
        while (TestFds.read(master, DEADLINE).length > 0) Thread.onSpinWait();
    }

    @Override
    public void close() {
        shell.end();
        master.close();
    }
}
