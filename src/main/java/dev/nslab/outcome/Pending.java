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

    /** A caller that has slept for so long is no longer inside the call. */
    private static final Duration SETTLED = Duration.ofMillis(90);

    static Kind kind(Call call) {
        return switch (call.syscall()) {
            case "mount" -> kindOfMount(call);
            case "umount2" -> Kind.UNMOUNT;
            case "pivot_root" -> Kind.PIVOT;
            default -> Kind.NOTHING;
        };
    }

    /** In the order in which the kernel looks at the flags (path_mount). */
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

    /** Whether the call has returned by then, so that its effect is seen. Processes are read before anything else. */
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

    /** Whether an effect that has not shown by now will not show any more. */
    boolean isOver(Sight now) {
        return hasSettled(now)
                && hasReturned(now)
                && (now.complete() || !call.syscall().equals("sethostname"));
    }

    boolean hasSettled(Sight now) {
        return now.began().isAfter(call.at().plus(SETTLED));
    }
}
