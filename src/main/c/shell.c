/* Turns a child of PID 1 into the learner's program: the short way from fork to execve. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "helper.h"

/* Unlike fail_at(), this reports to the init, which has forked this process and knows the tag of the request. */
static _Noreturn void give_up_at(enum step step, int parent, const char *words) {
  struct packet packet = {0};
  put_number(&packet, errno);
  put_word(&packet, step_code(step));
  put_word(&packet, words);
  send_packet(parent, &packet, -1, 0);
  _exit(127);
}

static _Noreturn void give_up(int parent, const char *words) { give_up_at(STEP_OTHER, parent, words); }

static void reset_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int signal = 1; signal < NSIG; signal++) {
    struct sigaction otherwise = {.sa_handler = SIG_DFL};
    sigaction(signal, &otherwise, NULL); /* EINVAL for SIGKILL and SIGSTOP */
  }
}

static void take_terminal(int slave, int parent) {
  if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) < 0) give_up(parent, "take the terminal");
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (dup2(slave, fd) < 0) give_up(parent, "take the terminal");
}

/*
 * Lowers a limit that is higher. The init keeps its own limits: it needs more than a learner, and so does a sanitizer
 * in it.
 */
static void limit_resources(const struct limits *limits, int parent) {
  for (int index = 0; index < limits->count; index++) {
    __rlimit_resource_t resource = (__rlimit_resource_t)limits->all[index].resource;
    struct rlimit limit;
    if (getrlimit(resource, &limit) < 0) give_up(parent, "read a resource limit");
    if (limit.rlim_max > limits->all[index].value) limit.rlim_max = limits->all[index].value;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(resource, &limit) < 0) give_up(parent, "set a resource limit");
  }
}

static _Noreturn void execute(char **arguments, int parent) {
  char words[256];
  execvp(arguments[0], arguments);
  snprintf(words, sizeof words, "run %s", arguments[0]);
  give_up_at(STEP_RUN_PROGRAM, parent, words);
}

/* words: DIRECTORY ARGC ARG... ENV... */
_Noreturn void become_shell(const struct sandbox *sandbox, int slave, int parent, char *const *words) {
  char *arguments[MESSAGE_WORDS + 1];
  int count = number(words[1]);
  for (int index = 0; index < count; index++) {
    arguments[index] = words[2 + index];
    if (!arguments[index]) count = -1; /* there are fewer words than announced */
  }
  if (count < 1) {
    errno = EBADMSG;
    give_up(parent, "read the command");
  }
  arguments[count] = NULL;
  environ = (char **)words + 2 + count; /* execvp looks up PATH here */
  reset_signals();
  take_terminal(slave, parent);
  if (chdir(words[0]) < 0 && chdir("/") < 0) give_up(parent, "enter the home directory");
  limit_resources(&sandbox->limits, parent);
  if (sandbox->terminals >= 0 && write(sandbox->terminals, "0", 1) < 0)
    give_up_at(STEP_JOIN_TERMINALS, parent, "join the cgroup /terminals");
  execute(arguments, parent);
}
