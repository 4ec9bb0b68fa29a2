/*
 * Left out on purpose: keyrings (shared beyond namespaces), bpf, perf_event_open, userfaultfd, io_uring (its operations
 * would pass the filter unseen), aio (its contexts are counted for the whole machine), kexec, modules,
 * open_by_handle_at (reaches files below any mount), clock and host administration; clone3, whose flags lie in memory,
 * where another thread can change them after they were read (programs fall back to clone); the mount calls by file
 * descriptor (fsopen and others), which open a context of any file system, and whose flags also lie in memory (libmount
 * falls back to mount).
 */
#define _GNU_SOURCE
#include "policy.h"

#include <errno.h>
#include <linux/icmpv6.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

/*
 * Calls that may be missing in the headers of the machine that builds this. From 424 on, numbers are the same on all
 * architectures.
 */
#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif
enum {
  NR_fchmodat2 = 452,
  NR_map_shadow_stack,
  NR_futex_wake,
  NR_futex_wait,
  NR_futex_requeue,
  NR_statmount,
  NR_listmount,
  NR_mseal = 462,
  NR_setxattrat,
  NR_getxattrat,
  NR_listxattrat,
  NR_removexattrat
};

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define CALL(name) \
  { SYS_##name, #name }
#define YOUNG(name) \
  { NR_##name, #name }

/* clang-format off */
static const struct call_entry files[] = {
    CALL(chdir), CALL(chroot), CALL(close), CALL(close_range), CALL(copy_file_range), CALL(dup), CALL(dup3), CALL(faccessat),
    CALL(faccessat2), CALL(fadvise64), CALL(fallocate), CALL(fchdir), CALL(fchmod), CALL(fchmodat), YOUNG(fchmodat2),
    CALL(fchown), CALL(fchownat), CALL(fcntl), CALL(fgetxattr), CALL(flistxattr), CALL(flock), CALL(fremovexattr),
    CALL(fsetxattr), CALL(fstat), CALL(fstatfs), CALL(ftruncate), CALL(getcwd), CALL(getdents64), CALL(getxattr),
    YOUNG(getxattrat), CALL(lgetxattr), CALL(linkat), CALL(listxattr), YOUNG(listxattrat), CALL(llistxattr),
    CALL(lremovexattr), CALL(lseek), CALL(lsetxattr), CALL(mkdirat), CALL(mknodat), CALL(name_to_handle_at), CALL(newfstatat),
    CALL(openat), CALL(openat2), CALL(pread64), CALL(preadv), CALL(preadv2), CALL(pwrite64), CALL(pwritev), CALL(pwritev2),
    CALL(read), CALL(readahead), CALL(readlinkat), CALL(readv), CALL(removexattr), YOUNG(removexattrat), CALL(renameat),
    CALL(renameat2), CALL(sendfile), CALL(setxattr), YOUNG(setxattrat), CALL(splice), CALL(statfs), CALL(statx),
    CALL(symlinkat), CALL(tee), CALL(truncate), CALL(umask), CALL(unlinkat), CALL(utimensat), CALL(vmsplice), CALL(write),
    CALL(writev),
#ifdef SYS_open
    CALL(access), CALL(chmod), CALL(chown), CALL(creat), CALL(dup2), CALL(futimesat), CALL(getdents), CALL(lchown), CALL(link),
    CALL(lstat), CALL(mkdir), CALL(mknod), CALL(open), CALL(readlink), CALL(rename), CALL(rmdir), CALL(stat), CALL(symlink),
    CALL(unlink), CALL(utime), CALL(utimes),
#endif
};
static const struct call_entry mounts[] = {YOUNG(listmount), YOUNG(statmount)};
static const struct call_entry events[] = {
    CALL(clock_getres), CALL(clock_gettime), CALL(clock_nanosleep), CALL(epoll_create1), CALL(epoll_ctl), CALL(epoll_pwait),
    CALL(epoll_pwait2), CALL(eventfd2), CALL(getitimer), CALL(gettimeofday), CALL(inotify_add_watch), CALL(inotify_init1),
    CALL(inotify_rm_watch), CALL(nanosleep), CALL(ppoll), CALL(pselect6), CALL(setitimer), CALL(signalfd4),
    CALL(timer_create), CALL(timer_delete), CALL(timer_getoverrun), CALL(timer_gettime), CALL(timer_settime),
    CALL(timerfd_create), CALL(timerfd_gettime), CALL(timerfd_settime), CALL(times),
#ifdef SYS_open
    CALL(alarm), CALL(epoll_create), CALL(epoll_wait), CALL(eventfd), CALL(inotify_init), CALL(pause), CALL(poll), CALL(select),
    CALL(signalfd), CALL(time),
#endif
};
static const struct call_entry processes[] = {
    CALL(capget), CALL(capset), CALL(execve), CALL(execveat), CALL(exit), CALL(exit_group), CALL(get_robust_list), CALL(getcpu),
    CALL(getegid), CALL(geteuid), CALL(getgid), CALL(getgroups), CALL(getpgid), CALL(getpid), CALL(getppid), CALL(getpriority),
    CALL(getresgid), CALL(getresuid), CALL(getrlimit), CALL(getrusage), CALL(getsid), CALL(gettid), CALL(getuid),
    CALL(ioprio_get), CALL(ioprio_set), CALL(kcmp), CALL(personality), CALL(pidfd_getfd), CALL(pidfd_open),
    CALL(pidfd_send_signal), CALL(process_vm_readv), CALL(process_vm_writev), CALL(ptrace),
    CALL(restart_syscall), CALL(rseq), CALL(rt_sigaction), CALL(rt_sigpending), CALL(rt_sigprocmask), CALL(rt_sigqueueinfo),
    CALL(rt_sigreturn), CALL(rt_sigsuspend), CALL(rt_sigtimedwait), CALL(rt_tgsigqueueinfo), CALL(sched_get_priority_max),
    CALL(sched_get_priority_min), CALL(sched_getaffinity), CALL(sched_getattr), CALL(sched_getparam), CALL(sched_getscheduler),
    CALL(sched_rr_get_interval), CALL(sched_yield),
    CALL(set_robust_list), CALL(set_tid_address), CALL(setfsgid), CALL(setfsuid), CALL(setgid), CALL(setgroups), CALL(setpgid),
    CALL(setregid), CALL(setresgid), CALL(setresuid), CALL(setreuid), CALL(setrlimit), CALL(setsid),
    CALL(setuid), CALL(sigaltstack), CALL(sysinfo), CALL(tgkill), CALL(tkill), CALL(uname), CALL(wait4), CALL(waitid),
#ifdef SYS_open
    CALL(fork), CALL(getpgrp), CALL(vfork),
#endif
#ifdef SYS_arch_prctl
    CALL(arch_prctl), CALL(get_thread_area), CALL(set_thread_area),
#endif
};
static const struct call_entry names[] = {CALL(setdomainname)};
static const struct call_entry memory[] = {
    CALL(brk), CALL(futex), YOUNG(futex_requeue), YOUNG(futex_wait), CALL(futex_waitv), YOUNG(futex_wake), CALL(get_mempolicy),
    CALL(getrandom), CALL(madvise), YOUNG(map_shadow_stack), CALL(membarrier), CALL(memfd_create), CALL(mincore), CALL(mlock),
    CALL(mlock2), CALL(mlockall), CALL(mmap), CALL(mprotect), CALL(mremap), YOUNG(mseal), CALL(msync), CALL(munlock),
    CALL(munlockall), CALL(munmap), CALL(pkey_alloc), CALL(pkey_free), CALL(pkey_mprotect), CALL(process_madvise),
    CALL(remap_file_pages), CALL(set_mempolicy),
};
static const struct call_entry communication[] = {
    CALL(accept), CALL(accept4), CALL(bind), CALL(connect), CALL(getpeername), CALL(getsockname), CALL(listen),
    CALL(mq_getsetattr), CALL(mq_notify), CALL(mq_open), CALL(mq_timedreceive), CALL(mq_timedsend), CALL(mq_unlink),
    CALL(msgctl), CALL(msgget), CALL(msgrcv), CALL(msgsnd), CALL(pipe2), CALL(recvfrom), CALL(recvmmsg), CALL(recvmsg),
    CALL(semctl), CALL(semget), CALL(semop), CALL(semtimedop), CALL(sendmmsg), CALL(sendmsg), CALL(sendto), CALL(shmat),
    CALL(shmctl), CALL(shmdt), CALL(shmget), CALL(shutdown),
#ifdef SYS_open
    CALL(pipe),
#endif
};
static const struct call_entry confinement[] = {
    CALL(landlock_add_rule), CALL(landlock_create_ruleset), CALL(landlock_restrict_self),
};

#define FAMILY(title, table) {title, table, COUNT(table)}
const struct call_family allowed_calls[] = {
    FAMILY("files", files),           FAMILY("lists of mounts", mounts),
    FAMILY("events and time", events), FAMILY("processes and ids", processes),
    FAMILY("names of the machine", names), FAMILY("memory", memory),
    FAMILY("communication", communication), FAMILY("programs that confine themselves", confinement),
};
const size_t allowed_families = COUNT(allowed_calls);

const struct answered_call answered_calls[] = {
    {CALL(fdatasync), 0, "on a file of the host's it would make the host's disks work; what can be written here lies in memory"},
    {CALL(fsync), 0, "the same"},
    {CALL(sync), 0, "the same"},
    {CALL(sync_file_range), 0, "the same"},
    {CALL(syncfs), 0, "the same"},
    {CALL(sched_setaffinity), EPERM, "moving between processors is done by kernel threads in real time, charged to nobody"},
    /*
     * The answers are those that the kernel itself gives to anybody who is not the machine's root, so that programs say
     * why they fail.
     */
    {CALL(clock_adjtime), EPERM, "the machine's clock"},
    {CALL(adjtimex), EPERM, "the same"},
    {CALL(clock_settime), EPERM, "the same"},
    {CALL(settimeofday), EPERM, "the same"},
    {CALL(delete_module), EPERM, "the machine's kernel"},
    {CALL(finit_module), EPERM, "the same"},
    {CALL(init_module), EPERM, "the same"},
    {CALL(reboot), EPERM, "the same"},
    {CALL(syslog), EPERM, "the same"},
    {CALL(swapoff), EPERM, "the machine's memory"},
    {CALL(swapon), EPERM, "the same"},
};
const size_t answered_count = COUNT(answered_calls);

const struct watched_call watched_calls[] = {
    {CALL(unshare), {0, -1}}, {CALL(setns), {1, -1}},         {CALL(clone), {0, -1}},
    {CALL(mount), {3, -1}},   {CALL(umount2), {1, -1}},       {CALL(pivot_root), {-1, -1}},
    {CALL(kill), {0, 1}},     {CALL(sethostname), {-1, -1}},
};
const size_t watched_count = COUNT(watched_calls);

const unsigned int namespace_flags =
    CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP;

/*
 * Only the parts of the network that have a namespace: no vsock to the hypervisor, no AF_ALG, no rare protocol with old
 * bugs; netlink only for routes and links, and for lists of sockets (ss). The protocols are listed, too, because any
 * other would load a module or has a code path of its own (MPTCP, SCTP, SMC, UDP-Lite, L2TP).
 */
enum { ANY = 0, EXACTLY = 0xffffffff, BELOW_256 = 0xffffff00 };
const struct socket_entry allowed_sockets[] = {
    {AF_UNIX, SOCK_STREAM, 0, ANY, "AF_UNIX, stream"},
    {AF_UNIX, SOCK_DGRAM, 0, ANY, "AF_UNIX, datagram"},
    {AF_UNIX, SOCK_RAW, 0, ANY, "AF_UNIX, raw (which is datagram)"},
    {AF_UNIX, SOCK_SEQPACKET, 0, ANY, "AF_UNIX, packets in sequence"},
    {AF_INET, SOCK_STREAM, 0, EXACTLY, "AF_INET, stream"},
    {AF_INET, SOCK_STREAM, IPPROTO_TCP, EXACTLY, "AF_INET, stream: TCP"},
    {AF_INET, SOCK_DGRAM, 0, EXACTLY, "AF_INET, datagram"},
    {AF_INET, SOCK_DGRAM, IPPROTO_UDP, EXACTLY, "AF_INET, datagram: UDP"},
    {AF_INET, SOCK_DGRAM, IPPROTO_ICMP, EXACTLY, "AF_INET, datagram: ICMP"},
    {AF_INET, SOCK_RAW, 0, BELOW_256, "AF_INET, raw: protocols below 256"},
    {AF_INET6, SOCK_STREAM, 0, EXACTLY, "AF_INET6, stream"},
    {AF_INET6, SOCK_STREAM, IPPROTO_TCP, EXACTLY, "AF_INET6, stream: TCP"},
    {AF_INET6, SOCK_DGRAM, 0, EXACTLY, "AF_INET6, datagram"},
    {AF_INET6, SOCK_DGRAM, IPPROTO_UDP, EXACTLY, "AF_INET6, datagram: UDP"},
    {AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6, EXACTLY, "AF_INET6, datagram: ICMPv6"},
    {AF_INET6, SOCK_RAW, 0, BELOW_256, "AF_INET6, raw: protocols below 256"},
    {AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, EXACTLY, "AF_NETLINK, raw: routes"},
    {AF_NETLINK, SOCK_DGRAM, NETLINK_ROUTE, EXACTLY, "AF_NETLINK, datagram: routes"},
    {AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG, EXACTLY, "AF_NETLINK, raw: lists of sockets"},
    {AF_NETLINK, SOCK_DGRAM, NETLINK_SOCK_DIAG, EXACTLY, "AF_NETLINK, datagram: lists of sockets"},
    {AF_PACKET, SOCK_RAW, 0, ANY, "AF_PACKET, raw"},
    {AF_PACKET, SOCK_DGRAM, 0, ANY, "AF_PACKET, datagram"},
};
const size_t socket_count = COUNT(allowed_sockets);

/*
 * Options that are not here are answered as if the kernel did not know them. Left out: classic and extended BPF (the
 * whole machine has one budget for its programs, net.core.bpf_jit_limit), memory that is charged to no cgroup (rings of
 * packets, memory reserved in advance, pages sent without a copy), policies of IPsec, tables of netfilter and IPVS,
 * multicast routing, protocols above TCP (TCP_ULP loads modules), repair and signatures of TCP, devices' memory, busy
 * polling.
 */
static const struct option_range of_sockets[] = {{1, 21}, {25, 25}, {27, 43}, {45, 45}, {47, 49}, {53, 53}, {55, 57}, {59, 59},
                                                 {61, 67}, {71, 72}, {74, 77}, {81, 84}};
static const struct option_range of_ip[] = {{1, 4}, {6, 15}, {18, 26}, {32, 52}};
static const struct option_range of_ipv6[] = {{1, 11}, {16, 33}, {36, 37}, {42, 63}, {66, 67}, {70, 78}};
static const struct option_range of_tcp[] = {{1, 13}, {16, 18}, {23, 28}, {30, 30}, {34, 34}, {36, 37}};
static const struct option_range of_udp[] = {{1, 1}, {101, 104}};
static const struct option_range of_filters[] = {{1, 1}}; /* ICMP_FILTER, ICMPV6_FILTER: bits, not programs */
static const struct option_range of_packets[] = {{1, 4}, {6, 12}, {14, 14}, {16, 17}, {20, 21}, {23, 23}};
static const struct option_range of_netlink[] = {{1, 5}, {8, 12}};

const struct option_level allowed_options[] = {
    {SOL_SOCKET, "SOL_SOCKET", of_sockets, COUNT(of_sockets)},
    {IPPROTO_IP, "IPPROTO_IP", of_ip, COUNT(of_ip)},
    {IPPROTO_IPV6, "IPPROTO_IPV6", of_ipv6, COUNT(of_ipv6)},
    {IPPROTO_TCP, "IPPROTO_TCP", of_tcp, COUNT(of_tcp)},
    {IPPROTO_UDP, "IPPROTO_UDP", of_udp, COUNT(of_udp)},
    {IPPROTO_RAW, "IPPROTO_RAW", of_filters, COUNT(of_filters)},
    {IPPROTO_ICMPV6, "IPPROTO_ICMPV6", of_filters, COUNT(of_filters)},
    {SOL_PACKET, "SOL_PACKET", of_packets, COUNT(of_packets)},
    {SOL_NETLINK, "SOL_NETLINK", of_netlink, COUNT(of_netlink)},
};
const size_t option_levels = COUNT(allowed_options);
/* clang-format on */

const struct refused_request refused_ioctls[] = {
    {TIOCSTI, EPERM, "TIOCSTI", "types into a terminal, as its user"},
    {TIOCLINUX, EPERM, "TIOCLINUX", "pastes into a virtual console"},
    {TIOCSETD, EPERM, "TIOCSETD", "line disciplines: which one lies in memory, and each is a module of its own"},
};
const size_t refused_ioctl_count = COUNT(refused_ioctls);

#ifndef PR_SCHED_CORE
#define PR_SCHED_CORE 62
#endif
const struct refused_request refused_prctls[] = {
    {PR_SCHED_CORE, EINVAL, "PR_SCHED_CORE", "stops all processors for a moment each time it is turned on"},
};
const size_t refused_prctl_count = COUNT(refused_prctls);
