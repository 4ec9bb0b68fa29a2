package dev.nslab.lab;

import dev.nslab.account.Learner;
import dev.nslab.lesson.KeepingChanged;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.EndReason;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.SandboxLimits;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.terminal.TerminalSession;
import dev.nslab.terminal.Terminals;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** All labs of this server, in memory: they live as long as it does. Whoever looks one up sees only their own. */
@Component
class Labs {

    private static final String HOSTNAME = "lab";

    private final Sandboxes sandboxes;
    private final Terminals terminals;
    private final Poller poller;
    private final Duration idle;
    private final LabLimits limits;
    private final Admission admission;
    private final Shares shares;
    private final EndedLabs ended = new EndedLabs();
    private final Map<String, Lab> labs = new ConcurrentHashMap<>();

    Labs(
            Sandboxes sandboxes,
            Terminals terminals,
            Poller poller,
            SandboxLimits sandboxLimits,
            LabLimits limits,
            Admission admission) {
        this.sandboxes = sandboxes;
        this.terminals = terminals;
        this.poller = poller;
        this.idle = sandboxLimits.idle();
        this.limits = limits;
        this.admission = admission;
        this.shares = new Shares(limits.sandboxesPerLearner());
    }

    /** @throws LabException UNKNOWN_LEARNER, TOO_MANY_SANDBOXES or TOO_FAST, in this order; then SandboxException */
    Lab create(Learner learner) throws SandboxException {
        if (!learner.isKnown()) {
            throw LabException.unknownLearner();
        }
        if (!shares.take(learner)) {
            throw LabException.tooManySandboxes(shares.most());
        }
        try {
            admission.admit(learner);
            Lab lab = start(learner);
            labs.put(lab.id(), lab);
            return lab;
        } catch (SandboxException | RuntimeException e) {
            shares.giveBack(learner);
            throw e;
        }
    }

    private Lab start(Learner learner) throws SandboxException {
        Lifetime lifetime = new Lifetime(limits.lifetime(), limits.warning(), System::nanoTime);
        return new Lab(learner, sandboxes.start(HOSTNAME), terminals, poller, lifetime);
    }

    Lab get(Learner learner, String id) {
        return find(learner, id).orElseThrow(() -> LabException.notFound("sandbox"));
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
                .orElseThrow(() -> LabException.notFound("terminal"));
        lab.find(id).ifPresent(lab::close);
    }

    void end(Lab lab, EndReason why) {
        if (labs.remove(lab.id(), lab)) {
            ended.add(lab.owner(), lab.id(), why);
            lab.end(why);
            shares.giveBack(lab.owner());
        }
    }

    /** Why a lab of that learner's ended; empty if there was none, or too long ago. */
    Optional<EndReason> reasonOfEnd(Learner learner, String id) {
        return ended.reason(learner, id);
    }

    /** Ends those whose time is over, and has those warned whose time soon is. */
    void reap() {
        labs.values().forEach(lab -> {
            if (lab.isIdleFor(idle)) {
                end(lab, EndReason.idle(idle));
            } else if (lab.hasLivedLongEnough()) {
                end(lab, EndReason.lifetime(limits.lifetime()));
            } else {
                lab.warnIfDue();
            }
        });
    }

    /** Learners are told that from their lesson. */
    @EventListener
    void keepingChanged(KeepingChanged event) {
        labs.values().forEach(lab -> lab.tutor().ifPresent(Tutor::changed));
    }

    int running() {
        return labs.size();
    }

    private Stream<Lab> of(Learner learner) {
        return labs.values().stream().filter(lab -> lab.isOf(learner));
    }
}
