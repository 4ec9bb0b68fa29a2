/*
 * Tells the server's watchdog what the sandbox's networks do: packets for which no process is charged with processor
 * time, and who holds sockets that change links. It can also make the sandbox quiet. It looks at a limited number of
 * everything, because shells and calls wait meanwhile.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/kcmp.h>
#include <linux/magic.h>
#include <linux/netlink.h>
#include <linux/nsfs.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "filter.h"
#include "init.h"

enum { MOST_FILES = 16384, MOST_NAMESPACES = 64, MOST_ROUTERS = 16, MOST_LINKS = 256 };

/* A process that has more files open is assumed to hide something among them. */
enum { HONEST_FILES = 4096 };
enum { SEARCH_MS = 250, QUIETEN_MS = 500 };

/* A process with a socket of rtnetlink(7) open: pid, start in clock ticks since boot, its own system time in clock ticks. */
struct router {
  int pid;
  unsigned long long start, system;
};

struct survey {
  const struct sandbox *sandbox;
  ino_t namespaces[MOST_NAMESPACES];
  int open[MOST_NAMESPACES];
  long long packets[MOST_NAMESPACES]; /* received by all of its interfaces; -1 if it may not be entered */
  int namespace_count;
  struct router routers[MOST_ROUTERS];
  int router_count;
  unsigned long long ticks, system_ticks; /* of all processes and of those they have waited for */
  int triggers;                           /* open for writing: files of /proc/pressure */
  long in_flight;                         /* files being passed through sockets, and whatever else is equally hidden */
  int files_left;
  int down; /* links that were taken down */
  long long deadline;
};

/* Takes over a file descriptor of a namespace, unless that is not a network namespace. */
static void add_namespace(struct survey *survey, int namespace) {
  struct stat itself;
  int index = 0;
  if (namespace < 0) return;
  if (ioctl(namespace, NS_GET_NSTYPE) == CLONE_NEWNET && fstat(namespace, &itself) == 0) {
    while (index < survey->namespace_count && survey->namespaces[index] != itself.st_ino) index++;
    if (index == survey->namespace_count && index < MOST_NAMESPACES) {
      survey->namespaces[index] = itself.st_ino;
      survey->open[index] = namespace;
      survey->packets[index] = -1;
      survey->namespace_count++;
      return;
    }
  }
  close(namespace);
}

static bool is_known(const struct survey *survey, ino_t inode) {
  for (int index = 0; index < survey->namespace_count; index++)
    if (survey->namespaces[index] == inode) return true;
  return false;
}

static void add_namespace_of(struct survey *survey, int pid) {
  struct stat itself;
  char path[64];
  snprintf(path, sizeof path, "%d/ns/net", pid);
  if (fstatat(survey->sandbox->proc, path, &itself, 0) == 0 && !is_known(survey, itself.st_ino))
    add_namespace(survey, open_of(survey->sandbox, pid, "ns/net"));
}

/*
 * How many files are on their way through a Unix socket (line "scm_fds:", since Linux 5.17). The socket's locks come
 * before that line. Nobody locks a socket except to hide what follows, so a text that is cut off counts as one file.
 * Once one is known, no more sockets are asked, because a list of locks can be made to take long.
 */
static long in_flight(const struct survey *survey, int pid, const char *file) {
  static const char name[] = "scm_fds:";
  char path[64], text[1024];
  snprintf(path, sizeof path, "fdinfo/%.16s", file);
  size_t length = read_of(survey->sandbox, pid, path, text, sizeof text);
  const char *found = strstr(text, name);
  return found ? strtol(found + strlen(name), NULL, 10) : length == 0 || length == sizeof text - 1;
}

/* A socket may belong to a network namespace that contains no process, and hold files that nobody can see. */
static void see_socket(struct survey *survey, int pid, int pidfd, const char *file, const struct stat *seen,
                       bool *routes) {
  int domain = 0, protocol = 0;
  socklen_t size = sizeof domain;
  int socket = take_socket(pidfd, atoi(file), seen);
  if (socket < 0) return;
  getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &domain, &size);
  getsockopt(socket, SOL_SOCKET, SO_PROTOCOL, &protocol, &size);
  if (domain == AF_NETLINK && protocol == NETLINK_ROUTE) *routes = true;
  if (domain == AF_UNIX && survey->in_flight == 0) survey->in_flight += in_flight(survey, pid, file);
  add_namespace(survey, ioctl(socket, SIOCGSKNS));
  close(socket);
}

