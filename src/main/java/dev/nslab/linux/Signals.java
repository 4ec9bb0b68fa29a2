package dev.nslab.linux;

import java.util.ArrayList;
import java.util.List;

/** Names of signals (signal(7)). */
public final class Signals {
    private static final List<String> NAMES = List.of(
            "0", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
            "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
            "PROF", "WINCH", "IO", "PWR", "SYS");

    /** The kernel's begin at 32, but the C libraries keep the first two for themselves. */
    private static final int FIRST_REAL_TIME = 34;

    private static final int LAST = 64;

    private Signals() {}

    /** "SIGKILL" for 9, "SIGRTMIN+3" for 37; "SIG32" for what has no name. */
    public static String name(int number) {
        if (number > 0 && number < NAMES.size()) {
            return "SIG" + NAMES.get(number);
        }
        if (number < FIRST_REAL_TIME || number > LAST) {
            return "SIG" + number;
        }
        return number == FIRST_REAL_TIME ? "SIGRTMIN" : "SIGRTMIN+" + (number - FIRST_REAL_TIME);
    }

    /** Those in a mask as /proc/PID/status has it, in the order of their numbers. */
    public static List<String> names(long mask) {
        List<String> names = new ArrayList<>(Long.bitCount(mask));
        for (long left = mask; left != 0; left &= left - 1) {
            names.add(name(Long.numberOfTrailingZeros(left) + 1));
        }
        return List.copyOf(names);
    }
}
