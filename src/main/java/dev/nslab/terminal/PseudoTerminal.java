package dev.nslab.terminal;

import com.pty4j.WinSize;
import com.pty4j.unix.Pty;
import dev.nslab.linux.Fd;
import dev.nslab.linux.PtyMaster;
import java.io.IOException;

/**
 * The master side of a sandbox's PTY, in pty4j's hands.
 *
 * <p>pty4j knows only PTYs that it has opened itself. So it opens one of the host's, and {@code dup2} puts the master
 * that came from the sandbox in its place. The host's PTY is free again at once.
 *
 * <p>A learner can make pty4j's streams wait without end: a read, when a program has closed the terminal and opened it
 * again, and a write, when no program reads. So the master is non-blocking, and is read and written without these
 * streams.
 */
final class PseudoTerminal implements AutoCloseable {

    /** One read of a PTY returns at most 4 KB, and pty4j allocates as much as it is asked for. */
    static final int READ = 4 * 1024;

    private final Pty pty;
    private final Fd fd;

    /** Takes over {@code master}, and closes it whether or not this succeeds. */
    static PseudoTerminal adopt(Fd master) throws IOException {
        try (master) {
            PtyLibrary.load(master.number());
            Pty pty = new Pty();
            // pty4j does not throw here. Only a negative number shows the failure.
            if (pty.getMasterFD() < 0) {
                throw new IOException("No pseudo-terminal is left on this machine: it needs one for a moment to open a"
                        + " terminal. See /proc/sys/kernel/pty/nr and raise kernel.pty.max.");
            }
            PtyMaster.setNonBlocking(master);
            master.duplicateOnto(pty.getMasterFD());
            return new PseudoTerminal(pty);
        }
    }

    private PseudoTerminal(Pty pty) {
        this.pty = pty;
        this.fd = new Fd(pty.getMasterFD());
    }

    /** The file descriptor, which may be watched but never closed, because it belongs to pty4j. */
    Fd fd() {
        return fd;
    }

    /**
     * Reads what is there, without waiting. Returns 0 if there is nothing, and -1 if no program has the other side open
     * at the moment.
     */
    int read(byte[] buffer) {
        return PtyMaster.read(fd, buffer);
    }

    /** Writes without waiting. Returns how many bytes the terminal has taken; 0 while the program has to read first. */
    int write(byte[] bytes) throws IOException {
        return PtyMaster.write(fd, bytes);
    }

    /** Waits until more can be written. Returns false if it cannot within this time. */
    boolean awaitRoom(int milliseconds) {
        return PtyMaster.awaitRoom(fd, milliseconds);
    }

    void resize(int cols, int rows) throws IOException {
        pty.setWindowSize(new WinSize(cols, rows), null);
    }

    /**
     * Hangs up. Must not be called while another thread reads or writes, because the number of the file descriptor may
     * soon belong to another file.
     */
    @Override
    public void close() throws IOException {
        pty.close();
    }
}
