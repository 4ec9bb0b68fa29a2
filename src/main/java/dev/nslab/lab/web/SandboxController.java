package dev.nslab.lab.web;

import dev.nslab.account.Caller;
import dev.nslab.lab.Admission;
import dev.nslab.lab.Lab;
import dev.nslab.lab.LabDirectory;
import dev.nslab.lab.Labs;
import dev.nslab.lab.Right;
import dev.nslab.lab.wire.LabView;
import dev.nslab.lab.wire.TerminalRequest;
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
public class SandboxController {

    private final Labs labs;
    private final LabDirectory directory;
    private final Admission admission;

    SandboxController(Labs labs, LabDirectory directory, Admission admission) {
        this.labs = labs;
        this.directory = directory;
        this.admission = admission;
    }

    public record Created(String id, String hostname) {}

    public record Opened(String id, String name, int pid) {}

    @PostMapping
    ResponseEntity<Created> create(Caller caller) throws SandboxException {
        Lab lab = labs.create(caller);
        return ResponseEntity.created(URI.create("/api/sandboxes/" + lab.id()))
                .body(new Created(lab.id(), lab.hostname()));
    }

    @GetMapping("/{id}")
    LabView show(Caller caller, @PathVariable String id) {
        return directory.get(caller, id, Right.WATCH).view();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Caller caller, @PathVariable String id) {
        labs.end(directory.get(caller, id, Right.END), EndReason.REQUESTED);
    }

    @PostMapping("/{id}/reset")
    LabView reset(Caller caller, @PathVariable String id) throws SandboxException {
        Lab lab = directory.get(caller, id, Right.RESET);
        admission.admit(caller);
        lab.reset();
        return lab.view();
    }

    @PostMapping("/{id}/extend")
    LabView extend(Caller caller, @PathVariable String id) {
        Lab lab = directory.get(caller, id, Right.END);
        lab.extend();
        return lab.view();
    }

    @PostMapping("/{id}/terminals")
    @ResponseStatus(HttpStatus.CREATED)
    Opened open(
            Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable TerminalRequest request)
            throws SandboxException, IOException {
        Lab lab = directory.get(caller, id, Right.TYPE);
        TerminalSession terminal = lab.open((request == null ? TerminalRequest.DEFAULT : request).toShellRequest());
        return new Opened(terminal.id(), terminal.name(), terminal.pid());
    }

    @GetMapping("/{id}/snapshot")
    Snapshot snapshot(Caller caller, @PathVariable String id) {
        return directory.get(caller, id, Right.WATCH).snapshot();
    }
}
