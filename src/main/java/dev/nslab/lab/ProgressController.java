package dev.nslab.lab;

import dev.nslab.account.Learner;
import dev.nslab.lesson.Attempt;
import dev.nslab.lesson.Lessons;
import dev.nslab.lesson.ProgressView;
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

/** The lesson that is followed in a sandbox, and the learner's way through it. */
@RestController
@RequestMapping("/api/sandboxes/{id}")
class ProgressController {

    private final Labs labs;
    private final Lessons lessons;
    private final Admission admission;

    ProgressController(Labs labs, Lessons lessons, Admission admission) {
        this.labs = labs;
        this.lessons = lessons;
        this.admission = admission;
    }

    record Followed(@Nullable String lesson) {}

    record Predicted(@Nullable String answer) {}

    record Chosen(@Nullable List<@Nullable Integer> answer) {}

    record Place(@Nullable String step) {}

    @PutMapping("/lesson")
    ProgressView follow(Learner learner, @PathVariable String id, @RequestBody Followed wanted)
            throws InterruptedException {
        Lab lab = labs.get(learner, id);
        Attempt attempt = wanted.lesson == null ? null : lessons.begin(learner.id(), wanted.lesson);
        if (attempt == null || !lab.follows(attempt)) {
            lab.follow(attempt);
        }
        lab.look();
        return lab.progress();
    }

    @GetMapping("/progress")
    ProgressView show(Learner learner, @PathVariable String id) throws InterruptedException {
        Lab lab = labs.get(learner, id);
        lab.look();
        return lab.progress();
    }

    @PostMapping("/progress/steps/{step}/completion")
    ProgressView complete(Learner learner, @PathVariable String id, @PathVariable String step)
            throws InterruptedException {
        return change(learner, id, attempt -> attempt.complete(step));
    }

    @PutMapping("/progress/predictions/{block}")
    ProgressView predict(
            Learner learner, @PathVariable String id, @PathVariable String block, @RequestBody Predicted given)
            throws InterruptedException {
        return change(learner, id, attempt -> attempt.predict(block, present(given.answer)));
    }

    @PutMapping("/progress/quizzes/{block}")
    ProgressView answer(Learner learner, @PathVariable String id, @PathVariable String block, @RequestBody Chosen given)
            throws InterruptedException {
        return change(
                learner,
                id,
                attempt -> attempt.answer(
                        block,
                        present(given.answer).stream()
                                .map(ProgressController::present)
                                .toList()));
    }

    @PutMapping("/progress/place")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void goTo(Learner learner, @PathVariable String id, @RequestBody Place place) throws InterruptedException {
        var _ = change(learner, id, attempt -> attempt.goTo(present(place.step)));
    }

    @DeleteMapping("/progress")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear(Learner learner, @PathVariable String id) throws InterruptedException {
        var _ = change(learner, id, Attempt::clear);
    }

    @PostMapping("/progress/steps/{step}/arrival")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ProgressView arrive(Learner learner, @PathVariable String id, @PathVariable String step) throws SandboxException {
        Lab lab = labs.get(learner, id);
        Tutor tutor = tutor(lab);
        admission.admit(learner);
        Arrival.begin(lab, tutor, step);
        return lab.progress();
    }

    private ProgressView change(Learner learner, String id, Consumer<Attempt> change) throws InterruptedException {
        Lab lab = labs.get(learner, id);
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
            throw new IllegalArgumentException("The body lacks what it must tell.");
        }
        return value;
    }
}
