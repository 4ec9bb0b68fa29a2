/*
 * What a learner may ask of the kernel (seccomp(2)). Two programs, since libseccomp can't say "allowed unless": the
 * first lists the system calls that exist here at all, the second the exceptions among them. Of two answers to one call
 * the kernel takes the stricter: errno before notification before allow.
 *
 * What is not listed answers ENOSYS, as on a kernel without it, so that programs fall back to what is. Left out on
 * purpose: keyrings (shared beyond namespaces), bpf, perf_event_open, userfaultfd, io_uring (its operations would pass
 * the filter unseen), aio (its contexts are counted for the machine as a whole), kexec, modules, open_by_handle_at (reaches
 * files below any mount), clock and host administration.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helper.h"

/* Arguments of 32 bits come in registers of 64, of which the kernel ignores the upper half: so must the comparison. */
#define LOW_32_BITS 0xffffffffULL

/* clang-format off */
static const char *const allowed[] = {
    /* files */
    "access", "chdir", "chmod", "chown", "chown32", "chroot", "close", "close_range", "copy_file_range", "creat", "dup",
    "dup2", "dup3", "faccessat", "faccessat2", "fadvise64", "fallocate", "fchdir", "fchmod", "fchmodat", "fchmodat2",
    "fchown", "fchownat", "fcntl", "fgetxattr", "flistxattr", "flock", "fremovexattr", "fsetxattr", "fstat",
    "fstatfs", "ftruncate", "futimesat", "getcwd", "getdents", "getdents64", "getxattr", "lchown", "lgetxattr",
    "link", "linkat", "listxattr", "llistxattr", "lremovexattr", "lseek", "lsetxattr", "lstat", "mkdir", "mkdirat", "mknod",
    "mknodat", "name_to_handle_at", "newfstatat", "open", "openat", "openat2", "pread64", "preadv", "preadv2", "pwrite64",
    "pwritev", "pwritev2", "read", "readahead", "readlink", "readlinkat", "readv", "removexattr", "rename", "renameat",
    "renameat2", "rmdir", "sendfile", "setxattr", "splice", "stat", "statfs", "statx", "symlink", "symlinkat", 
    "tee", "truncate", "umask", "unlink", "unlinkat", "utime", "utimensat", "utimes",
    "vmsplice", "write", "writev",
    /* mounts: the new interface too, and what lists mounts */
    "fsconfig", "fsmount", "fsopen", "fspick", "listmount", "mount", "mount_setattr", "move_mount", "open_tree",
    "pivot_root", "statmount", "umount2",
    /* events and time */
    "alarm", "clock_getres", "clock_gettime", "clock_nanosleep", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait",
    "epoll_pwait2", "epoll_wait", "eventfd", "eventfd2", "getitimer", "gettimeofday", "inotify_add_watch", "inotify_init",
    "inotify_init1", "inotify_rm_watch", "ioctl", "nanosleep", "pause", "poll", "ppoll", "pselect6", "select", "setitimer", "signalfd", "signalfd4", "time",
    "timer_create", "timer_delete", "timer_getoverrun", "timer_gettime", "timer_settime", "timerfd_create",
    "timerfd_gettime", "timerfd_settime", "times",
    /* processes */
    "arch_prctl", "capget", "capset", "clone", "clone3", "execve", "execveat", "exit", "exit_group", "fork",
    "get_robust_list", "get_thread_area", "getcpu", "getegid", "geteuid", "getgid", "getgroups", "getpgid", "getpgrp",
    "getpid", "getppid", "getpriority", "getresgid", "getresuid", "getrlimit", "getrusage", "getsid", "gettid", "getuid",
    "ioprio_get", "ioprio_set", "kcmp", "kill", "personality", "pidfd_getfd", "pidfd_open", "pidfd_send_signal", "prctl",
    "prlimit64", "process_vm_readv", "process_vm_writev", "ptrace", "restart_syscall", "rseq", "rt_sigaction",
    "rt_sigpending", "rt_sigprocmask", "rt_sigqueueinfo", "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait",
    "rt_tgsigqueueinfo", "sched_get_priority_max", "sched_get_priority_min", "sched_getaffinity", "sched_getattr",
    "sched_getparam", "sched_getscheduler", "sched_rr_get_interval", "sched_setaffinity", "sched_setattr",
    "sched_setparam", "sched_setscheduler", "sched_yield", "seccomp", "set_robust_list", "set_thread_area",
    "set_tid_address", "setfsgid", "setfsuid", "setgid", "setgroups", "setns", "setpgid", "setpriority", "setregid",
    "setresgid", "setresuid", "setreuid", "setrlimit", "setsid", "setuid", "sigaltstack", "sysinfo", "tgkill", "tkill",
    "uname", "unshare", "vfork", "wait4", "waitid",
    /* names of the machine */
    "setdomainname", "sethostname",
    /* memory */
    "brk", "futex", "futex_requeue", "futex_wait", "futex_waitv", "futex_wake", "get_mempolicy", "getrandom", "madvise",
    "map_shadow_stack", "membarrier", "memfd_create", "mincore", "mlock", "mlock2", "mlockall", "mmap", "mprotect", "mremap",
    "msync", "munlock", "munlockall", "munmap", "pkey_alloc", "pkey_free", "pkey_mprotect", "process_madvise",
    "remap_file_pages", "set_mempolicy",
    /* communication */
    "accept", "accept4", "bind", "connect", "getpeername", "getsockname", "getsockopt", "listen", "mq_getsetattr",
    "mq_notify", "mq_open", "mq_timedreceive", "mq_timedsend", "mq_unlink", "msgctl", "msgget", "msgrcv", "msgsnd", "pipe",
    "pipe2", "recvfrom", "recvmmsg", "recvmsg", "semctl", "semget", "semop", "semtimedop", "sendmmsg", "sendmsg", "sendto",
    "setsockopt", "shmat", "shmctl", "shmdt", "shmget", "shutdown", "socketpair",
    /* landlock lessons and programs that confine themselves */
    "landlock_add_rule", "landlock_create_ruleset", "landlock_restrict_self",
};
/* clang-format on */

