package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/**
 * A program in memory that nobody can change any more, not even root (memfd_create(2), F_ADD_SEALS in fcntl(2)). No
 * path leads to it, and it cannot be written through /proc/PID/exe of a process that runs it.
 */
public final class SealedProgram implements AutoCloseable {
    private static final int MFD_CLOEXEC = 0x1;
    private static final int MFD_ALLOW_SEALING = 0x2;
    /** Since Linux 6.3; without it a strict vm.memfd_noexec refuses to run the program. */
    private static final int MFD_EXEC = 0x10;

    private static final int F_ADD_SEALS = 1033;
    private static final int SEAL_SHRINK_GROW_WRITE = 0x1 | 0x2 | 0x4 | 0x8;

    private final Fd fd;

    public SealedProgram(String name, byte[] program) throws LinuxException {
        try {
            fd = new Fd(create(name));
            write(program);
            Libc.fcntl(fd.number(), F_ADD_SEALS, SEAL_SHRINK_GROW_WRITE);
        } catch (LastErrorException e) {
            throw new LinuxException("put " + name + " into sealed memory", e);
        }
    }

    private static int create(String name) {
        try {
            return Libc.memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.EINVAL.number()) {
                throw e;
            }
            return Libc.memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
        }
    }

    private void write(byte[] program) {
        try (Memory bytes = new Memory(program.length)) {
            bytes.write(0, program, 0, program.length);
            for (long done = 0; done < program.length; ) {
                done += Libc.write(fd.number(), (Memory) bytes.share(done), program.length - done);
            }
        }
    }

    /** The path by which execve(2) finds it in this process. */
    String path() {
        return "/proc/self/fd/" + fd.number();
    }

    @Override
    public void close() {
        fd.close();
    }
}
