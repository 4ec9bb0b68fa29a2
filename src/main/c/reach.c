/*
 * How PID 1 gets at what processes have: files of the sandbox's own proc, namespaces and sockets that they hold open. A
 * learner may exchange any of these at any moment.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/sockios.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "filter.h"
#include "init.h"

#ifndef PIDFD_THREAD
#define PIDFD_THREAD O_EXCL
#endif

int open_of(const struct sandbox *sandbox, int pid, const char *file) {
  char path[64];
  snprintf(path, sizeof path, "%d/%s", pid, file);
  return openat(sandbox->proc, path, O_RDONLY | O_CLOEXEC);
}

size_t read_of(const struct sandbox *sandbox, int pid, const char *file, char *text, size_t size) {
  int fd = open_of(sandbox, pid, file);
  ssize_t length = fd < 0 ? -1 : read(fd, text, size - 1);
  if (fd >= 0) close(fd);
  text[length < 0 ? 0 : length] = '\0';
  return length < 0 ? 0 : (size_t)length;
}

DIR *directory_at(int fd) {
  DIR *directory = fd < 0 ? NULL : fdopendir(fd);
  if (!directory && fd >= 0) close(fd);
  return directory;
}

ino_t namespace_of(const struct sandbox *sandbox, int pid, const char *type) {
  struct stat namespace;
  char path[32];
  snprintf(path, sizeof path, "%d/ns/%s", pid, type);
  return fstatat(sandbox->proc, path, &namespace, 0) < 0 ? 0 : namespace.st_ino;
}

void read_uid_map(const struct sandbox *sandbox, int pid, char *map, size_t size) {
  /*
   * proc writes the outside uids as they are in the user namespace of whoever opens the file. Here these are the uids
   * that a shell of this sandbox reads.
   */
  size_t length = read_of(sandbox, pid, "uid_map", map, size);
  while (length > 0 && map[length - 1] != '\n') map[--length] = '\0';
}

void come_home(int namespace, int type) {
  if (own_call(SYS_setns, namespace, type) < 0) fail("return from a namespace");
}

static int touching;

static void interrupt(int signal) { (void)signal; }

/*
 * Only a signal ends such a wait. It is repeated, because the first one may come too early. At other times this process
 * handles no signals.
 */
static void interrupt_every(suseconds_t us) {
  struct itimerval every = {.it_interval.tv_usec = us, .it_value.tv_usec = us};
  if (us > 0) sigaction(SIGALRM, &(struct sigaction){.sa_handler = interrupt}, NULL);
  setitimer(ITIMER_REAL, &every, NULL);
  if (us == 0) sigaction(SIGALRM, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
}

void begin_touching(void) {
  if (touching++ == 0) interrupt_every(5000);
}

void end_touching(void) {
  if (--touching == 0) interrupt_every(0);
}

int open_pidfd(int pid) {
  int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
  return pidfd >= 0 ? pidfd : (int)syscall(SYS_pidfd_open, pid, PIDFD_THREAD);
}

bool is_of_file_system(const struct stat *file, int one) {
  struct stat other;
  return fstat(one, &other) == 0 && file->st_dev == other.st_dev;
}

int take_socket(int pidfd, int fd, const struct stat *seen) {
  struct stat itself;
  int socket = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
  if (socket < 0) return -1;
  if (fstat(socket, &itself) == 0 && itself.st_dev == seen->st_dev && itself.st_ino == seen->st_ino) return socket;
  close(socket);
  errno = ESTALE;
  return -1;
}

int open_network_at(int pid, int fd, const struct stat *socket) {
  int pidfd = open_pidfd(pid);
  int taken = pidfd < 0 ? -1 : take_socket(pidfd, fd, socket);
  int namespace = taken < 0 ? -1 : ioctl(taken, SIOCGSKNS);
  int error = errno;
  if (taken >= 0) close(taken);
  if (pidfd >= 0) close(pidfd);
  errno = error;
  return namespace;
}

static int open_namespace_at(const struct sandbox *sandbox, int pid, const char *file) {
  struct stat itself;
  char path[4 * PATH_MAX + 32], self[32];
  snprintf(path, sizeof path, "%d/%s", pid, file);
  int place = openat(sandbox->proc, path, O_PATH | O_CLOEXEC);
  if (place < 0) return -1;
  int namespace = -1;
  if (fstat(place, &itself) < 0) {
    close(place);
    return -1;
  }
  errno = ENOENT;
  if (is_of_file_system(&itself, sandbox->uts_namespace)) {
    snprintf(self, sizeof self, "1/fd/%d", place);
    namespace = openat(sandbox->proc, self, O_RDONLY | O_CLOEXEC);
  } else if (strncmp(file, "fd/", 3) == 0 && is_of_file_system(&itself, CONTROL)) {
    namespace = open_network_at(pid, number(file + 3), &itself);
  }
  close(place);
  return namespace;
}

int open_held(const struct sandbox *sandbox, int pid, const char *file) {
  begin_touching();
  int namespace = open_namespace_at(sandbox, pid, file);
  int error = errno;
  end_touching();
  errno = error;
  return namespace;
}