/*
 * What has nothing to do here, where every file that can be written lies in memory, and is said to be done: on a file of the
 * host's, or on all, it would make the host's disks work.
 */
static const char *const done_already[] = {"fdatasync", "fsync", "sync", "sync_file_range", "syncfs"};

/* Of the network only what has a namespace: no vsock to the hypervisor, no AF_ALG, no rare protocol's old bugs. */
static const int families[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET};

/*
 * Options that even the root of a network namespace is refused: rings of packets are memory that no cgroup is charged with,
 * and the tables of netfilter, which its netlink family is refused for too, can also be replaced by way of any socket.
 */
enum { TABLE = 64, COUNTERS, ARP_TABLE = 96, ARP_COUNTERS, BRIDGE_TABLE = 128, BRIDGE_COUNTERS };
static const struct {
  int level, option;
} refused_options[] = {{SOL_PACKET, PACKET_RX_RING}, {SOL_PACKET, PACKET_TX_RING},  {IPPROTO_IP, TABLE},
                       {IPPROTO_IP, COUNTERS},       {IPPROTO_IP, ARP_TABLE},       {IPPROTO_IP, ARP_COUNTERS},
                       {IPPROTO_IP, BRIDGE_TABLE},   {IPPROTO_IP, BRIDGE_COUNTERS}, {IPPROTO_IPV6, TABLE},
                       {IPPROTO_IPV6, COUNTERS}};

/*
 * Calls that the server hears of, with the two of their arguments that tell what was asked for (-1: none): which
 * namespaces, how to mount, whom to signal. What move_mount does is seen only afterwards, in the mounts.
 */
static const struct watched {
  const char *name;
  int arguments[2];
} watched[] = {{"unshare", {0, -1}},     {"setns", {1, -1}},        {"clone", {0, -1}},
               {"mount", {3, -1}},       {"umount2", {1, -1}},      {"pivot_root", {-1, -1}},
               {"move_mount", {-1, -1}}, {"sethostname", {-1, -1}}, {"kill", {0, 1}}};
enum { WATCHED = sizeof watched / sizeof *watched };
static int watched_calls[WATCHED];

static const unsigned int clone_flags[] = {CLONE_NEWNS,  CLONE_NEWUTS, CLONE_NEWIPC,   CLONE_NEWUSER,
                                           CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP};

/* Numbers of system calls that the build's libseccomp does not know yet are left out: they answer ENOSYS. */
static int resolve(const char *name) {
  int call = seccomp_syscall_resolve_name(name);
  return call == __NR_SCMP_ERROR ? -1 : call;
}

static void rule(scmp_filter_ctx filter, uint32_t action, int call, unsigned int count,
                 const struct scmp_arg_cmp *comparisons) {
  int error = seccomp_rule_add_array(filter, action, call, count, comparisons);
  if (error < 0) {
    errno = -error;
    fail("make the seccomp rule of system call %d", call);
  }
}

static scmp_filter_ctx new_filter(uint32_t otherwise) {
  scmp_filter_ctx filter = seccomp_init(otherwise);
  if (!filter) fail("start a seccomp filter");
  return filter;
}

