package dev.nslab.authoring;

import dev.nslab.lab.Lab;
import dev.nslab.lab.Player;
import dev.nslab.lab.StuckException;
import dev.nslab.lab.Tutor;
import dev.nslab.lesson.Action;
import dev.nslab.lesson.Fault;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.Move;
import dev.nslab.lesson.Solution;
import dev.nslab.sandbox.EndReason;
import dev.nslab.sandbox.SandboxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One play of a lesson, in a sandbox of its own. To be used by one thread. */
final class Rehearsal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration QUIET = Duration.ofMillis(400);
    private static final String LEFT_OVER = "sleep 1000 &\r";

    private final Lesson lesson;
    private final Lab lab;
    private final CheckTrial trial;
    private final Tutor tutor;
    private final Player player;
    private final List<Fault> faults = new ArrayList<>();

    /** @param lab ended together with the rehearsal */
    Rehearsal(Lesson lesson, Lab lab) {
        this.lesson = lesson;
        this.lab = lab;
        this.trial = new CheckTrial(lesson);
        lab.follow(trial.attempt());
        this.tutor = lab.tutor().orElseThrow();
        this.player = new Player(lab, tutor, PATIENCE);
    }

    @Override
    public void close() {
        lab.end(EndReason.REQUESTED);
    }

    /** Played in another manner, a check was not met, and a hint said why. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final String check;

        RefusedException(String check) {
            this.check = check;
        }

        String check() {
            return check;
        }
    }

    private void begin(Manner manner) throws SandboxException, IOException, InterruptedException {
        var _ = player.open(1);
        if (manner.isLittered()) {
            player.open(1).write(LEFT_OVER.getBytes(StandardCharsets.UTF_8));
            quiet();
            // It was there before.
            trial.attempt().clear();
        }
    }

    /**
     * Plays all solutions. Each step must pass by them, in order; no check may be met before its own solution is
     * played; and no hint may appear.
     *
     * @param written checks whose solutions are played as they are written in any case
     */
    List<Fault> play(Manner manner, Set<String> written, Consumer<LessonTrial.StepTime> took)
            throws SandboxException, IOException, InterruptedException, RefusedException {
        if (manner == Manner.AS_WRITTEN) {
            faults.addAll(trial.whenRead());
        }
        begin(manner);
        for (String step : lesson.stepIds()) {
            long began = System.nanoTime();
            settle();
            if (manner == Manner.AS_WRITTEN) {
                faults.addAll(trial.whenBegun(step));
            }
            hints("when the step begins" + manner);
            boolean done = solve(step, manner, written);
            took.accept(new LessonTrial.StepTime(step, Duration.ofNanos(System.nanoTime() - began)));
            if (!done) {
                break;
            }
        }
        return faults;
    }

    private boolean solve(String step, Manner manner, Set<String> written)
            throws SandboxException, IOException, InterruptedException, RefusedException {
        for (Solution solution : lesson.solutions(step)) {
            String check = solution.check();
            settle();
            if (manner == Manner.AS_WRITTEN
                    && !solution.actions().isEmpty()
                    && trial.attempt().hasHeld(check)) {
                faults.add(trial.blame(check, "the check \"" + check + "\" is met before its solution is played"));
                return false;
            }
            if (!solve(solution, written.contains(check) ? Manner.AS_WRITTEN : manner, manner.toString())) {
                return false;
            }
        }
        var _ = tutor.await(() -> trial.whenMet(step).isEmpty(), Duration.ofSeconds(3));
        faults.addAll(trial.whenMet(step));
        if (manner == Manner.AS_WRITTEN) {
            faults.addAll(trial.whenAnswered(step));
        }
        trial.finish(step);
        if (!tutor.await(() -> trial.attempt().hasPassed(step), PATIENCE)) {
            faults.add(trial.blame(
                    lesson.solutions(step).getLast().check(), "the step \"" + step + "\" did not pass" + manner));
            return false;
        }
        return true;
    }

    /** @param how it is played, for the end of a fault's text */
    private boolean solve(Solution solution, Manner manner, String how)
            throws SandboxException, IOException, InterruptedException, RefusedException {
        int before = faults.size();
        try {
            for (Action action : solution.actions()) {
                player.act(solution, action, manner::line);
                if (!(action instanceof Action.Await)) {
                    settle();
                    hints("while the check \"" + solution.check() + "\" is solved" + how);
                }
            }
            player.awaitMet(solution);
            return true;
        } catch (StuckException e) {
            hints("");
            if (manner != Manner.AS_WRITTEN && faults.size() > before) {
                throw new RefusedException(solution.check());
            }
            faults.add(trial.blame(solution.check(), e.words().english() + how));
            return false;
        }
    }

    /** Plays the solutions before that check's, and the move in place of it. */
    List<Fault> play(Move move) throws SandboxException, IOException, InterruptedException, RefusedException {
        begin(Manner.AS_WRITTEN);
        try {
            playBefore(lesson.solvedWith(move.check()));
            if (move.right()) {
                var _ = solve(move.solution(), Manner.AS_WRITTEN, " (played as line %d says)".formatted(move.line()));
                return faults;
            }
            for (Action action : move.actions()) {
                player.act(move.solution(), action, UnaryOperator.identity());
            }
            quiet();
            faults.addAll(trial.whenRefused(move));
        } catch (StuckException e) {
            faults.add(move.fault(e.words().english()));
        }
        return faults;
    }

    private void playBefore(String check) throws SandboxException, IOException, InterruptedException, StuckException {
        for (String step : lesson.stepIds()) {
            for (Solution solution : lesson.solutions(step)) {
                settle();
                if (solution.check().equals(check)) {
                    return;
                }
                player.play(solution);
            }
            trial.finish(step);
            var _ = tutor.await(() -> trial.attempt().hasPassed(step), PATIENCE);
        }
    }

    /** Waits until what was done before has had its effect, and has been evaluated. */
    private void settle() throws InterruptedException {
        lab.look();
    }

    /** Waits until nothing changes any more, and hints for which there is reason are shown. */
    private void quiet() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long seen;
        do {
            seen = lab.snapshot().revision();
            Thread.sleep(QUIET);
            settle();
        } while ((lab.snapshot().revision() != seen || awaitHint()) && System.nanoTime() - end < 0);
    }

    /** Waits as long as a hint for which there is reason may be due; false if there is none. */
    private boolean awaitHint() throws InterruptedException {
        Duration left = trial.attempt().untilHint().orElse(Duration.ZERO);
        Thread.sleep(left);
        return !left.isZero();
    }

    private void hints(String when) throws InterruptedException {
        if (awaitHint()) {
            settle();
        }
        faults.addAll(trial.whenHinted(when));
    }
}
