package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A child of this process, known by its pidfd, and reaped as soon as it ends (pidfd_open(2)). */
public final class ChildProcess {
    private static final long PIDFD_SEND_SIGNAL = 424;
    private static final long PIDFD_OPEN = 434;
    private static final int WNOHANG = 1;
    private static final int SIGKILL = 9;
    /** Own session, empty signal mask, default dispositions: nothing of the server's terminal or JVM is inherited. */
    private static final short SETSIGDEF_SETSIGMASK_SETSID = 0x04 | 0x08 | 0x80;

    private static final int SIGSET_SIZE = 128;
    /** Larger than posix_spawn_file_actions_t and posix_spawnattr_t of glibc and musl. */
    private static final int SPAWN_STRUCT_SIZE = 1024;

    private final int pid;
    private final Fd pidfd;
    private final CompletableFuture<@Nullable Void> exit = new CompletableFuture<>();

    private ChildProcess(int pid, Fd pidfd) {
        this.pid = pid;
        this.pidfd = pidfd;
    }

    /**
     * Starts a program with one file descriptor, as number 3, and without environment; its standard streams are this
     * process's.
     */
    public static ChildProcess start(SealedProgram program, String name, Fd third, Poller poller)
            throws LinuxException {
        int[] pid = new int[1];
        try (Memory actions = new Memory(SPAWN_STRUCT_SIZE);
                Memory attributes = new Memory(SPAWN_STRUCT_SIZE);
                Memory signals = new Memory(SIGSET_SIZE)) {
            Libc.posix_spawn_file_actions_init(actions);
            Libc.posix_spawn_file_actions_adddup2(actions, third.number(), 3);
            Libc.posix_spawnattr_init(attributes);
            signals.clear();
            Libc.posix_spawnattr_setsigmask(attributes, signals);
            signals.setMemory(0, SIGSET_SIZE, (byte) 0xff);
            Libc.posix_spawnattr_setsigdefault(attributes, signals);
            Libc.posix_spawnattr_setflags(attributes, SETSIGDEF_SETSIGMASK_SETSID);
            int error = Libc.posix_spawn(pid, program.path(), actions, attributes, strings(name), strings());
            Libc.posix_spawnattr_destroy(attributes);
            Libc.posix_spawn_file_actions_destroy(actions);
            if (error != 0) {
                throw new LinuxException("start " + name, new Errno(error));
            }
        }
        return adopt(pid[0], poller);
    }

    private static Pointer strings(String... strings) {
        return new StringArray(strings);
    }

    /** A child that another child has made in this process's name (CLONE_PARENT). */
    public static ChildProcess adopt(int pid, Poller poller) throws LinuxException {
        try {
            ChildProcess child = new ChildProcess(pid, new Fd((int) Libc.syscall(PIDFD_OPEN, pid, 0, 0, 0)));
            poller.watch(child.pidfd, child::reap);
            return child;
        } catch (LastErrorException e) {
            throw new LinuxException("open a pidfd of child " + pid, e);
        }
    }

    private void reap(Poller.Registration watch) {
        try {
            Libc.waitpid(pid, new int[1], WNOHANG);
        } catch (LastErrorException e) {
            // Something else has reaped it, so it is only known that it ended.
        }
        watch.close();
        synchronized (pidfd) {
            pidfd.close();
        }
        exit.complete(null);
    }

    /** Its PID as this process sees it. */
    public int pid() {
        return pid;
    }

    public boolean isAlive() {
        return !exit.isDone();
    }

    /** Runs the task when the process has ended and is reaped: on the poller's thread, or now if it has already. */
    public void whenExited(Runnable task) {
        CompletableFuture<Void> _ = exit.thenRun(task);
    }

    /** Waits until it has ended and is reaped; false if that takes longer. Not to be called on the poller's thread. */
    public boolean exitsWithin(Duration time) {
        return Deadline.isMetBy(exit, time);
    }

    /** Sends SIGKILL, unless it has ended. */
    public void kill() {
        synchronized (pidfd) { // else its number might be that of another child by now
            if (!pidfd.isOpen()) {
                return;
            }
            try {
                Libc.syscall(PIDFD_SEND_SIGNAL, pidfd.number(), SIGKILL, 0, 0);
            } catch (LastErrorException e) {
                // It has ended by itself, and is not reaped yet.
            }
        }
    }
}
