package dev.nslab.lab;

import dev.nslab.account.Learner;
import dev.nslab.lesson.Fault;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.Solution;
import dev.nslab.lesson.Trial;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.terminal.Terminals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plays the solutions of a lesson in a real sandbox: each step must pass by them, in order, and no check may be met before its
 * own solution was played.
 */
final class LessonTrial {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LIFETIME = Duration.ofDays(1);

    private final Sandboxes sandboxes;
    private final Terminals terminals;
    private final Poller poller;

    LessonTrial(Sandboxes sandboxes, Terminals terminals, Poller poller) {
        this.sandboxes = sandboxes;
        this.terminals = terminals;
        this.poller = poller;
    }

    /** @param took how long, told after each step */
    record Outcome(List<Fault> faults, List<StepTime> took) {}

    record StepTime(String step, Duration time) {}

    Outcome play(Lesson lesson) throws SandboxException, IOException, InterruptedException {
        Lab lab = new Lab(
                new Learner("author"),
                sandboxes.start("lab"),
                terminals,
                poller,
                new Lifetime(LIFETIME, Duration.ZERO, System::nanoTime));
        Viewer viewer = lab.join();
        List<StepTime> took = new ArrayList<>();
        try {
            return new Outcome(play(lesson, lab, took::add), took);
        } finally {
            lab.leave(viewer);
            lab.end("The trial is over.");
        }
    }

    private static List<Fault> play(Lesson lesson, Lab lab, Consumer<StepTime> took)
            throws SandboxException, IOException, InterruptedException {
        Trial trial = new Trial(lesson);
        lab.follow(trial.attempt());
        Tutor tutor = lab.tutor().orElseThrow();
        Player player = new Player(lab, tutor, PATIENCE);
        var _ = player.open(1);
        for (String step : lesson.stepIds()) {
            long began = System.nanoTime();
            settle(lab, tutor);
            List<Fault> faults = new ArrayList<>(trial.whenBegun(step));
            for (Solution solution : lesson.solutions(step)) {
                play(solution, trial, lab, tutor, player, faults);
                if (!faults.isEmpty()) {
                    break;
                }
            }
            if (faults.isEmpty()) {
                var _ = tutor.await(() -> trial.whenMet(step).isEmpty(), Duration.ofSeconds(3));
                faults.addAll(trial.whenMet(step));
                trial.finish(step);
            }
            if (faults.isEmpty() && !tutor.await(() -> trial.attempt().hasPassed(step), PATIENCE)) {
                faults.add(trial.blame(
                        lesson.solutions(step).getLast().check(), "the step \"" + step + "\" did not pass"));
            }
            took.accept(new StepTime(step, Duration.ofNanos(System.nanoTime() - began)));
            if (!faults.isEmpty()) {
                return faults;
            }
        }
        return List.of();
    }

    private static void play(Solution solution, Trial trial, Lab lab, Tutor tutor, Player player, List<Fault> faults)
            throws SandboxException, IOException, InterruptedException {
        String check = solution.check();
        settle(lab, tutor);
        if (!solution.actions().isEmpty() && trial.attempt().hasHeld(check)) {
            faults.add(trial.blame(check, "the check \"" + check + "\" is met before its solution is played"));
        }
        if (!faults.isEmpty()) {
            return;
        }
        try {
            player.play(solution);
        } catch (StuckException e) {
            faults.add(trial.blame(check, e.words().english()));
        }
    }

    /** What was done before has had its effect, and has been judged. */
    private static void settle(Lab lab, Tutor tutor) throws InterruptedException {
        lab.look();
        var _ = tutor.await(() -> true, PATIENCE);
    }
}
