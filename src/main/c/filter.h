/* Which system calls a sandbox may make, and which of them are reported to the server. */
#ifndef NSLAB_FILTER_H
#define NSLAB_FILTER_H

#include <stdbool.h>

/* Puts this process and all its descendants under the filter. Returns the file descriptor of its listener. */
int enter_filter(void);

/*
 * Makes a call of PID 1's own that is watched in others: setns(2) or kill(2). Made in another way, it would wait for
 * PID 1's own answer for ever.
 */
int own_call(long number, long first, long second);

/* A watched system call: its name, and the arguments that say what was requested, or 0 if there are none. */
struct call {
  const char *name;
  long long arguments[2];
};

/* False if the call is not watched. */
bool describe_call(int call, const unsigned long long *arguments, struct call *described);

#endif
