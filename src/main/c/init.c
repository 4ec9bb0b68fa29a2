/*
 * PID 1 of the sandbox. It runs nothing of the learner's itself and waits for a single thing only where that is a child of
 * its own, with a deadline. The kernel ends the sandbox with it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "helper.h"

#ifndef NS_GET_ID
#define NS_GET_ID _IOR(NSIO, 13, unsigned long long)
#endif

/* More in a second tell nobody anything, and would keep the server from its other sandboxes. */
enum { CALLS_PER_SECOND = 1000, LOSSES_EVERY_MS = 100 };

enum { SERVER, CHILDREN, FIRST_LISTENER, LISTENERS = 64, SOURCES = FIRST_LISTENER + LISTENERS };

static struct pollfd sources[SOURCES];
static int source_count;
static long long lost_calls;
static long long calls_told_since; /* in ms, when the current second of telling began */
static int calls_told;
static long long losses_told_at;
static struct message request, answer;

static void reply_failure(const char *tag, int error, const char *step) {
  struct packet packet = {0};
  put_word(&packet, "failed");
  put_word(&packet, tag);
  put_number(&packet, error);
  put_word(&packet, step);
  send_packet(CONTROL, &packet, -1, 0);
}

/* --- shells --- */

static int open_terminal(const struct sandbox *sandbox, const struct winsize *size, int *slave) {
  int unlocked = 0;
  int master = openat(sandbox->pts, "ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0) return -1;
  if (ioctl(master, TIOCSPTLCK, &unlocked) == 0 && ioctl(master, TIOCSWINSZ, size) == 0) {
    *slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*slave >= 0) return master;
  }
  close(master);
  return -1;
}

/* Waits until the child has become the learner's program; false with the step and errno of what failed. */
static bool await_exec(int child, int *listener, int *error, const char **step) {
  int fd = -1;
  *listener = -1;
  errno = 0;
  /* The child's end closes with execve; before, it sends its listener, or what failed. */
  while (receive_message(child, &answer, &fd)) {
    if (fd >= 0) {
      *listener = fd;
    } else if (answer.count == 2) {
      *error = number(answer.words[0]);
      *step = answer.words[1];
      return false;
    }
  }
  *error = errno;
  *step = "start the program in time";
  return *error != EAGAIN;
}

static void watch_listener(int listener) {
  if (listener < 0) return; /* the child was killed before it had one */
  sources[source_count++] = (struct pollfd){.fd = listener, .events = POLLIN};
}

static void report_spawned(const char *tag, pid_t pid, int master) {
  struct packet packet = {0};
  put_word(&packet, "spawned");
  put_word(&packet, tag);
  put_number(&packet, pid);
  send_packet(CONTROL, &packet, master, 0);
}

static void start_shell(const struct sandbox *sandbox, const char *tag, int master, int slave) {
  int pair[2];
  int listener, error;
  const char *step;
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
    reply_failure(tag, errno, "open a socket pair");
    return;
  }
  /* A learner may stop the child before it has become theirs. */
  setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = 3}, sizeof(struct timeval));
  pid_t pid = fork();
  if (pid == 0) become_shell(sandbox, slave, pair[1], request.words + 4);
  error = errno;
  close(pair[1]);
  if (pid < 0) {
    reply_failure(tag, error, "fork");
  } else if (await_exec(pair[0], &listener, &error, &step)) {
    report_spawned(tag, pid, master);
    watch_listener(listener);
  } else {
    kill(pid, SIGKILL);
    if (listener >= 0) close(listener);
    reply_failure(tag, error, step);
  }
  close(pair[0]);
}

/* spawn TAG COLUMNS ROWS DIRECTORY ARGC ARG... ENV... */
static void spawn(const struct sandbox *sandbox) {
  const char *tag = request.words[1];
  struct winsize size = {.ws_col = (unsigned short)number(request.words[2]),
                         .ws_row = (unsigned short)number(request.words[3])};
  int slave;
  if (source_count == SOURCES) {
    reply_failure(tag, EMFILE, "open another terminal");
    return;
  }
  int master = open_terminal(sandbox, &size, &slave);
  if (master < 0) {
    reply_failure(tag, errno, "open a PTY");
    return;
  }
  start_shell(sandbox, tag, master, slave);
  close(slave);
  close(master);
}

