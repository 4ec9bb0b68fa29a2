/*
 * unshare-helper: creates the namespaces of one sandbox, and is its PID 1. message.h describes its messages, and
 * docs/ARCHITECTURE.md its stages.
 *
 * It exists because a JVM cannot do this: unshare(CLONE_NEWUSER) fails with EINVAL in a process with several threads,
 * and a forked JVM in a sandbox would show the server's memory to the learner.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "helper.h"

static struct message received;

/* False when the server no longer wants a sandbox. */
static bool receive(void) {
  if (!receive_message(CONTROL, &received, NULL)) return false;
  if (received.count % 2 == 1) return true;
  errno = EBADMSG;
  fail("read what the server wants");
}

static bool is(const char *verb) { return strcmp(received.words[0], verb) == 0; }

int main(void) {
  /* No open file of the server may reach a sandbox, even if one of its libraries opened it without O_CLOEXEC. */
  close_range(CONTROL + 1, ~0U, 0);
  if (fcntl(CONTROL, F_SETFD, FD_CLOEXEC) < 0) {
    fputs("unshare-helper is started by nslab, with its control socket as file descriptor 3\n", stderr);
    return 2;
  }
  if (!receive()) return 0;
  if (is("sweep")) sweep(&received);
  if (is("prepare")) prepare(&received);
  if (!receive()) return 0;
  if (is("spec")) launch(&received);
  errno = EBADMSG;
  fail("read the sandbox's specification");
}
