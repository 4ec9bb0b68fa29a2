/*
 * The learner's own seccomp filters. The whole machine has one budget for programs of this kind
 * (net.core.bpf_jit_limit). When it is used up, nobody can start a sandbox. So the number of filters of each sandbox is
 * limited.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "init.h"

/* The longest filter, of 4,096 instructions, takes the kernel about 50 KB, and never more than 250. */
enum { MOST_FILTERS = 128 };

/* The filters of one thread beyond the sandbox's own; 0 if it is gone. "Seccomp_filters" exists since Linux 5.9. */
static int filters_of(int tasks, int task) {
  char path[64], text[4096];
  snprintf(path, sizeof path, "%d/status", task);
  int fd = openat(tasks, path, O_RDONLY | O_CLOEXEC);
  ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  text[length < 0 ? 0 : length] = '\0';
  const char *line = strstr(text, "\nSeccomp_filters:");
  int count = line ? atoi(line + strlen("\nSeccomp_filters:")) - 1 : 0;
  return count > 0 ? count : 0;
}

static DIR *list(int at, const char *path) {
  int fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *directory = fd < 0 ? NULL : fdopendir(fd);
  if (!directory && fd >= 0) close(fd);
  return directory;
}

/* A filter that threads inherited from each other is counted for each of them, so the count is never too low. */
static int count_filters_of(const struct sandbox *sandbox, int process) {
  char path[64];
  int count = 0;
  snprintf(path, sizeof path, "%d/task", process);
  DIR *tasks = list(sandbox->proc, path);
  if (!tasks) return 0;
  for (struct dirent *entry; (entry = readdir(tasks));)
    if (number(entry->d_name) > 0) count += filters_of(dirfd(tasks), number(entry->d_name));
  closedir(tasks);
  return count;
}

static int count_filters(const struct sandbox *sandbox) {
  int count = 0;
  DIR *processes = list(sandbox->proc, ".");
  if (!processes) return MOST_FILTERS;
  for (struct dirent *entry; (entry = readdir(processes));)
    if (number(entry->d_name) > 1) count += count_filters_of(sandbox, number(entry->d_name));
  closedir(processes);
  return count;
}

/*
 * Counts the filters only when more were requested than are allowed. A new count may be lower, because filters end with
 * the processes under them, which nothing reports.
 */
bool may_confine(const struct sandbox *sandbox) {
  static int most_there_can_be;
  if (most_there_can_be == MOST_FILTERS) most_there_can_be = count_filters(sandbox);
  if (most_there_can_be >= MOST_FILTERS) {
    most_there_can_be = MOST_FILTERS;
    return false;
  }
  most_there_can_be++;
  return true;
}
