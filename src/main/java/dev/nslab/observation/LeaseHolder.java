package dev.nslab.observation;

import dev.nslab.namespace.Death;
import dev.nslab.namespace.Snapshot;
import dev.nslab.outcome.Outcome;
import dev.nslab.sandbox.Call;
import org.jspecify.annotations.Nullable;

/** Hears what is observed in a lab. Its methods are called by the threads that observe, so they must not block. */
public interface LeaseHolder {

    /**
     * A process has made a watched system call, which returns at about this moment.
     *
     * @param seen the last snapshot before the call; null if there is none yet
     */
    default void called(Call call, @Nullable Snapshot seen) {}

    /** This many calls were made faster than they could be reported. */
    default void lost(long count) {}

    default void died(Death death) {}

    default void became(Outcome outcome) {}

    /** A snapshot that differs from the one before. */
    default void seen(Snapshot snapshot) {}

    /**
     * The present state, whether or not it differs from the one before. Called after everything that led to it was
     * told.
     */
    default void looked(Snapshot snapshot) {}
}
