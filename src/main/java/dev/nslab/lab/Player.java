package dev.nslab.lab;

import dev.nslab.lesson.Action;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.LocalizedText;
import dev.nslab.lesson.Solution;
import dev.nslab.progress.Attempt;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.terminal.Subscription;
import dev.nslab.terminal.TerminalEvent;
import dev.nslab.terminal.TerminalSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Plays the solutions of a lesson: does what a learner would do to meet its checks, at a pace at which people can
 * follow. For one thread.
 */
public final class Player {

    private static final Duration PACE = Duration.ofMillis(250);
    private static final Duration PROMPT = Duration.ofSeconds(3);
    private static final byte[] INTERRUPT = {3};

    private final Lab lab;
    private final Tutor tutor;
    private final Attempt attempt;
    private final Duration patience;
    private final Map<Integer, TerminalSession> terminals = new HashMap<>();

    /** @param patience how long each action may take to have its effect */
    public Player(Lab lab, Tutor tutor, Duration patience) {
        this.lab = lab;
        this.tutor = tutor;
        this.attempt = tutor.attempt();
        this.patience = patience;
    }

    /** Plays the solutions of all steps before that one. The sandbox must be freshly started or reset. */
    void playUntil(String step) throws InterruptedException, StuckException, SandboxException, IOException {
        Lesson lesson = attempt.lesson();
        var _ = open(1);
        for (String id : lesson.stepIds()) {
            if (id.equals(step)) {
                break;
            }
            attempt.play(id);
            for (Solution solution : lesson.solutions(id)) {
                play(solution);
            }
            attempt.skip(id);
            tutor.changed();
        }
    }

    /** Plays the solution, and waits until its check is met. */
    public void play(Solution solution) throws InterruptedException, StuckException, SandboxException, IOException {
        for (Action action : solution.actions()) {
            act(solution, action, UnaryOperator.identity());
        }
        awaitMet(solution);
    }

    /** Waits until the solution's check is met. */
    public void awaitMet(Solution solution) throws InterruptedException, StuckException {
        if (!tutor.await(() -> attempt.hasHeld(solution.check()), patience)) {
            throw new StuckException(new LocalizedText(
                    "The check \"%s\" was not met within %d seconds.".formatted(solution.check(), patience.toSeconds()),
                    "检查“%s”在 %d 秒内没有满足。".formatted(solution.check(), patience.toSeconds())));
        }
    }

    /**
     * Does one action of a solution. If the action is to wait for something, waits for that.
     *
     * @param wording is given each line of the solution, and returns what is typed instead
     */
    public void act(Solution solution, Action action, UnaryOperator<String> wording)
            throws InterruptedException, StuckException, SandboxException, IOException {
        switch (action) {
            case Action.Await await -> {
                if (!tutor.await(() -> attempt.isReached(await), patience)) {
                    throw stuck(solution, await.until().toString());
                }
            }
            case Action.Interrupt interrupt -> write(interrupt.terminal(), INTERRUPT);
            case Action.Type type -> write(type.terminal(), line(solution, type, wording));
        }
    }

    private byte[] line(Solution solution, Action.Type type, UnaryOperator<String> wording)
            throws InterruptedException, StuckException {
        if (!tutor.await(() -> attempt.text(type).isPresent(), patience)) {
            throw stuck(solution, type.text().toString());
        }
        String text = attempt.text(type).orElse("");
        return (wording.apply(text) + "\r").getBytes(StandardCharsets.UTF_8);
    }

    private StuckException stuck(Solution solution, String on) {
        return new StuckException(new LocalizedText(
                "The check \"%s\": after %d seconds still not so: %s"
                        .formatted(solution.check(), patience.toSeconds(), on),
                "检查“%s”：等了 %d 秒仍不成立：%s".formatted(solution.check(), patience.toSeconds(), on)));
    }

    /** The terminal with that number, once it shows a prompt. */
    public TerminalSession open(int number) throws InterruptedException, SandboxException, IOException {
        TerminalSession terminal = terminals.get(number);
        if (terminal == null) {
            terminal = lab.terminal(number);
            terminals.put(number, terminal);
            awaitPrompt(terminal);
        }
        return terminal;
    }

    private void write(int number, byte[] bytes) throws InterruptedException, SandboxException, IOException {
        open(number).write(bytes);
        Thread.sleep(PACE);
    }

    /** Waits for the shell's first output. What is typed before that is not lost, but shown twice. */
    private static void awaitPrompt(TerminalSession terminal) throws InterruptedException {
        long end = System.nanoTime() + PROMPT.toNanos();
        try (Subscription output = terminal.subscribe()) {
            TerminalEvent event;
            do {
                event = output.next(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } while (event instanceof TerminalEvent.Attached || event instanceof TerminalEvent.Viewers);
        }
    }
}
