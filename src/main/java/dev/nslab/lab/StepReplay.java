package dev.nslab.lab;

import dev.nslab.lesson.LessonException;
import dev.nslab.lesson.LocalizedText;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.SandboxException.Problem;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a learner to a step: resets the sandbox, and plays in it the solutions of all earlier steps. */
public final class StepReplay {

    private static final Logger log = LoggerFactory.getLogger(StepReplay.class);

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Lab lab;
    private final Tutor tutor;
    private final String step;

    private StepReplay(Lab lab, Tutor tutor, String step) {
        this.lab = lab;
        this.tutor = tutor;
        this.step = step;
    }

    /**
     * Starts the replay, and returns at once.
     *
     * @throws SandboxException BUSY if another replay is under way
     */
    public static void begin(Lab lab, Tutor tutor, String step) throws SandboxException {
        if (!tutor.attempt().lesson().stepIds().contains(step)) {
            throw LessonException.unknown("step", step);
        }
        if (!tutor.beginPlaying(step)) {
            throw new SandboxException(
                    Problem.BUSY, "The solutions before a step are being played already. Wait until that is done.");
        }
        StepReplay arrival = new StepReplay(lab, tutor, step);
        Thread.ofVirtual().name("nslab-arrival-" + lab.id()).start(arrival::run);
    }

    private void run() {
        LocalizedText problem = null;
        try {
            problem = play();
        } catch (RuntimeException e) {
            log.error("a way to a step could not be played", e);
            problem = new LocalizedText("This is an error in the server; its log says more.", "服务器出了错，详见它的日志。");
        } finally {
            tutor.endPlaying(problem);
        }
    }

    /** Plays. Returns why the step was not reached, or null if it was. */
    private @Nullable LocalizedText play() {
        try {
            lab.reset();
            new Player(lab, tutor, PATIENCE).playUntil(step);
            tutor.attempt().goTo(step);
            return null;
        } catch (StuckException e) {
            return e.words();
        } catch (SandboxException | IOException e) {
            return new LocalizedText(String.valueOf(e.getMessage()), "沙箱出了问题：" + e.getMessage());
        } catch (InterruptedException e) {
            return new LocalizedText("It was interrupted.", "被中断了。");
        } finally {
            tutor.attempt().play(null);
        }
    }
}
