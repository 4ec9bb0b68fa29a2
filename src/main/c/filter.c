/*
 * The seccomp program (seccomp(2)) for PID 1 and all its descendants, made from the tables in policy.c.
 *
 * PID 1 itself is under the filter, so each process that it forks inherits it, and nothing is compiled for a new
 * terminal: the kernel's room for such programs is one for the whole machine (net.core.bpf_jit_limit). Watched calls of
 * PID 1 would wait for PID 1's own answer. So these carry a secret word in an argument that the calls do not have, and
 * are let through.
 */
#define _GNU_SOURCE
#include "filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "bpf.h"
#include "message.h"
#include "policy.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define FIRST_CALL_OF_X32 0x40000000
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "which architecture is this? see linux/audit.h"
#endif

/* The index of an argument that no watched call uses: the longest has five. */
enum { WORD_ARGUMENT = 5 };
static uint64_t own_word;

static uint32_t refuse_with(int error) { return SECCOMP_RET_ERRNO | (uint32_t)error; }

/* Gives this answer if the loaded value is equal. What follows is for all other values. */
static void answer_equal(struct program *program, uint32_t value, uint32_t action) {
  size_t equal = where(program, BPF_JEQ, value);
  answer(program, action);
  end_of(program, equal);
}

/*
 * One case of a switch over system calls. The number of the call must be loaded before it, and is loaded again after
 * it.
 */
static size_t for_call(struct program *program, int call) { return where(program, BPF_JEQ, (uint32_t)call); }

static void end_of_call(struct program *program, size_t call) {
  end_of(program, call);
  load_call(program);
}

static void only_this_architecture(struct program *program) {
  load_architecture(program);
  size_t other = where_not(program, BPF_JEQ, ARCHITECTURE);
  answer(program, SECCOMP_RET_KILL_PROCESS);
  end_of(program, other);
  load_call(program);
  /* A tracer that skips a call sets its number to -1, and gives the answer itself. */
  size_t skipped = where(program, BPF_JEQ, UINT32_MAX);
  answer(program, SECCOMP_RET_ALLOW);
  end_of(program, skipped);
#ifdef FIRST_CALL_OF_X32
  size_t x32 = where(program, BPF_JGE, FIRST_CALL_OF_X32);
  answer(program, SECCOMP_RET_KILL_PROCESS);
  end_of(program, x32);
#endif
}

static void let_own_through(struct program *program) {
  load_argument(program, WORD_ARGUMENT);
  size_t lower = where(program, BPF_JEQ, (uint32_t)own_word);
  load_upper_half(program, WORD_ARGUMENT);
  size_t upper = where(program, BPF_JEQ, (uint32_t)(own_word >> 32));
  answer(program, SECCOMP_RET_ALLOW);
  end_of(program, upper);
  end_of(program, lower);
}

static void watch(struct program *program, int number) {
  size_t call = for_call(program, number);
  if (number == SYS_clone) {
    load_argument(program, 0);
    size_t without = where_not(program, BPF_JSET, namespace_flags);
    answer(program, SECCOMP_RET_ALLOW);
    end_of(program, without);
  } else {
    let_own_through(program);
  }
  answer(program, SECCOMP_RET_USER_NOTIF);
  end_of_call(program, call);
}

static void allow_socket(struct program *program, const struct socket_entry *entry) {
  load_argument(program, 1);
  mask(program, 0xf); /* without SOCK_CLOEXEC and SOCK_NONBLOCK, which are higher bits */
  size_t type = where(program, BPF_JEQ, (uint32_t)entry->type);
  load_argument(program, 2);
  mask(program, entry->protocol_mask);
  size_t protocol = where(program, BPF_JEQ, entry->protocol);
  answer(program, SECCOMP_RET_ALLOW);
  end_of(program, protocol);
  end_of(program, type);
}

