package dev.nslab.lab;

import dev.nslab.account.Learner;
import dev.nslab.namespace.Snapshot;
import dev.nslab.sandbox.EndReason;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.terminal.TerminalSession;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/sandboxes")
class SandboxController {

    private final Labs labs;
    private final Admission admission;

    SandboxController(Labs labs, Admission admission) {
        this.labs = labs;
        this.admission = admission;
    }

    record Created(String id, String hostname) {}

    record Opened(String id, String name, int pid) {}

    @PostMapping
    ResponseEntity<Created> create(Learner learner) throws SandboxException {
        Lab lab = labs.create(learner);
        return ResponseEntity.created(URI.create("/api/sandboxes/" + lab.id()))
                .body(new Created(lab.id(), lab.hostname()));
    }

    @GetMapping("/{id}")
    LabView show(Learner learner, @PathVariable String id) {
        return labs.get(learner, id).view();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Learner learner, @PathVariable String id) {
        labs.end(labs.get(learner, id), EndReason.REQUESTED);
    }

    @PostMapping("/{id}/reset")
    LabView reset(Learner learner, @PathVariable String id) throws SandboxException {
        Lab lab = labs.get(learner, id);
        admission.admit(learner);
        lab.reset();
        return lab.view();
    }

    @PostMapping("/{id}/extend")
    LabView extend(Learner learner, @PathVariable String id) {
        Lab lab = labs.get(learner, id);
        lab.extend();
        return lab.view();
    }

    @PostMapping("/{id}/terminals")
    @ResponseStatus(HttpStatus.CREATED)
    Opened open(
            Learner learner, @PathVariable String id, @RequestBody(required = false) @Nullable TerminalRequest request)
            throws SandboxException, IOException {
        Lab lab = labs.get(learner, id);
        TerminalSession terminal = lab.open((request == null ? TerminalRequest.DEFAULT : request).toShellRequest());
        return new Opened(terminal.id(), terminal.name(), terminal.pid());
    }

    @GetMapping("/{id}/snapshot")
    Snapshot snapshot(Learner learner, @PathVariable String id) {
        return labs.get(learner, id).snapshot();
    }
}
