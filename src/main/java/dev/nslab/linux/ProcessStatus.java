package dev.nslab.linux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What /proc/PID/status tells, see proc_pid_status(5).
 *
 * @param uid the effective one, as the user namespace of the reader shows it
 * @param pids NSpid: the PID in each PID namespace, from that of the proc file system inwards
 * @param sessions NSsid: the session at the same levels, 0 where its leader is outside
 * @param blocked SigBlk, of its first thread; as those that follow a mask, with the lowest bit for signal 1
 * @param ignored SigIgn
 * @param caught SigCgt
 */
public record ProcessStatus(
        long uid, List<Integer> pids, List<Integer> sessions, long blocked, long ignored, long caught) {

    /** Null if lines are missing, as of a process that is just going away. */
    static @Nullable ProcessStatus parse(ProcText text) {
        long uid = 0;
        List<Integer> pids = List.of();
        List<Integer> sessions = null;
        long blocked = 0;
        long ignored = 0;
        while (text.hasMore()) {
            if (text.skip("Uid:")) {
                text.number();
                uid = text.number();
            } else if (text.skip("NSpid:")) {
                pids = text.numbers();
            } else if (text.skip("NSsid:")) {
                sessions = text.numbers();
            } else if (text.skip("SigBlk:")) {
                blocked = text.hexadecimal();
            } else if (text.skip("SigIgn:")) {
                ignored = text.hexadecimal();
            } else if (text.skip("SigCgt:")) {
                return pids.isEmpty() || sessions == null
                        ? null
                        : new ProcessStatus(
                                uid, List.copyOf(pids), List.copyOf(sessions), blocked, ignored, text.hexadecimal());
            }
            text.skipLine();
        }
        return null;
    }
}