/* All other sockets get the answer of a kernel that was built without them. Entries of one family must be adjacent. */
static void allow_sockets(struct program *program) {
  size_t call = for_call(program, SYS_socket);
  for (size_t index = 0; index < socket_count;) {
    int family = allowed_sockets[index].family;
    load_argument(program, 0);
    size_t of_family = where(program, BPF_JEQ, (uint32_t)family);
    while (index < socket_count && allowed_sockets[index].family == family)
      allow_socket(program, &allowed_sockets[index++]);
    answer(program, refuse_with(EPROTONOSUPPORT));
    end_of(program, of_family);
  }
  answer(program, refuse_with(EAFNOSUPPORT));
  end_of_call(program, call);
}

static void allow_pairs(struct program *program) {
  size_t call = for_call(program, SYS_socketpair);
  load_argument(program, 0);
  answer_equal(program, AF_UNIX, SECCOMP_RET_ALLOW);
  answer(program, refuse_with(EOPNOTSUPP));
  end_of_call(program, call);
}

static void allow_range(struct program *program, uint32_t first, uint32_t last) {
  size_t from = where(program, BPF_JGE, first);
  size_t to = where_not(program, BPF_JGT, last);
  answer(program, SECCOMP_RET_ALLOW);
  end_of(program, to);
  end_of(program, from);
}

static void allow_options_by(struct program *program, int number) {
  size_t call = for_call(program, number);
  for (size_t index = 0; index < option_levels; index++) {
    const struct option_level *level = &allowed_options[index];
    load_argument(program, 1);
    size_t of_level = where(program, BPF_JEQ, (uint32_t)level->level);
    load_argument(program, 2);
    for (size_t range = 0; range < level->count; range++)
      allow_range(program, (uint32_t)level->options[range].first, (uint32_t)level->options[range].last);
    end_of(program, of_level);
  }
  answer(program, refuse_with(ENOPROTOOPT));
  end_of_call(program, call);
}

/* Refuses the calls in which the loaded argument is one of these requests, and lets all others through. */
static void allow_but(struct program *program, const struct refused_request *requests, size_t count) {
  for (size_t index = 0; index < count; index++)
    answer_equal(program, (uint32_t)requests[index].request, refuse_with(requests[index].error));
  answer(program, SECCOMP_RET_ALLOW);
}

static void refuse_ioctls(struct program *program) {
  size_t call = for_call(program, SYS_ioctl);
  load_argument(program, 1);
  allow_but(program, refused_ioctls, refused_ioctl_count);
  end_of_call(program, call);
}

/* The learner's own filters are counted: see confine.c. */
static void count_filters(struct program *program) {
  size_t seccomp = for_call(program, SYS_seccomp);
  load_argument(program, 0);
  answer_equal(program, SECCOMP_SET_MODE_FILTER, SECCOMP_RET_USER_NOTIF);
  answer(program, SECCOMP_RET_ALLOW);
  end_of_call(program, seccomp);
  size_t prctl_ = for_call(program, SYS_prctl);
  load_argument(program, 0);
  answer_equal(program, PR_SET_SECCOMP, SECCOMP_RET_USER_NOTIF);
  allow_but(program, refused_prctls, refused_prctl_count);
  end_of_call(program, prctl_);
}

/*
 * Without this, a learner's root could change the limits of PID 1. The init of a learner's own PID namespace has the
 * number 1 there, too, so its limits can only be read from inside.
 */
static void protect_limits_of_init(struct program *program) {
  size_t call = for_call(program, SYS_prlimit64);
  load_argument(program, 0);
  size_t of_init = where(program, BPF_JEQ, 1);
  load_argument(program, 2);
  size_t lower = where_not(program, BPF_JEQ, 0);
  answer(program, refuse_with(EPERM));
  end_of(program, lower);
  load_upper_half(program, 2);
  size_t upper = where_not(program, BPF_JEQ, 0);
  answer(program, refuse_with(EPERM));
  end_of(program, upper);
  end_of(program, of_init);
  answer(program, SECCOMP_RET_ALLOW);
  end_of_call(program, call);
}

/*
 * Nor may a learner lower the priority of PID 1, or change its scheduling policy, so that it waits for all others.
 * Without a cgroup of its own it would then notice nothing any more, and take minutes to end. Priorities of a whole
 * user are refused, because that includes PID 1.
 */
