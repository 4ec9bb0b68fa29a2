/*
 * Finds out what can be seen only from inside: PID 1 looks at processes, and at what they keep alive, with the
 * sandbox's own rights.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "filter.h"
#include "init.h"

#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x80
#endif
#ifndef NS_GET_ID
#define NS_GET_ID _IOR(NSIO, 13, unsigned long long)
#endif

/*
 * Inode of the PID namespace whose processes a process finds in /proc; 0 if no proc is mounted there. The path begins
 * at the process's own root directory, which chroot(2) may have moved within its mount namespace. O_PATH does not
 * really open what is there.
 */
static unsigned long proc_shown_to(const struct sandbox *sandbox, int pid) {
  struct statfs file_system;
  struct stat init;
  char path[64];
  snprintf(path, sizeof path, "%d/root/proc", pid);
  int proc = openat(sandbox->proc, path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (proc < 0) return 0;
  bool is_proc = fstatfs(proc, &file_system) == 0 && file_system.f_type == PROC_SUPER_MAGIC;
  /*
   * A proc shows the PID namespace of the process that mounted it, whoever reads it. Its PID 1 tells which one that is.
   */
  bool found = is_proc && fstatat(proc, "1/ns/pid", &init, 0) == 0;
  close(proc);
  return found ? init.st_ino : 0;
}

/* Fills in the host name of a UTS namespace. For anything else, leaves it as it is. */
static void read_hostname(const struct sandbox *sandbox, int namespace, char *hostname, size_t size) {
  if (namespace < 0 || own_call(SYS_setns, namespace, CLONE_NEWUTS) < 0) return;
  gethostname(hostname, size);
  come_home(sandbox->uts_namespace, CLONE_NEWUTS);
}

/* look TAG PID */
void look(const struct sandbox *sandbox, const struct message *request) {
  struct packet packet = {0};
  int pid = number(request->words[2]);
  char hostname[HOST_NAME_MAX + 1] = "", map[UID_MAP_BYTES];
  int namespace = open_of(sandbox, pid, "ns/uts");
  read_hostname(sandbox, namespace, hostname, sizeof hostname);
  if (namespace >= 0) close(namespace);
  read_uid_map(sandbox, pid, map, sizeof map);
  put_word(&packet, "looked");
  put_word(&packet, request->words[1]);
  put_number(&packet, (long long)proc_shown_to(sandbox, pid));
  put_word(&packet, hostname);
  put_word(&packet, map);
  send_packet(CONTROL, &packet, -1, 0);
}

static unsigned long parent_of(int namespace) {
  struct stat parent = {0};
  int fd = ioctl(namespace, NS_GET_PARENT);
  if (fd < 0) return 0; /* it is above the sandbox's own, or its type has no parents */
  fstat(fd, &parent);
  close(fd);
  return parent.st_ino;
}

static void put_facts(const struct sandbox *sandbox, int namespace, int type, struct packet *packet) {
  char hostname[HOST_NAME_MAX + 1] = "";
  switch (type) {
    case CLONE_NEWUTS:
      read_hostname(sandbox, namespace, hostname, sizeof hostname);
      put_word(packet, hostname);
      break;
    case CLONE_NEWNET:
      put_interfaces(sandbox, namespace, packet);
      break;
    case CLONE_NEWUSER:
      put_uid_map(sandbox, namespace, packet);
      break;
    case CLONE_NEWNS:
      put_mounts(sandbox, namespace, packet);
      break;
  }
}

static void describe(const struct sandbox *sandbox, const char *tag, int namespace, int owner) {
  struct packet packet = {0};
  struct stat itself = {0};
  unsigned long long id = 0; /* before Linux 6.18 */
  int type = ioctl(namespace, NS_GET_NSTYPE);
  fstat(namespace, &itself);
  ioctl(namespace, NS_GET_ID, &id);
  put_word(&packet, "described");
  put_word(&packet, tag);
  put_number(&packet, type);
  put_number(&packet, (long long)itself.st_ino);
  put_number(&packet, (long long)id);
  put_number(&packet, (long long)parent_of(namespace));
  put_facts(sandbox, namespace, type, &packet);
  close(namespace); /* before anything is reported about it */
  send_packet(CONTROL, &packet, owner, 0);
}

static int to_owner(int namespace) {
  int owner = ioctl(namespace, NS_GET_USERNS);
  close(namespace);
  return owner;
}

/*
 * describe TAG PID FILE OWNERS; the file is a path below /proc/PID. The namespace itself is not passed on to the
 * server, because a file that was opened at a mount keeps the mount busy, and the learner's umount would fail. During
 * this function no umount begins, because all of them wait for this process to take notice.
 */
void describe_held(const struct sandbox *sandbox, const struct message *request) {
  int namespace = open_held(sandbox, number(request->words[2]), request->words[3]);
  for (int steps = number(request->words[4]); steps > 0 && namespace >= 0; steps--) namespace = to_owner(namespace);
  int owner = namespace < 0 ? -1 : ioctl(namespace, NS_GET_USERNS);
  if (owner < 0) {
    reply_failure(request->words[1], errno, "open a namespace");
    if (namespace >= 0) close(namespace);
    return;
  }
  describe(sandbox, request->words[1], namespace, owner);
  close(owner);
}

static const char *name_of(int type) {
  static const struct {
    int type;
    const char *name;
  } types[] = {{CLONE_NEWCGROUP, "cgroup"}, {CLONE_NEWIPC, "ipc"},   {CLONE_NEWNS, "mnt"},    {CLONE_NEWNET, "net"},
               {CLONE_NEWPID, "pid"},       {CLONE_NEWTIME, "time"}, {CLONE_NEWUSER, "user"}, {CLONE_NEWUTS, "uts"}};
  for (size_t index = 0; index < sizeof types / sizeof *types; index++)
    if (types[index].type == type) return types[index].name;
  return NULL;
}

/*
 * The type of a namespace that a process has open, as a word; NULL if the file is another one by now. The namespace
 * itself is asked, because the link of one that was opened at a mount is the path of that mount.
 */
static const char *type_held(const struct sandbox *sandbox, int pid, const char *fd, const struct stat *seen) {
  struct stat itself;
  char file[32];
  snprintf(file, sizeof file, "fd/%.16s", fd);
  int namespace = open_held(sandbox, pid, file);
  if (namespace < 0) return NULL;
  bool is_it = fstat(namespace, &itself) == 0 && itself.st_ino == seen->st_ino;
  const char *name = is_it ? name_of(ioctl(namespace, NS_GET_NSTYPE)) : NULL;
  close(namespace);
  return name;
}

/*
 * The network namespace of a socket; 0 if it can't be told. It never changes, so each socket, known by its inode, is
 * asked once. Only *left sockets are asked in one look; the others are asked in the next one.
 */
static ino_t network_of(int pid, int fd, const struct stat *socket, int *left) {
  enum { PLACES = 4096 };
  static struct { ino_t socket, namespace; } known[PLACES];
  size_t place = socket->st_ino % PLACES;
  struct stat itself = {0};
  if (known[place].socket != socket->st_ino && (*left)-- > 0) {
    int namespace = open_network_at(pid, fd, socket);
    if (namespace < 0 && errno == ESTALE) return 0; /* nothing is known about that one */
    if (namespace >= 0) {
      fstat(namespace, &itself);
      close(namespace);
    }
    known[place].socket = socket->st_ino;
    known[place].namespace = itself.st_ino;
  }
  return known[place].socket == socket->st_ino ? known[place].namespace : 0;
}

static void put_holder(struct packet *packet, const char *pid, const char *fd, const char *kind, const char *type,
                       ino_t namespace) {
  char link[64];
  snprintf(link, sizeof link, "%s:[%lu]", type, (unsigned long)namespace);
  put_word(packet, pid);
  put_word(packet, fd);
  put_word(packet, kind);
  put_word(packet, link);
}

/* Adds the namespaces among the open files of a process to the packet. Returns how many files were looked at. */
static int put_held(const struct sandbox *sandbox, const char *pid, int most, int *sockets, struct packet *packet) {
  enum { ROOM = 128 };
  int looked = 0;
  ino_t own = namespace_of(sandbox, number(pid), "net");
  DIR *files = directory_at(open_of(sandbox, number(pid), "fd"));
  if (!files) return 0; /* gone, or a zombie */
  for (struct dirent *entry;
       looked < most && sizeof packet->bytes - packet->length > ROOM && (entry = readdir(files));) {
    struct stat file;
    const char *fd = entry->d_name;
    if (number(fd) < 0) continue; /* . and .. */
    looked++;
    if (fstatat(dirfd(files), fd, &file, 0) < 0) continue;
    if (is_of_file_system(&file, CONTROL)) {
      ino_t network = network_of(number(pid), number(fd), &file, sockets);
      if (network != 0 && network != own) put_holder(packet, pid, fd, "socket", "net", network);
    } else if (is_of_file_system(&file, sandbox->uts_namespace)) {
      const char *type = type_held(sandbox, number(pid), fd, &file);
      if (type) put_holder(packet, pid, fd, "fd", type, file.st_ino);
    }
  }
  closedir(files);
  return looked;
}

/*
 * files TAG PID... Only the init can read the files of all processes: for a server without privileges, they are
 * somebody else's. The number of files is limited, because calls wait meanwhile; and that of one process is, so that
 * its crowd of files does not hide those of others.
 */
void list_held(const struct sandbox *sandbox, const struct message *request) {
  enum { MOST_OF_ONE = 256, MOST = 4096, MOST_SOCKETS = 512 };
  struct packet packet = {0};
  int left = MOST, sockets = MOST_SOCKETS;
  put_word(&packet, "held");
  put_word(&packet, request->words[1]);
  begin_touching();
  for (size_t index = 2; index < request->count && left > 0; index++)
    left -= put_held(sandbox, request->words[index], left < MOST_OF_ONE ? left : MOST_OF_ONE, &sockets, &packet);
  end_touching();
  send_packet(CONTROL, &packet, -1, 0);
}