/*
 * Whether the file is one of /proc/pressure, which have the same inodes in every mounted proc; or any file of a cgroup,
 * because some of these do the same. Which file of a cgroup it is can't be told if the file was mounted by itself, but
 * honest programs have few of them open.
 */
static bool is_pressure(const struct survey *survey, int pid, const char *file) {
  static const char *const names[] = {"pressure/cpu", "pressure/io", "pressure/memory", "pressure/irq"};
  struct stat one, other;
  struct statfs file_system;
  char path[64];
  bool found = false;
  snprintf(path, sizeof path, "%d/fd/%.16s", pid, file);
  int place = openat(survey->sandbox->proc, path, O_PATH | O_CLOEXEC);
  if (place < 0) return false;
  if (fstatfs(place, &file_system) < 0) file_system.f_type = 0;
  if (file_system.f_type == CGROUP2_SUPER_MAGIC) found = true;
  if (file_system.f_type == PROC_SUPER_MAGIC && fstat(place, &one) == 0)
    for (size_t index = 0; index < sizeof names / sizeof *names; index++)
      found |= fstatat(survey->sandbox->proc, names[index], &other, 0) == 0 && one.st_ino == other.st_ino;
  close(place);
  return found;
}

/* The link's mode says how the file was opened (proc_pid_fd(5)). */
static bool is_open_for_writing(int folder, const char *file) {
  struct stat link;
  return fstatat(folder, file, &link, AT_SYMLINK_NOFOLLOW) == 0 && link.st_mode & S_IWUSR;
}

static void see_file(struct survey *survey, int pid, int pidfd, int folder, const char *file, bool *routes) {
  struct stat itself;
  char path[64];
  if (fstatat(folder, file, &itself, 0) < 0) return;
  snprintf(path, sizeof path, "fd/%.16s", file);
  if (is_of_file_system(&itself, CONTROL)) {
    see_socket(survey, pid, pidfd, file, &itself, routes);
  } else if (is_of_file_system(&itself, survey->sandbox->uts_namespace)) {
    if (!is_known(survey, itself.st_ino)) add_namespace(survey, open_held(survey->sandbox, pid, path));
  } else if (S_ISREG(itself.st_mode) && is_open_for_writing(folder, file) && is_pressure(survey, pid, file)) {
    survey->triggers++;
  }
}

/* Whether the process has a socket of rtnetlink(7). */
static bool see_files(struct survey *survey, int pid) {
  bool routes = false;
  DIR *files = directory_at(open_of(survey->sandbox, pid, "fd"));
  int pidfd = open_pidfd(pid);
  if (files) {
    for (struct dirent *entry; survey->files_left > 0 && (entry = readdir(files)); survey->files_left--)
      if (entry->d_name[0] != '.') see_file(survey, pid, pidfd, dirfd(files), entry->d_name, &routes);
    closedir(files);
  }
  if (pidfd >= 0) close(pidfd);
  return routes;
}

/* In mountinfo, blanks and other separators are written as a backslash and three octal digits. */
static void unescape(char *path) {
  unsigned int character;
  char *to = path;
  for (const char *from = path; *from; to++)
    if (*from == '\\' && sscanf(from, "\\%3o", &character) == 1) {
      *to = (char)character;
      from += 4;
    } else {
      *to = *from++;
    }
  *to = '\0';
}

/*
 * Adds the namespaces that are mounted where the process sees them: "… net:[4026532180] /run/netns/blue … - nsfs …"
 * (proc_pid_mountinfo(5)). One to which no path leads, because another mount covers it, is as hidden as a file on its
 * way through a socket.
 */
static void see_mounts(struct survey *survey, int pid) {
  static char line[4 * PATH_MAX + 4096], place[4 * PATH_MAX], path[4 * PATH_MAX + 8];
  unsigned long inode;
  int fd = open_of(survey->sandbox, pid, "mountinfo");
  FILE *mounts = fd < 0 ? NULL : fdopen(fd, "r");
  if (!mounts) return;
  while (fgets(line, sizeof line, mounts)) {
    if (sscanf(line, "%*s %*s %*s net:[%lu] %16383s", &inode, place) != 2 || is_known(survey, inode)) continue;
    unescape(place);
    snprintf(path, sizeof path, "root%s", place);
    add_namespace(survey, open_held(survey->sandbox, pid, path));
    if (!is_known(survey, inode)) survey->in_flight++;
  }
  fclose(mounts);
}

