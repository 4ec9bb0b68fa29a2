package dev.nslab.linux;

import java.util.List;

/** Names of signals (signal(7)). */
public final class Signals {
    private static final List<String> NAMES = List.of(
            "0", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
            "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
            "PROF", "WINCH", "IO", "PWR", "SYS");

    private Signals() {}

    /** "SIGKILL" for 9; "SIG40" for real-time signals, which have no names of their own. */
    public static String name(int number) {
        return "SIG" + (number > 0 && number < NAMES.size() ? NAMES.get(number) : String.valueOf(number));
    }
}
