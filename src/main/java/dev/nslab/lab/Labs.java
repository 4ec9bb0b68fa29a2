package dev.nslab.lab;

import dev.nslab.account.Learner;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.SandboxLimits;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.terminal.TerminalSession;
import dev.nslab.terminal.Terminals;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** All labs of this server, in memory: they live as long as it does. Whoever looks one up sees only their own. */
@Component
class Labs {

    private static final String HOSTNAME = "lab";

    private final Sandboxes sandboxes;
    private final Terminals terminals;
    private final Poller poller;
    private final Duration idle;
    private final Map<String, Lab> labs = new ConcurrentHashMap<>();

    Labs(Sandboxes sandboxes, Terminals terminals, Poller poller, SandboxLimits limits) {
        this.sandboxes = sandboxes;
        this.terminals = terminals;
        this.poller = poller;
        this.idle = limits.idle();
    }

    Lab create(Learner learner) throws SandboxException {
        Lab lab = new Lab(learner, sandboxes.start(HOSTNAME), terminals, poller);
        labs.put(lab.id(), lab);
        return lab;
    }

    Lab get(Learner learner, String id) {
        return find(learner, id).orElseThrow(() -> new NotFoundException("sandbox"));
    }

    Optional<Lab> find(Learner learner, String id) {
        Optional<Lab> found = Optional.ofNullable(labs.get(id)).filter(lab -> lab.isOf(learner));
        found.ifPresent(Lab::used);
        return found;
    }

    Optional<TerminalSession> findTerminal(Learner learner, String id) {
        return of(learner).flatMap(lab -> lab.find(id).stream()).findFirst();
    }

    void closeTerminal(Learner learner, String id) {
        Lab lab = of(learner)
                .filter(candidate -> candidate.find(id).isPresent())
                .findFirst()
                .orElseThrow(() -> new NotFoundException("terminal"));
        lab.find(id).ifPresent(lab::close);
    }

    void end(Lab lab, String why) {
        if (labs.remove(lab.id(), lab)) {
            lab.end(why);
        }
    }

    void endIdle() {
        Instant since = Instant.now().minus(idle);
        labs.values().stream()
                .filter(lab -> lab.isIdleSince(since))
                .forEach(lab -> end(lab, "The sandbox was idle for " + inWords(idle) + "."));
    }

    int running() {
        return labs.size();
    }

    private Stream<Lab> of(Learner learner) {
        return labs.values().stream().filter(lab -> lab.isOf(learner));
    }

    private static String inWords(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + " minutes" : time.toSeconds() + " seconds";
    }
}
