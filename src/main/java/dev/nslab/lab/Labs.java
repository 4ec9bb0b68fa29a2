package dev.nslab.lab;

import dev.nslab.account.Caller;
import dev.nslab.account.Learner;
import dev.nslab.account.LearnerQuota;
import dev.nslab.account.Stranger;
import dev.nslab.limits.Limits;
import dev.nslab.linux.Poller;
import dev.nslab.progress.KeepingChanged;
import dev.nslab.sandbox.EndReason;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.terminal.Terminals;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Starts labs, within the limits of each learner, and ends them. */
@Component
public class Labs {

    private static final String HOSTNAME = "lab";

    private final Sandboxes sandboxes;
    private final Terminals terminals;
    private final Poller poller;
    private final Limits limits;
    private final Admission admission;
    private final LearnerQuota quota;
    private final LabDirectory directory;

    Labs(
            Sandboxes sandboxes,
            Terminals terminals,
            Poller poller,
            Limits limits,
            Admission admission,
            LabDirectory directory) {
        this.sandboxes = sandboxes;
        this.terminals = terminals;
        this.poller = poller;
        this.limits = limits;
        this.admission = admission;
        this.directory = directory;
        this.quota = new LearnerQuota(limits.sandboxesPerLearner());
    }

    /**
     * Starts a lab for the caller.
     *
     * @throws LabException UNKNOWN_LEARNER, TOO_MANY_SANDBOXES or TOO_FAST, checked in this order and before the
     *     sandbox is started
     */
    public Lab create(Caller caller) throws SandboxException {
        return switch (caller) {
            case Learner learner -> createFor(learner);
            case Stranger _ -> throw LabException.unknownLearner();
        };
    }

    private Lab createFor(Learner learner) throws SandboxException {
        if (!quota.take(learner)) {
            throw LabException.tooManySandboxes(quota.most());
        }
        try {
            admission.admit(learner);
            Lab lab = start(learner);
            directory.add(lab);
            return lab;
        } catch (SandboxException | RuntimeException e) {
            quota.giveBack(learner);
            throw e;
        }
    }

    private Lab start(Learner learner) throws SandboxException {
        Lifetime lifetime = new Lifetime(limits.lifetime(), limits.warning(), System::nanoTime);
        return new Lab(learner, sandboxes.start(HOSTNAME), terminals, poller, lifetime);
    }

    public void end(Lab lab, EndReason why) {
        if (directory.remove(lab, why)) {
            lab.end(why);
            quota.giveBack(lab.owner());
        }
    }

    /** Ends labs whose time is over, and warns the viewers of those whose time is nearly over. */
    void reap() {
        directory.all().forEach(lab -> {
            if (lab.isIdleFor(limits.idle())) {
                end(lab, EndReason.idle(limits.idle()));
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
        directory.all().forEach(lab -> lab.tutor().ifPresent(Tutor::changed));
    }

    int running() {
        return directory.all().size();
    }
}
