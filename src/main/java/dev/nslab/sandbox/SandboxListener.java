package dev.nslab.sandbox;

/** Hears what happens in a sandbox. Called on the poller's thread: must not block. */
public interface SandboxListener {
    /** A process has made a watched system call, which returns at about this time. */
    default void onCall(Call call) {}

    /** How many calls were made too fast to be reported one by one. */
    default void onLostCalls(long count) {}

    /** A child of the sandbox's init has ended; by its PID in the sandbox's first PID namespace. */
    default void onExit(int pid, ExitStatus status) {}

    /** The watchdog has taken down its links. Called on another thread than the poller's. */
    default void onLinksDown() {}

    /** {@link Sandbox#state} has changed. */
    void onStateChange();
}