static void protect_priority_of_init(struct program *program) {
  static const int by_process[] = {SYS_sched_setparam, SYS_sched_setscheduler, SYS_sched_setattr};
  for (size_t index = 0; index < sizeof by_process / sizeof *by_process; index++) {
    size_t call = for_call(program, by_process[index]);
    load_argument(program, 0);
    answer_equal(program, 1, refuse_with(EPERM));
    answer(program, SECCOMP_RET_ALLOW);
    end_of_call(program, call);
  }
  size_t call = for_call(program, SYS_setpriority);
  load_argument(program, 0);
  answer_equal(program, PRIO_USER, refuse_with(EPERM));
  load_argument(program, 1);
  answer_equal(program, 1, refuse_with(EPERM));
  answer(program, SECCOMP_RET_ALLOW);
  end_of_call(program, call);
}

static int ascending(const void *one, const void *other) { return *(const int *)one - *(const int *)other; }

/* Allows ranges of numbers, because most are adjacent. */
static void allow_calls(struct program *program) {
  static int numbers[1024];
  size_t count = 0;
  for (size_t family = 0; family < allowed_families; family++)
    for (size_t index = 0; index < allowed_calls[family].count; index++)
      numbers[count++] = allowed_calls[family].calls[index].number;
  qsort(numbers, count, sizeof *numbers, ascending);
  for (size_t first = 0, last; first < count; first = last + 1) {
    for (last = first; last + 1 < count && numbers[last + 1] <= numbers[last] + 1; last++) continue;
    allow_range(program, (uint32_t)numbers[first], (uint32_t)numbers[last]);
  }
}

static void write_program(struct program *program) {
  only_this_architecture(program);
  for (size_t index = 0; index < watched_count; index++) watch(program, watched_calls[index].call.number);
  count_filters(program);
  refuse_ioctls(program);
  protect_limits_of_init(program);
  protect_priority_of_init(program);
  allow_sockets(program);
  allow_pairs(program);
  allow_options_by(program, SYS_setsockopt);
  allow_options_by(program, SYS_getsockopt);
  for (size_t index = 0; index < answered_count; index++)
    answer_equal(program, (uint32_t)answered_calls[index].call.number, refuse_with(answered_calls[index].error));
  allow_calls(program);
  answer(program, refuse_with(ENOSYS));
}

/*
 * The kernel returns ENOTSUPP, though that errno is internal to it, when the machine's room for BPF programs is used
 * up. This may last only for a moment.
 */
enum { NO_ROOM_FOR_PROGRAMS = 524, TRIES = 6, FIRST_PAUSE_MS = 10 };

static int install(const struct sock_fprog *program) {
  int listener = -1;
  for (int attempt = 0; attempt < TRIES; attempt++) {
    listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, program);
    if (listener >= 0 || (errno != NO_ROOM_FOR_PROGRAMS && errno != ENOMEM && errno != EAGAIN)) break;
    int error = errno;
    nanosleep(&(struct timespec){.tv_nsec = (FIRST_PAUSE_MS << attempt) * 1000000L}, NULL);
    errno = error;
  }
  return listener;
}

int enter_filter(void) {
  static struct program program;
  if (getrandom(&own_word, sizeof own_word, 0) != sizeof own_word) fail("find a random word");
  write_program(&program);
  int listener = install(&(struct sock_fprog){.len = (unsigned short)program.length, .filter = program.code});
  if (listener < 0) fail_at(STEP_INSTALL_FILTER, "install the seccomp filter");
  return listener;
}

int own_call(long number, long first, long second) {
  return (int)syscall(number, first, second, 0L, 0L, 0L, (long)own_word);
}

bool describe_call(int call, const unsigned long long *arguments, struct call *described) {
  for (size_t index = 0; index < watched_count; index++) {
    if (watched_calls[index].call.number != call) continue;
    described->name = watched_calls[index].call.name;
    for (int place = 0; place < 2; place++) {
      int argument = watched_calls[index].arguments[place];
      described->arguments[place] = argument < 0 ? 0 : (long long)arguments[argument];
    }
    return true;
  }
  return false;
}
