package dev.nslab.linux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What /proc/PID/status tells, see proc_pid_status(5).
 *
 * @param uid the effective one, as the user namespace of the reader shows it
 * @param pids NSpid: the PID in each PID namespace, from that of the proc file system inwards
 * @param sessions NSsid: the session at the same levels, 0 where its leader is outside
 */
public record ProcessStatus(long uid, List<Integer> pids, List<Integer> sessions) {

    /** Null if lines are missing, as of a process that is just going away. */
    static @Nullable ProcessStatus parse(ProcText text) {
        long uid = 0;
        List<Integer> pids = List.of();
        while (text.hasMore()) {
            if (text.skip("Uid:")) {
                text.number();
                uid = text.number();
            } else if (text.skip("NSpid:")) {
                pids = text.numbers();
            } else if (text.skip("NSsid:")) {
                List<Integer> sessions = text.numbers();
                return pids.isEmpty() ? null : new ProcessStatus(uid, List.copyOf(pids), List.copyOf(sessions));
            }
            text.skipLine();
        }
        return null;
    }
}
