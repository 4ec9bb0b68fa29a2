package dev.nslab.lab;

import dev.nslab.account.Caller;
import dev.nslab.account.Learner;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who may do what in one lab. Its owner may do everything. Others, such as a teacher who watches, may do what was
 * granted to them.
 */
final class Rights {

    private final Map<Caller, Set<Right>> granted;

    private Rights(Map<Caller, Set<Right>> granted) {
        this.granted = Map.copyOf(granted);
    }

    static Rights of(Learner owner) {
        return new Rights(Map.of(owner, EnumSet.allOf(Right.class)));
    }

    /** The same rights, except that this caller has exactly the given ones. */
    Rights with(Caller caller, Set<Right> rights) {
        Map<Caller, Set<Right>> all = new HashMap<>(granted);
        all.put(caller, Set.copyOf(rights));
        return new Rights(all);
    }

    boolean allow(Caller caller, Right right) {
        return granted.getOrDefault(caller, Set.of()).contains(right);
    }
}
