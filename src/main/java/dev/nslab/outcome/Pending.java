package dev.nslab.outcome;

import dev.nslab.sandbox.Call;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call whose outcome is not yet known.
 *
 * @param target of kill, by its PID in the sandbox's first PID namespace
 * @param before the last snapshot before it was made
 */
record Pending(Call call, @Nullable Integer target, Sight before) {

    /** What a call does to mounts. */
    enum Kind {
        MOUNT,
        MOVE,
        REMOUNT,
        UNMOUNT,
        PIVOT,
        NOTHING
    }

    private static final Set<String> PROPAGATION = Set.of("MS_SHARED", "MS_PRIVATE", "MS_SLAVE", "MS_UNBINDABLE");

    /** A caller that is still asleep after this time has left the call: it sleeps somewhere else. */
    private static final Duration SETTLED = Duration.ofMillis(90);

    static Kind kind(Call call) {
        return switch (call.syscall()) {
            case "mount" -> kindOfMount(call);
            case "umount2" -> Kind.UNMOUNT;
            case "pivot_root" -> Kind.PIVOT;
            default -> Kind.NOTHING;
        };
    }

    /** The flags are tested in the same order as in the kernel (path_mount). */
    private static Kind kindOfMount(Call call) {
        if (call.flags().contains("MS_REMOUNT")) {
            return Kind.REMOUNT;
        }
        if (call.flags().contains("MS_BIND")) {
            return Kind.MOUNT;
        }
        if (call.flags().stream().anyMatch(PROPAGATION::contains)) {
            return Kind.REMOUNT;
        }
        return call.flags().contains("MS_MOVE") ? Kind.MOVE : Kind.MOUNT;
    }

    Kind kind() {
        return kind(call);
    }

    boolean isRecursive() {
        return call.flags().contains("MS_REC");
    }

    /**
     * Whether the call has certainly returned when the snapshot was taken, so that the snapshot shows its effect: a
     * snapshot reads the processes before anything else.
     */
    boolean hasReturned(Sight now) {
        return now.began().isAfter(call.at())
                && now.process(call.pid())
                        .map(caller -> switch (caller.state()) {
                            case "Z" -> true;
                            case "S", "T", "t" -> hasSettled(now);
                            default -> false;
                        })
                        .orElse(true);
    }

    /** Whether the caller sleeps where no signal wakes it, as inside a call that takes long. */
    boolean waitsInKernel(Sight now) {
        return now.process(call.pid())
                .filter(caller -> caller.state().equals("D"))
                .isPresent();
    }

    /** Whether an effect that this snapshot does not show will never show. */
    boolean isOver(Sight now) {
        return hasSettled(now)
                && hasReturned(now)
                && (now.complete() || !call.syscall().equals("sethostname"));
    }

    boolean hasSettled(Sight now) {
        return now.began().isAfter(call.at().plus(SETTLED));
    }
}
