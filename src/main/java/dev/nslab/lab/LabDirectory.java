package dev.nslab.lab;

import dev.nslab.account.Caller;
import dev.nslab.sandbox.EndReason;
import dev.nslab.terminal.TerminalSession;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * All labs of this server, in memory: they live as long as it does. Everything that a request names is looked up here,
 * for its caller and with the right that it needs; no other code asks who may do what. If the caller does not have the
 * right, nothing is found.
 */
@Component
public class LabDirectory {

    private final Map<String, Lab> labs = new ConcurrentHashMap<>();
    private final EndedLabs ended = new EndedLabs();

    /** A terminal and the lab that it is in. */
    public record Terminal(Lab lab, TerminalSession session) {

        /**
         * Whether the caller has that right at this moment: it may have been granted or withdrawn since the terminal
         * was found.
         */
        public boolean allows(Caller caller, Right right) {
            return lab.rights().allow(caller, right);
        }
    }

    void add(Lab lab) {
        labs.put(lab.id(), lab);
    }

    /** Returns false if it was already removed. */
    boolean remove(Lab lab, EndReason why) {
        boolean removed = labs.remove(lab.id(), lab);
        if (removed) {
            ended.add(lab.id(), lab.rights(), why);
        }
        return removed;
    }

    public Collection<Lab> all() {
        return labs.values();
    }

    public LabLookup find(Caller caller, String id, Right right) {
        Lab lab = labs.get(id);
        if (lab != null && lab.rights().allow(caller, right)) {
            lab.used();
            return new LabLookup.Here(lab);
        }
        return ended.find(caller, id, right)
                .<LabLookup>map(LabLookup.Ended::new)
                .orElseGet(LabLookup.None::new);
    }

    /**
     * The lab with that id.
     *
     * @throws LabException if no such lab runs, or the caller does not have that right in it
     */
    public Lab get(Caller caller, String id, Right right) {
        return switch (find(caller, id, right)) {
            case LabLookup.Here(Lab lab) -> lab;
            case LabLookup.Ended _, LabLookup.None _ -> throw LabException.notFound("sandbox");
        };
    }

    /** The terminal with that id. Empty if there is none, or the caller does not have that right in its lab. */
    public Optional<Terminal> findTerminal(Caller caller, String id, Right right) {
        return labs.values().stream()
                .filter(lab -> lab.rights().allow(caller, right))
                .flatMap(lab -> lab.find(id).map(session -> new Terminal(lab, session)).stream())
                .findFirst();
    }

    /**
     * The terminal with that id.
     *
     * @throws LabException if there is none, or the caller does not have that right in its lab
     */
    public Terminal getTerminal(Caller caller, String id, Right right) {
        return findTerminal(caller, id, right).orElseThrow(() -> LabException.notFound("terminal"));
    }
}
