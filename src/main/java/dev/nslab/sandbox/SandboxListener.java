package dev.nslab.sandbox;

/** Hears what happens in a sandbox. Called on the poller's thread: must not block. */
public interface SandboxListener {
    /** A process made a watched system call, which returns about now. */
    void onCall(Call call);

    /** So many calls were made faster than they could be told. */
    default void onLostCalls(long count) {}

    /** A process that was a child of the sandbox's init has ended. */
    default void onExit() {}

    /** {@link Sandbox#state} has changed. */
    void onStateChange();
}
