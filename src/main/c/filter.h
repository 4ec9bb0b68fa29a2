/* Which system calls a sandbox may make, and which of them are reported to the server. */
#ifndef NSLAB_FILTER_H
#define NSLAB_FILTER_H

#include <stdbool.h>

/* Puts this process and all its descendants under the filter. Returns the file descriptor of its listener. */
int enter_filter(void);

/*
 * A call of PID 1's own that is watched in others, setns(2) or kill(2): made without this it would wait for an answer of PID 1's,
 * for ever.
 */
int own_call(long number, long first, long second);

/* A watched system call: its name, and the arguments that say what was requested, 0 where there is none. */
struct call {
  const char *name;
  long long arguments[2];
};

/* False if the call is not watched. */
bool describe_call(int call, const unsigned long long *arguments, struct call *described);

#endif
