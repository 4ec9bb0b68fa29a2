/* Sessions: PID 1 opens a terminal with a program in it, and ends everything that runs in one. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
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

static void report_spawned(const char *tag, pid_t pid, int master) {
  struct packet packet = {0};
  put_word(&packet, "spawned");
  put_word(&packet, tag);
  put_number(&packet, pid);
  send_packet(CONTROL, &packet, master, 0);
}

/*
 * Children on their way to execve(2). A learner may stop them there, or freeze the cgroup that they join. So nothing
 * waits for one of them: calls, requests and other children go on. Each child has a deadline.
 */
enum { START_MS = 3000 };

static struct start {
  char tag[16];
  pid_t pid;
  int socket, master;
  long long deadline;
} starts[MOST_STARTS];
static int start_count;

static void end_start(struct start *start) {
  close(start->socket);
  close(start->master);
  *start = starts[--start_count];
}

static void give_up(struct start *start, int error, const char *code, const char *words) {
  own_call(SYS_kill, start->pid, SIGKILL);
  reply_failure_of(code, start->tag, error, words);
}

/* The shell's end of this pipe closes with execve; before that, it sends what failed. False while neither has happened. */
static bool has_settled(struct start *start) {
  static struct message answer;
  struct pollfd ready = {.fd = start->socket, .events = POLLIN};
  if (poll(&ready, 1, 0) <= 0) {
    if (now_in_ms() < start->deadline) return false;
    give_up(start, EAGAIN, step_code(STEP_OTHER), "start the program in time");
  } else if (receive_message(start->socket, &answer, NULL) && answer.count == 3) {
    give_up(start, number(answer.words[0]), answer.words[1], answer.words[2]);
  } else {
    report_spawned(start->tag, start->pid, start->master);
  }
  return true;
}

void settle_starts(void) {
  for (int index = 0; index < start_count;)
    if (has_settled(&starts[index]))
      end_start(&starts[index]);
    else
      index++;
}

int await_starts(struct pollfd *sources, int *timeout) {
  for (int index = 0; index < start_count; index++) {
    long long left = starts[index].deadline - now_in_ms();
    sources[index] = (struct pollfd){.fd = starts[index].socket, .events = POLLIN};
    if (left < 0) left = 0;
    if (*timeout < 0 || left < *timeout) *timeout = (int)left;
  }
  return start_count;
}

/* Forks a child that becomes the program. Takes over the master. */
static void start_shell(const struct sandbox *sandbox, const char *tag, int master, int slave, char *const *words) {
  int pair[2];
  if (start_count == MOST_STARTS || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
    reply_failure(tag, start_count == MOST_STARTS ? EAGAIN : errno, "open a socket pair");
    close(master);
    return;
  }
  pid_t pid = fork();
  if (pid == 0) become_shell(sandbox, slave, pair[1], words);
  int error = errno;
  close(pair[1]);
  if (pid < 0) {
    reply_failure_of(step_code(STEP_FORK_SHELL), tag, error, "fork");
    close(pair[0]);
    close(master);
    return;
  }
  struct start *start = &starts[start_count++];
  *start = (struct start){.pid = pid, .socket = pair[0], .master = master, .deadline = now_in_ms() + START_MS};
  snprintf(start->tag, sizeof start->tag, "%s", tag);
}

/* spawn TAG COLUMNS ROWS DIRECTORY ARGC ARG... ENV... */
void spawn(const struct sandbox *sandbox, const struct message *request) {
  const char *tag = request->words[1];
  struct winsize size = {.ws_col = (unsigned short)number(request->words[2]),
                         .ws_row = (unsigned short)number(request->words[3])};
  int slave;
  int master = open_terminal(sandbox, &size, &slave);
  if (master < 0) {
    reply_failure_of(step_code(STEP_OPEN_TERMINAL), tag, errno, "open a PTY");
    return;
  }
  start_shell(sandbox, tag, master, slave, request->words + 4);
  close(slave);
}

/*
 * Reads state and session from "PID (COMMAND) STATE PARENT GROUP SESSION ...". The command may itself contain
 * parentheses.
 */
static bool in_session(const struct sandbox *sandbox, int pid, int session) {
  char text[512], state;
  int session_of_pid;
  read_of(sandbox, pid, "stat", text, sizeof text);
  const char *fields = strrchr(text, ')');
  if (!fields || sscanf(fields + 1, " %c %*d %*d %d", &state, &session_of_pid) != 2) return false;
  return session_of_pid == session && state != 'Z';
}

/* Kills all processes of a session that it finds. Returns whether it has found one. */
static bool kill_session_once(const struct sandbox *sandbox, int session) {
  bool found = false;
  DIR *processes = directory_at(openat(sandbox->proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!processes) return false;
  for (struct dirent *entry; (entry = readdir(processes));) {
    int pid = number(entry->d_name);
    if (pid > 1 && in_session(sandbox, pid, session)) found = own_call(SYS_kill, pid, SIGKILL) == 0 || found;
  }
  closedir(processes);
  return found;
}

/* end SESSION. Repeats until nothing is left, because a process may fork after it is listed and before it is killed. */
void end_session(const struct sandbox *sandbox, const struct message *request) {
  int session = number(request->words[1]);
  for (int attempt = 0; attempt < 10 && kill_session_once(sandbox, session); attempt++) sched_yield();
}
