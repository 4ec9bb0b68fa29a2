package dev.nslab.lesson;

import dev.nslab.namespace.Death;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the sandbox, with the same fields as the messages to the page. Fields that one kind does
 * not have are empty or null, so that an expression need not ask for the kind first.
 *
 * @param type "event": a watched system call began; "exit": a process was killed, or an init has died
 * @param id of a call, increasing from call to call; 0 for an exit
 * @param pid in the sandbox's first PID namespace, like all PIDs here
 * @param tid of the thread that made the call; for an exit its pid
 * @param pids only of an exit
 * @param syscall "unshare", "kill"; "" for an exit
 * @param target the process that kill(2) was called for; null if it is not known or there is none
 * @param number what the caller of kill(2) gave: a PID of its own PID namespace, or a group's number with a minus sign
 * @param namespace inode of the caller's namespace that the call is about; null if it is not known
 * @param init inode of the PID namespace that died with its init
 * @param outcome what a call achieved, such as "mounted": see LESSONS.md; "" while it is not known
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

    public Event with(String became, @Nullable String where, @Nullable String what, @Nullable String from) {
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
