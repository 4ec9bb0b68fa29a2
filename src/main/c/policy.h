/*
 * Tables of the system calls that a learner may make. filter.c turns them into the seccomp program, policy-table.c into
 * documentation.
 */
#ifndef NSLAB_POLICY_H
#define NSLAB_POLICY_H

#include <stdbool.h>
#include <stddef.h>

/* A system call. A call that is in no table answers ENOSYS, as on a kernel without it, so that programs fall back to another. */
struct call_entry {
  int number;
  const char *name;
};

/* Calls that are let through whatever their arguments are, grouped by purpose. */
struct call_family {
  const char *title;
  const struct call_entry *calls;
  size_t count;
};
extern const struct call_family allowed_calls[];
extern const size_t allowed_families;

/* Calls that are answered with an errno whatever their arguments are; 0 reports success. */
struct answered_call {
  struct call_entry call;
  int error;
  const char *reason;
};
extern const struct answered_call answered_calls[];
extern const size_t answered_count;

/*
 * Calls that are let through and reported to the server, with the two arguments (-1: none) that say what was requested:
 * which namespaces, how to mount, whom to signal.
 */
struct watched_call {
  struct call_entry call;
  int arguments[2];
};
extern const struct watched_call watched_calls[];
extern const size_t watched_count;

/* clone(2) is watched only if it creates namespaces. */
extern const unsigned int namespace_flags;

/* socket(2), by all three of its arguments. */
struct socket_entry {
  int family, type;
  unsigned int protocol, protocol_mask; /* allowed where protocol == (the argument & the mask) */
  const char *text;
};
extern const struct socket_entry allowed_sockets[];
extern const size_t socket_count;

/* Options of sockets, from FIRST to LAST, that may be set and read. */
struct option_range {
  int first, last;
};
struct option_level {
  int level;
  const char *name;
  const struct option_range *options;
  size_t count;
};
extern const struct option_level allowed_options[];
extern const size_t option_levels;

/* Requests of ioctl(2) and operations of prctl(2) that are refused. */
struct refused_request {
  unsigned long request;
  int error;
  const char *name, *reason;
};
extern const struct refused_request refused_ioctls[];
extern const size_t refused_ioctl_count;
extern const struct refused_request refused_prctls[];
extern const size_t refused_prctl_count;

#endif