/* --- looking at processes --- */

/* Opens a file of a process in the sandbox's own proc, whatever is mounted over it. */
static int open_of(const struct sandbox *sandbox, int pid, const char *file) {
  char path[64];
  snprintf(path, sizeof path, "%d/%s", pid, file);
  return openat(sandbox->proc, path, O_RDONLY | O_CLOEXEC);
}

static size_t read_of(const struct sandbox *sandbox, int pid, const char *file, char *text, size_t size) {
  int fd = open_of(sandbox, pid, file);
  ssize_t length = fd < 0 ? -1 : read(fd, text, size - 1);
  if (fd >= 0) close(fd);
  text[length < 0 ? 0 : length] = '\0';
  return length < 0 ? 0 : (size_t)length;
}

/* State and session of "PID (COMMAND) STATE PARENT GROUP SESSION ..."; a command may itself hold parentheses. */
static bool in_session(const struct sandbox *sandbox, int pid, int session) {
  char text[512], state;
  int session_of_pid;
  read_of(sandbox, pid, "stat", text, sizeof text);
  const char *fields = strrchr(text, ')');
  if (!fields || sscanf(fields + 1, " %c %*d %*d %d", &state, &session_of_pid) != 2) return false;
  return session_of_pid == session && state != 'Z';
}

