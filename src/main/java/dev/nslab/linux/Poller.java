package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Platform;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for many file descriptors on one thread (epoll(7)), so that an idle terminal takes no thread. Callbacks run on
 * that thread and must not block.
 */
public final class Poller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Poller.class);

    private static final int EPOLLIN = 0x1;
    private static final int EPOLLONESHOT = 1 << 30;
    private static final int CTL_ADD = 1;
    private static final int CTL_DEL = 2;
    private static final int CTL_MOD = 3;
    private static final int EVENTS = 64;
    private static final long WAKE_UP = 0;

    /** struct epoll_event is packed on x86-64 alone: the kernel keeps the layout of 32-bit programs there. */
    private static final int DATA_OFFSET = Platform.isIntel() ? 4 : 8;

    private static final int EVENT_SIZE = DATA_OFFSET + 8;

    private final Fd epoll;
    private final Fd wakeUp;
    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicLong keys = new AtomicLong(WAKE_UP);
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread thread;

    public Poller(String name) throws LinuxException {
        try {
            epoll = new Fd(Libc.epoll_create1(Libc.O_CLOEXEC));
            wakeUp = new Fd(Libc.eventfd(0, Libc.O_CLOEXEC));
            Libc.epoll_ctl(epoll.number(), CTL_ADD, wakeUp.number(), event(EPOLLIN, WAKE_UP));
        } catch (LastErrorException e) {
            throw new LinuxException("start an epoll instance", e);
        }
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /**
     * Calls {@code readable} once when there is something to read or the other side has hung up; again after each
     * {@link Registration#rearm}.
     */
    public Registration watch(Fd fd, Consumer<Registration> readable) throws LinuxException {
        Watch watch = new Watch(keys.incrementAndGet(), fd, readable);
        watches.put(watch.key, watch);
        try {
            Libc.epoll_ctl(epoll.number(), CTL_ADD, fd.number(), watch.event);
        } catch (LastErrorException e) {
            watches.remove(watch.key);
            throw new LinuxException("watch a file descriptor", e);
        }
        return watch;
    }

    /** Runs the task on the poller's thread, where no callback is under way. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread) {
            wake();
        }
    }

    private void wake() {
        try {
            Libc.eventfd_write(wakeUp.number(), 1);
        } catch (LastErrorException | IllegalStateException e) {
            log.debug("the poller has ended", e);
        }
    }

    private void run() {
        try (Memory events = new Memory((long) EVENT_SIZE * EVENTS)) {
            while (running.get()) {
                int count = await(events);
                for (int index = 0; index < count; index++) {
                    dispatch(events.getLong((long) index * EVENT_SIZE + DATA_OFFSET));
                }
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    guarded(task);
                }
            }
        }
        watches.clear(); // with epoll they are all at an end: there is nothing left to close
        epoll.close();
        wakeUp.close();
    }

    private int await(Memory events) {
        try {
            return Libc.epoll_wait(epoll.number(), events, EVENTS, tasks.isEmpty() ? -1 : 0);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EINTR.number()) {
                return 0;
            }
            throw e;
        }
    }

    private void dispatch(long key) {
        if (key == WAKE_UP) {
            Libc.eventfd_read(wakeUp.number(), new long[1]);
            return;
        }
        Watch watch = watches.get(key);
        if (watch != null) {
            guarded(() -> watch.readable.accept(watch));
        }
    }

    /** One broken callback must not silence all terminals. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("a task of the poller failed", e);
        }
    }

    private static Memory event(int events, long key) {
        Memory event = new Memory(EVENT_SIZE);
        event.setInt(0, events);
        event.setLong(DATA_OFFSET, key);
        return event;
    }

    /** Ends the thread after the tasks that were given before. */
    @Override
    public void close() {
        execute(() -> running.set(false));
    }

    /** A file descriptor that is watched. */
    public interface Registration extends AutoCloseable {
        /** Asks for one more callback. Does nothing after {@link #close}. */
        void rearm();

        /** Stops watching; the file descriptor stays open and must outlive this call. */
        @Override
        void close();
    }

    private final class Watch implements Registration {
        private final long key;
        private final Fd fd;
        private final Consumer<Registration> readable;
        /** Written once: a busy terminal is rearmed thousands of times a second, from any thread. */
        private final Memory event;

        Watch(long key, Fd fd, Consumer<Registration> readable) {
            this.key = key;
            this.fd = fd;
            this.readable = readable;
            this.event = event(EPOLLIN | EPOLLONESHOT, key);
        }

        @Override
        public void rearm() {
            if (watches.containsKey(key)) {
                Libc.epoll_ctl(epoll.number(), CTL_MOD, fd.number(), event);
            }
        }

        @Override
        public void close() {
            if (watches.remove(key) != null) {
                Libc.epoll_ctl(epoll.number(), CTL_DEL, fd.number(), event);
            }
        }
    }
}
