package dev.nslab.lab.web;

import dev.nslab.account.Caller;
import dev.nslab.lab.LabDirectory;
import dev.nslab.lab.Right;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/terminals")
class TerminalController {

    private final LabDirectory labs;

    TerminalController(LabDirectory labs) {
        this.labs = labs;
    }

    /** Hangs up the terminal, which ends everything that runs in it. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void close(Caller caller, @PathVariable String id) {
        LabDirectory.Terminal found = labs.getTerminal(caller, id, Right.TYPE);
        found.lab().close(found.session());
    }
}