/* Kills what it finds of a session once; true if there was something. */
static bool kill_session_once(const struct sandbox *sandbox, int session) {
  bool found = false;
  DIR *processes = fdopendir(openat(sandbox->proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!processes) return false;
  for (struct dirent *entry; (entry = readdir(processes));) {
    int pid = number(entry->d_name);
    if (pid > 1 && in_session(sandbox, pid, session)) found = kill(pid, SIGKILL) == 0 || found;
  }
  closedir(processes);
  return found;
}

/* end SESSION. Again until nothing is left: a process may fork between being listed and being killed. */
static void end_session(const struct sandbox *sandbox) {
  int session = number(request.words[1]);
  for (int attempt = 0; attempt < 10 && kill_session_once(sandbox, session); attempt++) sched_yield();
}

/*
 * Inode of the PID namespace whose processes a process finds in /proc; 0 when no proc is mounted there. From the process's
 * own root directory, which chroot(2) may have moved within its mount namespace; O_PATH opens nothing of what lies there.
 */
static unsigned long proc_shown_to(const struct sandbox *sandbox, int pid) {
  struct statfs file_system;
  struct stat init;
  char path[64];
  snprintf(path, sizeof path, "%d/root/proc", pid);
  int proc = openat(sandbox->proc, path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (proc < 0) return 0;
  bool is_proc = fstatfs(proc, &file_system) == 0 && file_system.f_type == PROC_SUPER_MAGIC;
  /* Through its own PID 1: a proc shows the PID namespace of whoever mounted it, to everybody. */
  bool found = is_proc && fstatat(proc, "1/ns/pid", &init, 0) == 0;
  close(proc);
  return found ? init.st_ino : 0;
}

/* A sandbox whose init can't come home again is of no use, and no danger: it ends. */
static void come_home(int namespace, int type) {
  if (setns(namespace, type) < 0) fail("return from a namespace");
}

/* Fills in the host name of a UTS namespace; leaves it as it is for anything else. */
static void read_hostname(const struct sandbox *sandbox, int namespace, char *hostname, size_t size) {
  if (namespace < 0 || setns(namespace, CLONE_NEWUTS) < 0) return;
  gethostname(hostname, size);
  come_home(sandbox->uts_namespace, CLONE_NEWUTS);
}

/* A uid map of more lines than a packet has room for ends before the first that is too much. */
static void read_uid_map(const struct sandbox *sandbox, int pid, char *map, size_t size) {
  /* proc writes the outside uids as the opener's user namespace has them: here as a shell of this sandbox reads them. */
  size_t length = read_of(sandbox, pid, "uid_map", map, size);
  while (length > 0 && map[length - 1] != '\n') map[--length] = '\0';
}

/* look TAG PID */
static void look(const struct sandbox *sandbox) {
  struct packet packet = {0};
  int pid = number(request.words[2]);
  char hostname[HOST_NAME_MAX + 1] = "", map[3072];
  int namespace = open_of(sandbox, pid, "ns/uts");
  read_hostname(sandbox, namespace, hostname, sizeof hostname);
  if (namespace >= 0) close(namespace);
  read_uid_map(sandbox, pid, map, sizeof map);
  put_word(&packet, "looked");
  put_word(&packet, request.words[1]);
  put_number(&packet, (long long)proc_shown_to(sandbox, pid));
  put_word(&packet, hostname);
  put_word(&packet, map);
  send_packet(CONTROL, &packet, -1, 0);
}

/*
 * Opens a namespace that a process holds by a file descriptor or a mount, -1 where there is something else: that is left
 * alone, as to open it could have effects or never return.
 */
static int open_held(const struct sandbox *sandbox, int pid, const char *file) {
  struct statfs file_system;
  char path[PATH_MAX + 16], self[32];
  snprintf(path, sizeof path, "%d/%s", pid, file);
  int place = openat(sandbox->proc, path, O_PATH | O_CLOEXEC);
  if (place < 0) return -1;
  int namespace = -1;
  errno = ENOENT;
  if (fstatfs(place, &file_system) == 0 && file_system.f_type == NSFS_MAGIC) {
    snprintf(self, sizeof self, "1/fd/%d", place);
    namespace = openat(sandbox->proc, self, O_RDONLY | O_CLOEXEC);
  }
  close(place);
  return namespace;
}

static unsigned long parent_of(int namespace) {
  struct stat parent = {0};
  int fd = ioctl(namespace, NS_GET_PARENT);
  if (fd < 0) return 0; /* above the sandbox's own, or a type without parents */
  fstat(fd, &parent);
  close(fd);
  return parent.st_ino;
}

static void describe(const struct sandbox *sandbox, int namespace, int owner) {
  struct packet packet = {0};
  struct stat itself = {0};
  unsigned long long id = 0; /* before Linux 6.18 */
  char hostname[HOST_NAME_MAX + 1] = "";
  fstat(namespace, &itself);
  ioctl(namespace, NS_GET_ID, &id);
  read_hostname(sandbox, namespace, hostname, sizeof hostname);
  put_word(&packet, "described");
  put_word(&packet, request.words[1]);
  put_number(&packet, ioctl(namespace, NS_GET_NSTYPE));
  put_number(&packet, (long long)itself.st_ino);
  put_number(&packet, (long long)id);
  put_number(&packet, (long long)parent_of(namespace));
  put_word(&packet, hostname);
  close(namespace); /* before anybody hears of it */
  send_packet(CONTROL, &packet, owner, 0);
}

/*
 * describe TAG PID FILE, which is a path below /proc/PID. The namespace itself is not passed on: a file that was opened at a
 * mount keeps the mount busy, and the learner's umount would fail. While this looks, no umount of theirs begins: they all wait
 * for this process to take notice of them.
 */
static void describe_held(const struct sandbox *sandbox) {
  int namespace = open_held(sandbox, number(request.words[2]), request.words[3]);
  int owner = namespace < 0 ? -1 : ioctl(namespace, NS_GET_USERNS);
  if (owner < 0) {
    reply_failure(request.words[1], errno, "open a namespace");
    if (namespace >= 0) close(namespace);
    return;
  }
  describe(sandbox, namespace, owner);
  close(owner);
}

/* --- reports --- */

static long long now_in_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
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

/* Calls are told while the server keeps up; what it misses is counted, so that a flood costs nobody anything. */
static void report_call(const struct sandbox *sandbox, int pid, const struct call *call) {
  struct packet packet = {0};
  char command[32];
  if (too_many_calls()) {
    lost_calls++;
    return;
  }
  size_t length = read_of(sandbox, pid, "comm", command, sizeof command);
  if (length > 0) command[length - 1] = '\0'; /* the newline */
  put_word(&packet, "call");
  put_number(&packet, pid);
  put_word(&packet, call->name);
  for (int place = 0; place < 2; place++) put_number(&packet, call->arguments[place]);
  put_word(&packet, command);
  if (!send_packet(CONTROL, &packet, -1, MSG_DONTWAIT)) lost_calls++;
}

static void report_lost_calls(void) {
  struct packet packet = {0};
  if (lost_calls == 0 || now_in_ms() - losses_told_at < LOSSES_EVERY_MS) return;
  losses_told_at = now_in_ms();
  put_word(&packet, "lost");
  put_number(&packet, lost_calls);
  if (send_packet(CONTROL, &packet, -1, MSG_DONTWAIT)) lost_calls = 0;
}

/* Lets the call go on as the kernel sees it: this listener only watches (seccomp_unotify(2) on why it can't decide). */
static void take_call(const struct sandbox *sandbox, int listener) {
  union {
    struct seccomp_notif call;
    char room[1024]; /* a later kernel may write a longer one */
  } received = {0};
  union {
    struct seccomp_notif_resp answer;
    char room[1024];
  } go_on = {0};
  struct call call;
  if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &received) < 0) return;
  go_on.answer.id = received.call.id;
  go_on.answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  if (describe_call(received.call.data.nr, (const unsigned long long *)received.call.data.args, &call))
    report_call(sandbox, (int)received.call.pid, &call);
  ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &go_on);
}

