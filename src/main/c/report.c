/* Reports watched system calls, of which the seccomp listener notifies PID 1. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>

#include "filter.h"
#include "init.h"

/* More calls in a second would help nobody, and would keep the server from its other sandboxes. */
enum { CALLS_PER_SECOND = 1000, LOSSES_EVERY_MS = 100 };

static long long lost_calls;
static long long calls_told_since; /* in ms, when the current second of reporting began */
static int calls_told;
static long long losses_told_at;

long long now_in_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static bool too_many_calls(void) {
  long long now = now_in_ms();
  if (now - calls_told_since >= 1000) {
    calls_told_since = now;
    calls_told = 0;
  }
  return ++calls_told > CALLS_PER_SECOND;
}

/* The type of the namespace that the call changes, or whose PIDs it uses. */
static const char *subject_of(const char *call) {
  static const char *const of_mounts[] = {"mount", "umount2", "pivot_root"};
  for (size_t index = 0; index < sizeof of_mounts / sizeof *of_mounts; index++)
    if (strcmp(call, of_mounts[index]) == 0) return "mnt";
  return strcmp(call, "sethostname") == 0 ? "uts" : "pid";
}

static long long us_since_1970(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

/* The process of a thread; the thread itself if it is gone. */
static int process_of(const struct sandbox *sandbox, int thread) {
  char status[512];
  read_of(sandbox, thread, "status", status, sizeof status);
  const char *line = strstr(status, "\nTgid:");
  return line ? atoi(line + strlen("\nTgid:")) : thread;
}

/* Calls are reported as long as the server keeps up. The others are counted, so that a flood harms nobody. */
static void report_call(const struct sandbox *sandbox, int thread, const struct call *call) {
  struct packet packet = {0};
  char command[32];
  if (too_many_calls()) {
    lost_calls++;
    return;
  }
  size_t length = read_of(sandbox, thread, "comm", command, sizeof command);
  if (length > 0) command[length - 1] = '\0'; /* the newline */
  put_word(&packet, "call");
  put_number(&packet, process_of(sandbox, thread));
  put_number(&packet, thread);
  put_word(&packet, call->name);
  for (int place = 0; place < 2; place++) put_number(&packet, call->arguments[place]);
  put_word(&packet, command);
  put_number(&packet, (long long)namespace_of(sandbox, thread, subject_of(call->name)));
  put_number(&packet, us_since_1970());
  if (!send_packet(CONTROL, &packet, -1, MSG_DONTWAIT)) lost_calls++;
}

int report_lost_calls(void) {
  struct packet packet = {0};
  if (lost_calls > 0 && now_in_ms() - losses_told_at >= LOSSES_EVERY_MS) {
    losses_told_at = now_in_ms();
    put_word(&packet, "lost");
    put_number(&packet, lost_calls);
    if (send_packet(CONTROL, &packet, -1, MSG_DONTWAIT)) lost_calls = 0;
  }
  return lost_calls > 0 ? LOSSES_EVERY_MS : -1;
}

/*
 * In a sandbox, the kernel mounts sysfs only read-only, and answers EPERM to a writable mount. When mount(8) gets EROFS
 * instead, it tries again read-only. Whoever deceives this check by another thread gets the kernel's answer.
 */
static bool asks_for_writable_sysfs(const struct seccomp_notif *call) {
  enum { OTHERWISE = MS_RDONLY | MS_REMOUNT | MS_BIND | MS_MOVE | MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE };
  char type[sizeof "sysfs"];
  struct iovec here = {type, sizeof type}, there = {(void *)call->data.args[2], sizeof type};
  return call->data.nr == SYS_mount && !(call->data.args[3] & OTHERWISE) &&
         process_vm_readv((pid_t)call->pid, &here, 1, &there, 1, 0) == sizeof type &&
         memcmp(type, "sysfs", sizeof type) == 0;
}

/*
 * Lets a watched call go on, as the kernel sees it. This listener only watches: seccomp_unotify(2) says why it can't
 * decide by what lies in memory. There are two exceptions. The learner's filters are counted, for which memory need not
 * be read; and a mount that the kernel would refuse anyway is refused with an errno that mount(8) understands.
 */
void take_call(const struct sandbox *sandbox, int listener) {
  union {
    struct seccomp_notif call;
    char room[1024]; /* a later kernel may write a longer struct */
  } received = {0};
  union {
    struct seccomp_notif_resp answer;
    char room[1024];
  } reply = {0};
  struct call call;
  if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &received) < 0) return;
  reply.answer.id = received.call.id;
  reply.answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  if (describe_call(received.call.data.nr, (const unsigned long long *)received.call.data.args, &call))
    report_call(sandbox, (int)received.call.pid, &call);
  else if (!may_confine(sandbox))
    reply.answer = (struct seccomp_notif_resp){.id = received.call.id, .error = -ENOMEM};
  if (asks_for_writable_sysfs(&received.call))
    reply.answer = (struct seccomp_notif_resp){.id = received.call.id, .error = -EROFS};
  ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &reply);
}
