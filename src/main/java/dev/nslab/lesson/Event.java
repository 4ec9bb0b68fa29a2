package dev.nslab.lesson;

import dev.nslab.namespace.Death;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the sandbox, with the fields of the messages that tell the page of it. What one kind does not
 * have is empty or null, so that an expression need not ask for the kind first.
 *
 * @param type "event": a watched system call began; "exit": a process was killed, or an init has died
 * @param id of a call, grows from call to call; 0 for an exit
 * @param pid as all PIDs here, of the sandbox's first PID namespace
 * @param tid of the thread that called; of an exit its pid
 * @param pids only of an exit
 * @param syscall "unshare", "kill"; "" for an exit
 * @param target whom kill(2) means; null where that is not known, and where it is nobody
 * @param number by which the caller of kill(2) calls it in its own PID namespace, or minus that of a group
 * @param namespace inode of that namespace of the caller's that the call is about; null where that is not known
 * @param init inode of the PID namespace that died with its init
 * @param outcome what became of a call, "mounted": see LESSONS.md; "" while nobody knows
 * @param point mount point of what was mounted, unmounted or remounted
 * @param fileSystem type of what was mounted
 * @param source of what was mounted
 */
public record Event(
        String type,
        long id,
        Instant at,
        int pid,
        int tid,
        List<Integer> pids,
        String command,
        String syscall,
        List<String> flags,
        @Nullable Integer target,
        @Nullable Integer number,
        @Nullable String signal,
        @Nullable Long namespace,
        @Nullable Integer status,
        @Nullable Long init,
        List<Death.Victim> along,
        String outcome,
        @Nullable String point,
        @Nullable String fileSystem,
        @Nullable String source) {

    public static Event call(
            long id,
            Instant at,
            int pid,
            int tid,
            String command,
            String syscall,
            List<String> flags,
            @Nullable Integer target,
            @Nullable Integer number,
            @Nullable String signal,
            @Nullable Long namespace) {
        return new Event(
                "event", id, at, pid, tid, List.of(), command, syscall, flags, target, number, signal, namespace, null,
                null, List.of(), "", null, null, null);
    }

    Event with(String became, @Nullable String where, @Nullable String what, @Nullable String from) {
        return new Event(
                type, id, at, pid, tid, pids, command, syscall, flags, target, number, signal, namespace, status, init,
                along, became, where, what, from);
    }

    public static Event exit(Death death) {
        return new Event(
                "exit",
                0,
                death.at(),
                death.pid(),
                death.pid(),
                death.pids(),
                death.command(),
                "",
                List.of(),
                null,
                null,
                death.signal(),
                null,
                death.status(),
                death.init(),
                death.along(),
                "",
                null,
                null,
                null);
    }
}
