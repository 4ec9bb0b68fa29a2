package dev.nslab.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The C library, by JNA's direct mapping. Every call that fails throws {@link LastErrorException}, which {@link
 * LinuxException} translates; constants and layouts are those of Linux on 64-bit machines.
 */
final class Libc {
    static final int O_CLOEXEC = 0x80000;
    static final int SOCK_CLOEXEC = O_CLOEXEC;
    static final int AF_UNIX = 1;
    static final int SOCK_SEQPACKET = 5;
    static final int MSG_CTRUNC = 0x8;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int MSG_CMSG_CLOEXEC = 0x40000000;

    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    static native int open(String path, int flags) throws LastErrorException;

    static native int close(int fd) throws LastErrorException;

    static native int dup3(int from, int to, int flags) throws LastErrorException;

    static native int socketpair(int domain, int type, int protocol, int[] pair) throws LastErrorException;

    static native long sendmsg(int fd, Pointer header, int flags) throws LastErrorException;

    static native long recvmsg(int fd, Pointer header, int flags) throws LastErrorException;

    static native int epoll_create1(int flags) throws LastErrorException;

    static native int epoll_ctl(int epoll, int operation, int fd, Pointer event) throws LastErrorException;

    static native int epoll_wait(int epoll, Pointer events, int count, int timeout) throws LastErrorException;

    static native int eventfd(int initial, int flags) throws LastErrorException;

    static native int eventfd_write(int fd, long value) throws LastErrorException;

    static native int eventfd_read(int fd, long[] value) throws LastErrorException;

    static native int memfd_create(String name, int flags) throws LastErrorException;

    static native long write(int fd, Memory bytes, long count) throws LastErrorException;

    static native long write(int fd, byte[] bytes, long count) throws LastErrorException;

    static native long read(int fd, byte[] bytes, long count) throws LastErrorException;

    static native int poll(Pointer files, long count, int timeout) throws LastErrorException;

    static native int fcntl(int fd, int command, int argument) throws LastErrorException;

    static native int ioctl(int fd, long request, Pointer argument) throws LastErrorException;

    static native int waitpid(int pid, int[] status, int options) throws LastErrorException;

    static native long syscall(long number, long first, long second, long third, long fourth) throws LastErrorException;

    static native int geteuid();

    static native int getegid();

    /* The posix_spawn family returns an errno. */

    static native int posix_spawn(
            int[] pid, String path, Pointer actions, Pointer attributes, Pointer arguments, Pointer environment);

    static native int posix_spawn_file_actions_init(Pointer actions);

    static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

    static native int posix_spawn_file_actions_destroy(Pointer actions);

    static native int posix_spawnattr_init(Pointer attributes);

    static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer signals);

    static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer signals);

    static native int posix_spawnattr_destroy(Pointer attributes);
}