/* The program as the kernel takes it; libseccomp writes it to a file only. */
static struct sock_fprog compile(scmp_filter_ctx filter) {
  int fd = memfd_create("filter", MFD_CLOEXEC);
  if (fd < 0 || seccomp_export_bpf(filter, fd) < 0) fail("compile a seccomp filter");
  seccomp_release(filter);
  off_t size = lseek(fd, 0, SEEK_END);
  void *program = malloc((size_t)size);
  if (!program || pread(fd, program, (size_t)size, 0) != size) fail("read a seccomp filter");
  close(fd);
  return (struct sock_fprog){.len = (unsigned short)((size_t)size / sizeof(struct sock_filter)), .filter = program};
}

static struct sock_fprog compile_allowed(void) {
  scmp_filter_ctx filter = new_filter(SCMP_ACT_ERRNO(ENOSYS));
  seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree instead of a list: 9 comparisons, not 300 */
  for (size_t index = 0; index < sizeof allowed / sizeof *allowed; index++) {
    int call = resolve(allowed[index]);
    if (call != -1) rule(filter, SCMP_ACT_ALLOW, call, 0, NULL);
  }
  for (size_t index = 0; index < sizeof families / sizeof *families; index++)
    rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
         &SCMP_A0(SCMP_CMP_MASKED_EQ, LOW_32_BITS, (scmp_datum_t)families[index]));
  for (size_t index = 0; index < sizeof done_already / sizeof *done_already; index++) {
    int call = resolve(done_already[index]);
    if (call != -1) rule(filter, SCMP_ACT_ERRNO(0), call, 0, NULL);
  }
  return compile(filter);
}

static void refuse_ioctl(scmp_filter_ctx filter, unsigned long request) {
  rule(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1, &SCMP_A1(SCMP_CMP_MASKED_EQ, LOW_32_BITS, request));
}

static void refuse_option(scmp_filter_ctx filter, int level, int option) {
  struct scmp_arg_cmp comparisons[] = {SCMP_A1(SCMP_CMP_MASKED_EQ, LOW_32_BITS, (scmp_datum_t)level),
                                       SCMP_A2(SCMP_CMP_MASKED_EQ, LOW_32_BITS, (scmp_datum_t)option)};
  rule(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(setsockopt), 2, comparisons);
}

static void watch(scmp_filter_ctx filter, int index) {
  int call = watched_calls[index] = resolve(watched[index].name);
  if (call != SCMP_SYS(clone)) {
    rule(filter, SCMP_ACT_NOTIFY, call, 0, NULL);
    return;
  }
  for (size_t flag = 0; flag < sizeof clone_flags / sizeof *clone_flags; flag++)
    rule(filter, SCMP_ACT_NOTIFY, call, 1, &SCMP_A0(SCMP_CMP_MASKED_EQ, clone_flags[flag], clone_flags[flag]));
}

static struct sock_fprog compile_exceptions(void) {
  scmp_filter_ctx filter = new_filter(SCMP_ACT_ALLOW);
  struct scmp_arg_cmp other_netlink[] = {SCMP_A0(SCMP_CMP_MASKED_EQ, LOW_32_BITS, AF_NETLINK),
                                         SCMP_A2(SCMP_CMP_NE, NETLINK_ROUTE)};
  rule(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 2, other_netlink);
  refuse_ioctl(filter, TIOCSTI);   /* types into a terminal, as its user */
  refuse_ioctl(filter, TIOCLINUX); /* pastes into a virtual console */
  for (size_t index = 0; index < sizeof refused_options / sizeof *refused_options; index++)
    refuse_option(filter, refused_options[index].level, refused_options[index].option);
  /* The flags of clone3 lie in memory, where a filter can't see them; without it programs use clone. */
  rule(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, NULL);
  for (int index = 0; index < WATCHED; index++) watch(filter, index);
  return compile(filter);
}

void compile_filters(struct sandbox *sandbox) {
  sandbox->allowed = compile_allowed();
  sandbox->exceptions = compile_exceptions();
}

int enter_filters(const struct sandbox *sandbox) {
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &sandbox->allowed) < 0) return -1;
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &sandbox->exceptions);
}

bool describe_call(int call, const unsigned long long *arguments, struct call *described) {
  for (int index = 0; index < WATCHED; index++) {
    if (watched_calls[index] != call) continue;
    described->name = watched[index].name;
    for (int place = 0; place < 2; place++) {
      int argument = watched[index].arguments[place];
      described->arguments[place] = argument < 0 ? 0 : (long long)arguments[argument];
    }
    return true;
  }
  return false;
}