/*
 * Reads the times and the start from "PID (COMMAND) STATE …" (proc_pid_stat(5)). The command may itself contain
 * parentheses.
 */
static bool see_times(struct survey *survey, int pid, struct router *router) {
  char text[512];
  unsigned long long user, system, waited_user, waited_system;
  read_of(survey->sandbox, pid, "stat", text, sizeof text);
  const char *fields = strrchr(text, ')');
  if (!fields ||
      sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %llu %llu %*d %*d %*d %*d %llu", &user,
             &system, &waited_user, &waited_system, &router->start) != 5)
    return false;
  router->pid = pid;
  router->system = system;
  survey->ticks += user + system + waited_user + waited_system;
  survey->system_ticks += system + waited_system;
  return true;
}

static bool has_seen_mounts(const struct survey *survey, int pid) {
  static ino_t last;
  struct stat itself;
  char path[64];
  snprintf(path, sizeof path, "%d/ns/mnt", pid);
  if (fstatat(survey->sandbox->proc, path, &itself, 0) < 0 || (itself.st_ino == last && pid > 1)) return true;
  last = itself.st_ino;
  return false;
}

/*
 * Looks at each thread, because each may be in other namespaces, and have open files of its own. If the first thread
 * has ended, the process's files show only at another one. Returns whether a thread has a socket of rtnetlink(7).
 */
static bool see_threads(struct survey *survey, int pid) {
  bool routes = false;
  int living = 0;
  DIR *threads = directory_at(open_of(survey->sandbox, pid, "task"));
  if (!threads) return false;
  for (struct dirent *entry; now_in_ms() < survey->deadline && (entry = readdir(threads));) {
    int thread = number(entry->d_name);
    if (thread <= 0) continue;
    add_namespace_of(survey, thread);
    if (!has_seen_mounts(survey, thread)) see_mounts(survey, thread);
    bool is_first = living == 0 && namespace_of(survey->sandbox, thread, "net") != 0;
    if (is_first) living = thread;
    if (pid > 1 && (is_first || syscall(SYS_kcmp, living, thread, KCMP_FILES, 0, 0) > 0))
      routes |= see_files(survey, thread);
  }
  closedir(threads);
  return routes;
}

static void see_process(struct survey *survey, int pid) {
  struct router router;
  if (!see_times(survey, pid, &router)) return;
  if (see_threads(survey, pid) && survey->router_count < MOST_ROUTERS) survey->routers[survey->router_count++] = router;
}

