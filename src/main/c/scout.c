/*
 * Scouts: children that PID 1 sends into namespaces from which it could not return, or in which something could hold it
 * up.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "filter.h"
#include "init.h"

struct scout {
  pid_t pid;
  int socket;
};

typedef void (*report)(const struct sandbox *, struct packet *);

static _Noreturn void be_scout(const struct sandbox *sandbox, int namespace, int type, report write, int socket) {
  struct packet packet = {0};
  if (own_call(SYS_setns, namespace, type) == 0) {
    write(sandbox, &packet);
    send_packet(socket, &packet, -1, 0);
    pause(); /* while it is examined */
  }
  _exit(0);
}

/*
 * Sends a child into a namespace, and waits for its report until a deadline, because a learner can stop or kill the
 * child.
 */
static bool send_scout(const struct sandbox *sandbox, int namespace, int type, report write, struct scout *scout,
                       struct message *answer) {
  int pair[2];
  *scout = (struct scout){-1, -1};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) return false;
  setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_usec = 200 * 1000}, sizeof(struct timeval));
  *scout = (struct scout){fork(), pair[0]};
  if (scout->pid == 0) be_scout(sandbox, namespace, type, write, pair[1]);
  close(pair[1]);
  return scout->pid > 0 && receive_message(scout->socket, answer, NULL);
}

static void end_scout(const struct scout *scout) {
  if (scout->socket >= 0) close(scout->socket);
  if (scout->pid < 0) return;
  own_call(SYS_kill, scout->pid, SIGKILL);
  while (waitpid(scout->pid, NULL, 0) < 0 && errno == EINTR) continue;
}

/* Sends how many mounts are left out, then the mounts of the namespace that this process is in, as many lines as there is room for. */
static void write_mounts(const struct sandbox *sandbox, struct packet *packet) {
  enum { ROOM = sizeof packet->bytes - 512 };
  static char text[ROOM + 1], rest[4096];
  size_t length = 0;
  int more = 0;
  int fd = openat(sandbox->proc, "thread-self/mountinfo", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  for (ssize_t got; length < ROOM && (got = read(fd, text + length, ROOM - length)) > 0;) length += (size_t)got;
  for (ssize_t got; (got = read(fd, rest, sizeof rest)) > 0;)
    for (ssize_t index = 0; index < got; index++) more += rest[index] == '\n';
  close(fd);
  while (length > 0 && text[length - 1] != '\n') length--;
  text[length] = '\0';
  put_number(packet, more);
  put_word(packet, text);
}

void put_mounts(const struct sandbox *sandbox, int namespace, struct packet *packet) {
  static struct message answer;
  struct scout scout;
  bool told = send_scout(sandbox, namespace, CLONE_NEWNS, write_mounts, &scout, &answer) && answer.count == 2;
  put_word(packet, told ? answer.words[0] : "0");
  put_word(packet, told ? answer.words[1] : "");
  end_scout(&scout);
}

static void write_nothing(const struct sandbox *sandbox, struct packet *packet) {
  (void)sandbox;
  put_word(packet, "here");
}

/* The map is read from outside the namespace, so that its outside uids are those that a shell of this sandbox reads. */
void put_uid_map(const struct sandbox *sandbox, int namespace, struct packet *packet) {
  static struct message answer;
  struct scout scout;
  char map[UID_MAP_BYTES] = "";
  if (send_scout(sandbox, namespace, CLONE_NEWUSER, write_nothing, &scout, &answer))
    read_uid_map(sandbox, scout.pid, map, sizeof map);
  put_word(packet, map);
  end_scout(&scout);
}
