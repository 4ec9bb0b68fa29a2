package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A namespace held open, which can be asked for its relatives (ioctl_nsfs(2)). While it is open, the namespace exists
 * and its inode is not used again, so keep it open for a moment only.
 */
public final class OpenNamespace implements AutoCloseable {

    private static final long NS_GET_USERNS = 0xb701;
    private static final long NS_GET_PARENT = 0xb702;
    private static final long NS_GET_ID = 0x8008b70dL; // since Linux 6.18

    private final Fd fd;

    private OpenNamespace(Fd fd) {
        this.fd = fd;
    }

    /**
     * Null if the process is gone or may not be looked at.
     *
     * @param link a name in /proc/PID/ns
     */
    public static @Nullable OpenNamespace open(ProcFs proc, int pid, String link) {
        String file = proc.namespaceFile(pid, link);
        return orNull(() -> Libc.open(file, Libc.O_CLOEXEC));
    }

    /** Takes over a file that was opened elsewhere. Ask for its {@link #name}: it may not be a namespace at all. */
    public static OpenNamespace of(Fd fd) {
        return new OpenNamespace(fd);
    }

    /** What the kernel calls it. */
    public @Nullable NamespaceId name() {
        try {
            return NamespaceId.parse(Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd.number()))
                    .toString());
        } catch (IOException noProc) {
            return null;
        }
    }

    /** Its id, which no other namespace gets until the machine restarts; null before Linux 6.18. */
    public @Nullable Long id() {
        try (Memory id = new Memory(Long.BYTES)) {
            Libc.ioctl(fd.number(), NS_GET_ID, id);
            return id.getLong(0);
        } catch (LastErrorException olderKernel) {
            return null;
        }
    }

    /** The user namespace that owns it: capabilities there are what counts in this one. Null if it is above our own. */
    public @Nullable OpenNamespace owner() {
        return orNull(() -> Libc.ioctl(fd.number(), NS_GET_USERNS, Pointer.NULL));
    }

    /** The one around a PID or user namespace; null if it is above our own, and for the other types. */
    public @Nullable OpenNamespace parent() {
        return orNull(() -> Libc.ioctl(fd.number(), NS_GET_PARENT, Pointer.NULL));
    }

    @Override
    public void close() {
        fd.close();
    }

    private interface Opening {
        int open() throws LastErrorException;
    }

    private static @Nullable OpenNamespace orNull(Opening opening) {
        try {
            return new OpenNamespace(new Fd(opening.open()));
        } catch (LastErrorException refused) {
            return null;
        }
    }
}