static void see_all(struct survey *survey, const struct sandbox *sandbox) {
  *survey = (struct survey){.sandbox = sandbox, .files_left = MOST_FILES, .deadline = now_in_ms() + SEARCH_MS};
  DIR *processes = directory_at(openat(sandbox->proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!processes) return;
  begin_touching();
  add_namespace_of(survey, 1); /* added first, so it is not added again when it is found later */
  for (struct dirent *entry; now_in_ms() < survey->deadline && (entry = readdir(processes));) {
    int pid = number(entry->d_name);
    if (pid > 0) see_process(survey, pid);
  }
  end_touching();
  if (survey->files_left < MOST_FILES - HONEST_FILES) survey->in_flight++;
  closedir(processes);
}

/* The interfaces of the network namespace that this thread is in. Reading /proc/PID/net/dev takes no lock that a learner could hold. */
static FILE *open_links(const struct sandbox *sandbox) {
  int fd = openat(sandbox->proc, "thread-self/net/dev", O_RDONLY | O_CLOEXEC);
  FILE *links = fd < 0 ? NULL : fdopen(fd, "r");
  if (fd >= 0 && !links) close(fd);
  return links;
}

/* The next interface and how many packets it has received. */
static bool next_link(FILE *links, char name[IFNAMSIZ], unsigned long long *packets) {
  char line[512];
  while (fgets(line, sizeof line, links))
    if (sscanf(line, " %15[^:]: %*u %llu", name, packets) == 2) return true;
  return false;
}

void put_interfaces(const struct sandbox *sandbox, int namespace, struct packet *packet) {
  char name[IFNAMSIZ];
  unsigned long long packets;
  int own = open_of(sandbox, 1, "ns/net");
  /* It enters its own namespace first: if it may not enter that again, it must not leave it. */
  if (own >= 0 && own_call(SYS_setns, own, CLONE_NEWNET) == 0 && own_call(SYS_setns, namespace, CLONE_NEWNET) == 0) {
    FILE *links = open_links(sandbox);
    while (links && sizeof packet->bytes - packet->length > sizeof name && next_link(links, name, &packets))
      put_word(packet, name);
    if (links) fclose(links);
    come_home(own, CLONE_NEWNET);
  }
  if (own >= 0) close(own);
}

/* How many packets the interfaces have received in the namespace that this thread is in. */
static long long packets_here(const struct sandbox *sandbox) {
  char name[IFNAMSIZ];
  unsigned long long packets;
  long long sum = 0;
  FILE *links = open_links(sandbox);
  while (links && next_link(links, name, &packets)) sum += (long long)packets;
  if (links) fclose(links);
  return sum;
}

static void put_survey(struct packet *packet, const struct survey *survey) {
  put_number(packet, survey->triggers);
  put_number(packet, survey->in_flight);
  put_number(packet, (long long)survey->ticks);
  put_number(packet, (long long)survey->system_ticks);
  put_number(packet, survey->router_count);
  for (const struct router *router = survey->routers; router < survey->routers + survey->router_count; router++) {
    put_number(packet, router->pid);
    put_number(packet, (long long)router->start);
    put_number(packet, (long long)router->system);
  }
  for (int index = 0; index < survey->namespace_count; index++) {
    put_number(packet, (long long)survey->namespaces[index]);
    put_number(packet, survey->packets[index]);
  }
}

/*
 * Finds all network namespaces, and acts in each of them. The first one is this thread's own, which need not be
 * entered. If the sandbox has no rights over the network, this thread could not enter it again, but then there is no
 * other namespace either.
 */
static void in_each(struct survey *survey, const struct sandbox *sandbox, void (*act)(struct survey *, int)) {
  int last = 0;
  see_all(survey, sandbox);
  for (int index = 0; index < survey->namespace_count; index++)
    if (index == 0 || own_call(SYS_setns, survey->open[index], CLONE_NEWNET) == 0) {
      last = index;
      act(survey, index);
    }
  if (last > 0) come_home(survey->open[0], CLONE_NEWNET);
  for (int index = 0; index < survey->namespace_count; index++) close(survey->open[index]);
}

static void count_packets(struct survey *survey, int index) { survey->packets[index] = packets_here(survey->sandbox); }

/* traffic TAG */
void tell_traffic(const struct sandbox *sandbox, const struct message *request) {
  static struct survey survey;
  struct packet packet = {0};
  in_each(&survey, sandbox, count_packets);
  put_word(&packet, "traffic");
  put_word(&packet, request->words[1]);
  put_survey(&packet, &survey);
  send_packet(CONTROL, &packet, -1, 0);
}

static bool take_down(int socket, const char *name) {
  struct ifreq link = {0};
  snprintf(link.ifr_name, sizeof link.ifr_name, "%.15s", name);
  if (ioctl(socket, SIOCGIFFLAGS, &link) < 0 || !(link.ifr_flags & IFF_UP)) return false;
  link.ifr_flags &= ~IFF_UP;
  return ioctl(socket, SIOCSIFFLAGS, &link) == 0;
}

/* The names are read first, because a list takes long to read while it changes. */
static void take_links_down(struct survey *survey, int index) {
  (void)index; /* this thread is in the namespace */
  static char names[MOST_LINKS][IFNAMSIZ];
  unsigned long long packets;
  int count = 0, own = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  FILE *links = open_links(survey->sandbox);
  while (links && count < MOST_LINKS && next_link(links, names[count], &packets)) count++;
  if (links) fclose(links);
  for (int link = 0; own >= 0 && link < count && now_in_ms() < survey->deadline + QUIETEN_MS; link++)
    survey->down += take_down(own, names[link]);
  if (own >= 0) close(own);
}

/* quieten TAG */
void quieten(const struct sandbox *sandbox, const struct message *request) {
  static struct survey survey;
  struct packet packet = {0};
  in_each(&survey, sandbox, take_links_down);
  put_word(&packet, "quiet");
  put_word(&packet, request->words[1]);
  put_number(&packet, survey.down);
  send_packet(CONTROL, &packet, -1, 0);
}
