/*
 * PID 1 of the sandbox. It runs nothing of the learner's itself. The only single thing that it waits for is a scout of
 * its own, with a deadline. When it ends, the kernel ends the sandbox.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "filter.h"
#include "init.h"

static void reap(int children) {
  struct signalfd_siginfo signal;
  int status;
  while (read(children, &signal, sizeof signal) > 0) continue;
  /* What the child did before is reported first, while its PID cannot yet belong to another process. */
  for (siginfo_t ended = {0}; waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid > 0;
       ended.si_pid = 0) {
    struct packet packet = {0};
    settle_starts();
    pid_t pid = waitpid(ended.si_pid, &status, 0);
    put_word(&packet, "exited");
    put_number(&packet, pid);
    put_number(&packet, status);
    send_packet(CONTROL, &packet, -1, 0);
  }
}

static const struct {
  const char *verb;
  size_t words;
  void (*act)(const struct sandbox *, const struct message *);
} requests[] = {
    {"spawn", 7, spawn},     {"end", 2, end_session},      {"look", 3, look},      {"describe", 5, describe_held},
    {"files", 2, list_held}, {"traffic", 2, tell_traffic}, {"quieten", 2, quieten}};

/* False when the server is gone. */
static bool serve(const struct sandbox *sandbox) {
  static struct message request;
  if (!receive_message(CONTROL, &request, NULL)) return false;
  for (size_t index = 0; index < sizeof requests / sizeof *requests; index++)
    if (request.count >= requests[index].words && strcmp(request.words[0], requests[index].verb) == 0)
      requests[index].act(sandbox, &request);
  return true;
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

/*
 * A server that is not root cannot find these out, because this process is not dumpable, which keeps learners from
 * tracing it.
 */
static void report_namespaces(void) {
  static const char *const names[] = {
      "cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "time", "time_for_children", "user", "uts"};
  struct packet ready = {0};
  put_word(&ready, "ready");
  for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
    char path[64];
    struct stat stat_;
    snprintf(path, sizeof path, "/proc/self/ns/%s", names[index]);
    if (stat(path, &stat_) < 0) continue; /* a kernel without this type */
    put_word(&ready, names[index]);
    put_number(&ready, (long long)stat_.st_ino);
  }
  if (!send_packet(CONTROL, &ready, -1, 0)) _exit(1);
}

/*
 * The init leaves the root of the sandbox's cgroup namespace, for a place where no learner can freeze or starve it.
 * Then it enables the controllers in that root. No process may be there then ("no internal processes", cgroups(7)), so
 * it waits for the launcher, which is about to end. Moving takes a grace period of RCU. So the server is told before it
 * that the sandbox is ready; what it requests meanwhile has to wait.
 */
static void divide(const struct division *division) {
  if (division->init < 0) return;
  if (write(division->init, "0", 1) < 0) fail("join the init's cgroup");
  for (int attempt = 0; write(division->subtree_control, division->controllers, strlen(division->controllers)) < 0;
       attempt++) {
    if (errno != EBUSY || attempt == 1000) fail("divide the sandbox's cgroup");
    poll(NULL, 0, 1);
  }
  close(division->init);
  close(division->subtree_control);
}

void run_init(struct sandbox *sandbox, const struct division *division) {
  enum { SERVER, CHILDREN, CALLS, SOURCES };
  struct pollfd sources[SOURCES + MOST_STARTS] = {{.fd = CONTROL, .events = POLLIN},
                                                  {.fd = open_children(), .events = POLLIN}};
  sources[CALLS] = (struct pollfd){.fd = enter_filter(), .events = POLLIN};
  report_namespaces();
  divide(division);
  sandbox->terminals = division->terminals;
  for (;;) {
    int timeout = report_lost_calls();
    int starts = await_starts(sources + SOURCES, &timeout);
    if (poll(sources, (nfds_t)(SOURCES + starts), timeout) < 0 && errno != EINTR) fail("poll");
    settle_starts();
    if (sources[CHILDREN].revents) reap(sources[CHILDREN].fd);
    if (sources[CALLS].revents) take_call(sandbox, sources[CALLS].fd);
    if (sources[SERVER].revents && !serve(sandbox)) return;
  }
}
