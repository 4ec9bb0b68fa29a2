/* Sessions: PID 1 opens a terminal with a program in it, and ends all that runs in one. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "filter.h"
#include "init.h"

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
static bool await_exec(int child, int *error, const char **step) {
  static struct message answer; /* *step points into it */
  errno = 0;
  /* The child's end closes with execve; before, it sends what failed. */
  if (receive_message(child, &answer, NULL) && answer.count == 2) {
    *error = number(answer.words[0]);
    *step = answer.words[1];
    return false;
  }
  *error = errno;
  *step = "start the program in time";
  return *error != EAGAIN;
}

static void report_spawned(const char *tag, pid_t pid, int master) {
  struct packet packet = {0};
  put_word(&packet, "spawned");
  put_word(&packet, tag);
  put_number(&packet, pid);
  send_packet(CONTROL, &packet, master, 0);
}

static void start_shell(const struct sandbox *sandbox, const char *tag, int master, int slave, char *const *words) {
  int pair[2];
  int error;
  const char *step;
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
    reply_failure(tag, errno, "open a socket pair");
    return;
  }
  /* A learner may stop the child before it has become theirs. */
  setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = 3}, sizeof(struct timeval));
  pid_t pid = fork();
  if (pid == 0) become_shell(sandbox, slave, pair[1], words);
  error = errno;
  close(pair[1]);
  if (pid < 0) {
    reply_failure(tag, error, "fork");
  } else if (await_exec(pair[0], &error, &step)) {
    report_spawned(tag, pid, master);
  } else {
    own_call(SYS_kill, pid, SIGKILL);
    reply_failure(tag, error, step);
  }
  close(pair[0]);
}

/* spawn TAG COLUMNS ROWS DIRECTORY ARGC ARG... ENV... */
void spawn(const struct sandbox *sandbox, const struct message *request) {
  const char *tag = request->words[1];
  struct winsize size = {.ws_col = (unsigned short)number(request->words[2]),
                         .ws_row = (unsigned short)number(request->words[3])};
  int slave;
  int master = open_terminal(sandbox, &size, &slave);
  if (master < 0) {
    reply_failure(tag, errno, "open a PTY");
    return;
  }
  start_shell(sandbox, tag, master, slave, request->words + 4);
  close(slave);
  close(master);
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
    if (pid > 1 && in_session(sandbox, pid, session)) found = own_call(SYS_kill, pid, SIGKILL) == 0 || found;
  }
  closedir(processes);
  return found;
}

/* end SESSION. Again until nothing is left: a process may fork between being listed and being killed. */
void end_session(const struct sandbox *sandbox, const struct message *request) {
  int session = number(request->words[1]);
  for (int attempt = 0; attempt < 10 && kill_session_once(sandbox, session); attempt++) sched_yield();
}
