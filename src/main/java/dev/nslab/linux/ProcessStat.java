package dev.nslab.linux;

import org.jspecify.annotations.Nullable;

/**
 * What /proc/PID/stat tells, see proc_pid_stat(5).
 *
 * @param command the name of at most 15 bytes that the process gave itself or got by execve(2)
 * @param state one letter: R, S, D, T, t, Z, X, I
 * @param parent PID in the PID namespace of the proc file system, 0 if the parent is outside
 * @param terminal device number of the controlling terminal, 0 without one
 * @param foreground whether its process group is the one that this terminal is for now
 * @param threads how many
 * @param startTime clock ticks since boot: with the PID it tells a process from a later one with the same PID
 */
public record ProcessStat(
        String command, String state, int parent, int terminal, boolean foreground, int threads, long startTime) {

    /** Unix98 PTYs: all slaves have major 136, up to 143 in older kernels, 256 minors each. */
    private static final int FIRST_PTY_MAJOR = 136;

    private static final int LAST_PTY_MAJOR = 143;

    /** Null if the text is no stat file, as of a process that is just going away. */
    static @Nullable ProcessStat parse(ProcText text) {
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')'); // the name may hold any byte, parentheses too; after it come only numbers
        if (open < 0 || close < open) {
            return null;
        }
        text.seek(close + 1);
        String state = text.word();
        int parent = (int) text.number();
        long group = text.number();
        text.skipWords(1);
        int terminal = (int) text.number();
        boolean foreground = text.number() == group && terminal != 0;
        text.skipWords(11);
        int threads = (int) text.number();
        text.skipWords(1);
        return new ProcessStat(text.text(open + 1, close), state, parent, terminal, foreground, threads, text.number());
    }

    /** True for what has ended; of a process whose first thread has ended this says nothing of the others. */
    public boolean isDead() {
        return state.equals("Z") || state.equals("X");
    }

    /** The state of a process whose first thread has ended, while this other one lives. */
    public ProcessStat livingBy(ProcessStat thread) {
        return new ProcessStat(command, thread.state, parent, terminal, foreground, threads - 1, startTime);
    }

    /** The last of the numbers, which is 0 until the process is a zombie. */
    static int exitStatus(ProcText text) {
        text.seek(text.lastIndexOf(')') + 1);
        text.skipWords(49); // from the state on
        return (int) text.number();
    }

    /** Name of the controlling terminal below /dev, "pts/0"; null without one and for other kinds of terminals. */
    public @Nullable String terminalName() {
        // The layout of the kernel's new_encode_dev().
        int major = (terminal >>> 8) & 0xfff;
        int minor = (terminal & 0xff) | ((terminal >>> 12) & 0xfff00);
        boolean isPty = major >= FIRST_PTY_MAJOR && major <= LAST_PTY_MAJOR;
        return isPty ? "pts/" + ((major - FIRST_PTY_MAJOR) * 256 + minor) : null;
    }
}
