package dev.nslab.lab.web;

import dev.nslab.account.Caller;
import dev.nslab.lab.Admission;
import dev.nslab.lab.Lab;
import dev.nslab.lab.LabDirectory;
import dev.nslab.lab.LabException;
import dev.nslab.lab.Right;
import dev.nslab.lab.StepReplay;
import dev.nslab.lab.Tutor;
import dev.nslab.progress.Attempt;
import dev.nslab.progress.Lessons;
import dev.nslab.progress.ProgressView;
import dev.nslab.sandbox.SandboxException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The lesson that is followed in a sandbox, and the learner's progress in it. */
@RestController
@RequestMapping("/api/sandboxes/{id}")
public class ProgressController {

    private final LabDirectory labs;
    private final Lessons lessons;
    private final Admission admission;

    ProgressController(LabDirectory labs, Lessons lessons, Admission admission) {
        this.labs = labs;
        this.lessons = lessons;
        this.admission = admission;
    }

    public record Followed(@Nullable String lesson) {}

    public record Predicted(@Nullable String answer) {}

    public record Chosen(@Nullable List<@Nullable Integer> answer) {}

    public record Place(@Nullable String step) {}

    @PutMapping("/lesson")
    ProgressView follow(Caller caller, @PathVariable String id, @RequestBody Followed wanted)
            throws InterruptedException {
        Lab lab = labs.get(caller, id, Right.LEARN);
        Attempt attempt =
                wanted.lesson == null ? null : lessons.begin(lab.owner().id(), wanted.lesson);
        if (attempt == null || !lab.follows(attempt)) {
            lab.follow(attempt);
        }
        lab.look();
        return lab.progress();
    }

    @GetMapping("/progress")
    ProgressView show(Caller caller, @PathVariable String id) throws InterruptedException {
        Lab lab = labs.get(caller, id, Right.WATCH);
        lab.look();
        return lab.progress();
    }

    @PostMapping("/progress/steps/{step}/completion")
    ProgressView complete(Caller caller, @PathVariable String id, @PathVariable String step)
            throws InterruptedException {
        return change(caller, id, attempt -> attempt.complete(step));
    }

    @PutMapping("/progress/predictions/{block}")
    ProgressView predict(
            Caller caller, @PathVariable String id, @PathVariable String block, @RequestBody Predicted given)
            throws InterruptedException {
        return change(caller, id, attempt -> attempt.predict(block, present(given.answer)));
    }

    @PutMapping("/progress/quizzes/{block}")
    ProgressView answer(Caller caller, @PathVariable String id, @PathVariable String block, @RequestBody Chosen given)
            throws InterruptedException {
        return change(
                caller,
                id,
                attempt -> attempt.answer(
                        block,
                        present(given.answer).stream()
                                .map(ProgressController::present)
                                .toList()));
    }

    @PutMapping("/progress/place")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void goTo(Caller caller, @PathVariable String id, @RequestBody Place place) throws InterruptedException {
        var _ = change(caller, id, attempt -> attempt.goTo(present(place.step)));
    }

    @DeleteMapping("/progress")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear(Caller caller, @PathVariable String id) throws InterruptedException {
        var _ = change(caller, id, Attempt::clear);
    }

    @PostMapping("/progress/steps/{step}/arrival")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ProgressView arrive(Caller caller, @PathVariable String id, @PathVariable String step) throws SandboxException {
        Lab lab = labs.get(caller, id, Right.LEARN);
        Tutor tutor = tutor(lab);
        admission.admit(caller);
        StepReplay.begin(lab, tutor, step);
        return lab.progress();
    }

    private ProgressView change(Caller caller, String id, Consumer<Attempt> change) throws InterruptedException {
        Lab lab = labs.get(caller, id, Right.LEARN);
        Tutor tutor = tutor(lab);
        lab.look();
        change.accept(tutor.attempt());
        tutor.changed();
        return tutor.view();
    }

    private static Tutor tutor(Lab lab) {
        return lab.tutor().orElseThrow(() -> LabException.notFound("lesson in this sandbox"));
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("The body lacks a required field.");
        }
        return value;
    }
}
