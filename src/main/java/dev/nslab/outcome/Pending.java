package dev.nslab.outcome;

import dev.nslab.sandbox.Call;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call of which it is not yet known what became of it.
 *
 * @param target of kill, by its PID in the sandbox's first PID namespace
 * @param before what was seen last before it was made
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

    /** A call that sleeps for so long does not sleep within itself. */
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

    /** The call has returned by then, and what it did is seen. Processes are looked at before all else. */
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

    /** What has not shown by now will not show. */
    boolean isOver(Sight now) {
        return hasSettled(now)
                && hasReturned(now)
                && (now.complete() || !call.syscall().equals("sethostname"));
    }

    boolean hasSettled(Sight now) {
        return now.began().isAfter(call.at().plus(SETTLED));
    }
}
