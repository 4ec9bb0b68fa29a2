/*
 * PID 1 of the sandbox. It runs nothing of the learner's itself and waits for a single thing only where that is a child of
 * its own, with a deadline. The kernel ends the sandbox with it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"

enum { SERVER, CHILDREN, FIRST_LISTENER, LISTENERS = 64, SOURCES = FIRST_LISTENER + LISTENERS };

static struct pollfd sources[SOURCES];
static int source_count;

bool has_room_for_listener(void) { return source_count < SOURCES; }

void watch_listener(int listener) {
  if (listener < 0) return; /* the child was killed before it had one */
  sources[source_count++] = (struct pollfd){.fd = listener, .events = POLLIN};
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

static const struct {
  const char *verb;
  size_t words;
  void (*act)(const struct sandbox *, const struct message *);
} requests[] = {
    {"spawn", 7, spawn},     {"end", 2, end_session},      {"look", 3, look},      {"describe", 4, describe_held},
    {"files", 3, list_held}, {"traffic", 2, tell_traffic}, {"quieten", 2, quieten}};

/* False when the server is gone. */
static bool serve(const struct sandbox *sandbox) {
  static struct message request;
  if (!receive_message(CONTROL, &request, NULL)) return false;
  for (size_t index = 0; index < sizeof requests / sizeof *requests; index++)
    if (request.count >= requests[index].words && strcmp(request.words[0], requests[index].verb) == 0)
      requests[index].act(sandbox, &request);
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
    if (poll(sources, (nfds_t)source_count, report_lost_calls()) < 0 && errno != EINTR) fail("poll");
    if (sources[CHILDREN].revents) reap();
    serve_listeners(sandbox);
    if (sources[SERVER].revents && !serve(sandbox)) return;
  }
}
