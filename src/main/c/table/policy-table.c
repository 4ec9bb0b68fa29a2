/* Prints the policy as docs/SECURITY.md shows it, from the tables that the filter is made from. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../policy.h"

static void head(const char *left, const char *right) { printf("\n| %s | %s |\n|---|---|\n", left, right); }

static const char *answer_of(int error) { return error == 0 ? "done" : strerrorname_np(error); }

static void print_calls(void) {
  head("system calls", "let through");
  for (size_t family = 0; family < allowed_families; family++) {
    printf("| %s |", allowed_calls[family].title);
    for (size_t index = 0; index < allowed_calls[family].count; index++)
      printf(" `%s`", allowed_calls[family].calls[index].name);
    puts(" |");
  }
  fputs("| let through and told to the server |", stdout);
  for (size_t index = 0; index < watched_count; index++) printf(" `%s`", watched_calls[index].call.name);
  puts(" |");
  puts("| by their arguments, as below | `socket` `socketpair` `setsockopt` `getsockopt` `ioctl` `prctl` |");
  puts(
      "| of each process but the init | `prlimit64` `sched_setattr` `sched_setparam` `sched_setscheduler` "
      "`setpriority` (not of all processes of a user) |");
  puts("| so many at a time | `seccomp`, `prctl(PR_SET_SECCOMP)` |");
}

static void print_sockets(void) {
  head("sockets", "types and protocols");
  puts("| `socketpair` | AF_UNIX |");
  for (size_t index = 0; index < socket_count; index++) {
    const char *comma = strchr(allowed_sockets[index].text, ',');
    int length = (int)(comma - allowed_sockets[index].text);
    if (index == 0 || allowed_sockets[index].family != allowed_sockets[index - 1].family)
      printf("| %.*s |", length, allowed_sockets[index].text);
    else
      putchar(';');
    fputs(comma + 1, stdout);
    if (index + 1 == socket_count || allowed_sockets[index + 1].family != allowed_sockets[index].family) puts(" |");
  }
}

static void print_options(void) {
  head("options of sockets, by level", "set and read");
  for (size_t index = 0; index < option_levels; index++) {
    const struct option_level *level = &allowed_options[index];
    printf("| %s |", level->name);
    for (size_t range = 0; range < level->count; range++) {
      printf("%s %d", range == 0 ? "" : ",", level->options[range].first);
      if (level->options[range].last != level->options[range].first) printf("-%d", level->options[range].last);
    }
    puts(" |");
  }
}

static void print_refused(const char *call, const struct refused_request *requests, size_t count) {
  for (size_t index = 0; index < count; index++)
    printf("| `%s(%s)`: %s | %s |\n", call, requests[index].name, strerrorname_np(requests[index].error),
           requests[index].reason);
}

static void print_answered(void) {
  head("answered by the filter itself", "why");
  for (size_t index = 0; index < answered_count; index++)
    printf("| `%s`: %s | %s |\n", answered_calls[index].call.name, answer_of(answered_calls[index].error),
           answered_calls[index].reason);
  print_refused("ioctl", refused_ioctls, refused_ioctl_count);
  print_refused("prctl", refused_prctls, refused_prctl_count);
}

int main(void) {
  print_calls();
  print_sockets();
  print_options();
  print_answered();
  return 0;
}
