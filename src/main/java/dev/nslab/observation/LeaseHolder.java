package dev.nslab.observation;

import dev.nslab.namespace.Death;
import dev.nslab.namespace.Snapshot;
import dev.nslab.outcome.Outcome;
import dev.nslab.sandbox.Call;
import org.jspecify.annotations.Nullable;

/** Is told what is observed in a lab, by those who find it out: must not block. */
public interface LeaseHolder {

    /**
     * A process made a watched system call, which returns about now.
     *
     * @param seen the snapshot before the call; null if there is none yet
     */
    default void called(Call call, @Nullable Snapshot seen) {}

    /** So many calls were made faster than they could be told. */
    default void lost(long count) {}

    default void died(Death death) {}

    default void became(Outcome outcome) {}

    /** A snapshot that differs from the one before. */
    default void seen(Snapshot snapshot) {}

    /** So it is now, whether it differs or not; after all that led to it was told. */
    default void looked(Snapshot snapshot) {}
}
