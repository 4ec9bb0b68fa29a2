package dev.nslab.terminal;

import com.pty4j.WinSize;
import com.pty4j.unix.Pty;
import dev.nslab.linux.Fd;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The master side of a sandbox's PTY, in pty4j's hands.
 *
 * <p>pty4j knows only PTYs that it opened itself. So it opens one of the host's, and the master that came from the
 * sandbox is put in its place by {@code dup2}; the host's PTY is free again at once.
 */
final class PseudoTerminal implements AutoCloseable {

    /** What the kernel gives in one read of a PTY is 4 KB at most; pty4j allocates as much as it is asked for. */
    static final int READ = 4 * 1024;

    private final Pty pty;
    private final InputStream in;
    private final OutputStream out;

    /** Takes over {@code master}, which is closed in any case. */
    static PseudoTerminal adopt(Fd master) throws IOException {
        try (master) {
            Pty pty = new Pty();
            // pty4j does not throw here: a negative number is all that tells.
            if (pty.getMasterFD() < 0) {
                throw new IOException("No pseudo-terminal is left on this machine: it needs one for a moment to open a"
                        + " terminal. See /proc/sys/kernel/pty/nr and raise kernel.pty.max.");
            }
            master.duplicateOnto(pty.getMasterFD());
            return new PseudoTerminal(pty);
        }
    }

    private PseudoTerminal(Pty pty) {
        this.pty = pty;
        this.in = pty.getInputStream();
        this.out = pty.getOutputStream();
    }

    /** To be watched, never to be closed: the number is pty4j's. */
    Fd fd() {
        return new Fd(pty.getMasterFD());
    }

    /** Reads what is there; waits when nothing is. -1: nobody has the other side open (now), or this side is closed. */
    int read(byte[] buffer) throws IOException {
        return in.read(buffer);
    }

    /** Writes all of it, and waits until the program has read enough. To a program that has ended: nothing happens. */
    void write(byte[] bytes) throws IOException {
        // Whole arrays only: with an offset, pty4j 0.13.12 copies to the wrong place.
        out.write(bytes, 0, bytes.length);
    }

    void resize(int cols, int rows) throws IOException {
        pty.setWindowSize(new WinSize(cols, rows), null);
    }

    /** Hangs up. Never while another thread reads or writes: the number might be another file's by then. */
    @Override
    public void close() throws IOException {
        pty.close();
    }
}