static void reap(void) {
  struct signalfd_siginfo signal;
  int status;
  while (read(sources[CHILDREN].fd, &signal, sizeof signal) > 0) continue;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
    struct packet packet = {0};
    put_word(&packet, "exited");
    put_number(&packet, pid);
    put_number(&packet, status);
    send_packet(CONTROL, &packet, -1, 0);
  }
}

/* --- the loop --- */

static const struct {
  const char *verb;
  size_t words;
  void (*act)(const struct sandbox *);
} requests[] = {{"spawn", 7, spawn}, {"end", 2, end_session}, {"look", 3, look}, {"describe", 4, describe_held}};

/* False when the server is gone. */
static bool serve(const struct sandbox *sandbox) {
  if (!receive_message(CONTROL, &request, NULL)) return false;
  for (size_t index = 0; index < sizeof requests / sizeof *requests; index++)
    if (request.count >= requests[index].words && strcmp(request.words[0], requests[index].verb) == 0)
      requests[index].act(sandbox);
  return true;
}

/* A listener hangs up when the last process under its filter is gone. */
static void serve_listeners(const struct sandbox *sandbox) {
  for (int index = FIRST_LISTENER; index < source_count; index++) {
    struct pollfd *source = &sources[index];
    if (source->revents & POLLIN) {
      take_call(sandbox, source->fd);
    } else if (source->revents & (POLLHUP | POLLERR)) {
      close(source->fd);
      *source-- = sources[--source_count];
      index--;
    }
  }
}

static int open_children(void) {
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_SETMASK, &children, NULL);
  int fd = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  if (fd < 0) fail("open a signalfd");
  return fd;
}

void run_init(const struct sandbox *sandbox) {
  sources[SERVER] = (struct pollfd){.fd = CONTROL, .events = POLLIN};
  sources[CHILDREN] = (struct pollfd){.fd = open_children(), .events = POLLIN};
  source_count = FIRST_LISTENER;
  for (;;) {
    if (poll(sources, (nfds_t)source_count, lost_calls > 0 ? LOSSES_EVERY_MS : -1) < 0 && errno != EINTR) fail("poll");
    if (sources[CHILDREN].revents) reap();
    serve_listeners(sandbox);
    report_lost_calls();
    if (sources[SERVER].revents && !serve(sandbox)) return;
  }
}
