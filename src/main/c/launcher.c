/*
 * The outside stage. It creates two user namespaces. The limits in /proc/sys/user/max_* are set in the outer one,
 * because the root of the inner one could raise its own. And RLIMIT_NPROC, which is counted per user and user
 * namespace, counts this sandbox alone (user_namespaces(7), namespaces(7), kernel/ucount.c).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helper.h"

/*
 * The mount namespace is not among these: it is created once everything is mounted that is to be locked in the sandbox.
 */
enum {
  SANDBOX_NAMESPACES = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP
};

/* Lines of a map: ids of the system, of people, and of nobody. */
enum { MOST_EXTENTS = 3 };

static unsigned int namespaces = SANDBOX_NAMESPACES;
static char *uid_map, *gid_map, *shared;
static bool by_root, by_newuidmap, deny_setgroups, with_own_id, with_sysfs;
static struct division division = {-1, -1, -1, NULL};
static DIR *to_give_away[2];

static void write_file_in(enum step step, const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  /* The kernel takes a map only as a whole, in one write, however many lines it has. */
  if (fd < 0 || write(fd, text, strlen(text)) < 0) fail_at(step, "write %s", path);
  close(fd);
}

void write_file(const char *path, const char *text) { write_file_in(STEP_OTHER, path, text); }

static void join_cgroup(char *path) { write_file(path, "0"); }

static int open_in(int directory, const char *path, int flags) {
  int fd = openat(directory, path, flags | O_CLOEXEC);
  if (fd < 0) fail("open %s of the sandbox's cgroup", path);
  return fd;
}

/*
 * "DIRECTORY" of the sandbox's cgroup. Its files are opened now, because the sandbox's user has no access to it. What
 * counts is who opens such a file, not who moves a process by it (cgroups(7)).
 */
static void set_division(char *path) {
  int sandbox = open_in(AT_FDCWD, path, O_PATH | O_DIRECTORY);
  division.init = open_in(sandbox, "init/cgroup.procs", O_WRONLY);
  division.terminals = open_in(sandbox, "lab/terminals/cgroup.procs", O_WRONLY);
  division.subtree_control = open_in(sandbox, "lab/cgroup.subtree_control", O_WRONLY);
  to_give_away[0] = fdopendir(open_in(sandbox, "lab", O_RDONLY | O_DIRECTORY));
  to_give_away[1] = fdopendir(open_in(sandbox, "lab/terminals", O_RDONLY | O_DIRECTORY));
  if (!to_give_away[0] || !to_give_away[1]) fail("list the sandbox's cgroups");
  close(sandbox);
  with_own_id = true;
}

static void set_controllers(char *controllers) { division.controllers = strdup(controllers); }
static void set_oom_score(char *score) { write_file("/proc/self/oom_score_adj", score); }
static void set_uid_map(char *map) { uid_map = map; }
static void set_gid_map(char *map) { gid_map = map; }
static void set_mapper(char *mapper) {
  by_root = strcmp(mapper, "root") == 0;
  by_newuidmap = strcmp(mapper, "newuidmap") == 0;
  deny_setgroups = strcmp(mapper, "single") == 0;
}

/*
 * A folder of the server's. Later stages may not have access to its path, but the working directory moves with them
 * into the mount namespaces that they create.
 */
static void set_shared(char *folder) {
  shared = folder;
  if (chdir(folder) < 0) fail("enter %s", folder);
}

void set_sysctl(char *setting) {
  char path[128];
  char *value = strchr(setting, ' ');
  if (!value) return;
  snprintf(path, sizeof path, "/proc/sys/%.*s", (int)(value - setting), setting);
  write_file_in(STEP_WRITE_SYSCTL, path, value + 1);
}

/* "RESOURCE LIMIT". A limit is only ever lowered. */
static void set_rlimit(char *setting) {
  struct rlimit limit;
  char *value;
  int resource = (int)strtol(setting, &value, 10);
  rlim_t wanted = strtoul(value, NULL, 10);
  if (getrlimit((__rlimit_resource_t)resource, &limit) < 0) fail("read resource limit %d", resource);
  if (limit.rlim_max > wanted) limit.rlim_max = wanted;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit((__rlimit_resource_t)resource, &limit) < 0) fail("set resource limit %d", resource);
}

/*
 * "lo": creates a network namespace over which the root inside has no rights, because it belongs to the outer user
 * namespace. Its interface is brought up here, since that root could not do it.
 */
static void make_network(char *interface) {
  if (unshare(CLONE_NEWNET) < 0) fail("unshare the network namespace");
  namespaces &= ~(unsigned int)CLONE_NEWNET;
  bring_up(interface);
}

/*
 * "sysfs" or "empty": makes an empty /sys that nobody can write to. It is the working directory from here on, so that
 * it can be found below what is mounted over it.
 */
static void make_sys(char *content) {
  struct mount_attr read_only = {.attr_set = MOUNT_ATTR_RDONLY};
  if (mount("nslab", "/sys", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=555,nr_inodes=3,size=4k") < 0)
    fail_at(STEP_MOUNT, "mount an empty /sys");
  if (mkdir("/sys/fs", 0555) < 0 || mkdir("/sys/fs/cgroup", 0555) < 0) fail("make directory /sys/fs/cgroup");
  if (syscall(SYS_mount_setattr, AT_FDCWD, "/sys", 0, &read_only, sizeof read_only) < 0)
    fail("make the empty /sys read-only");
  if (chdir("/sys") < 0) fail("enter the empty /sys");
  with_sysfs = strcmp(content, "sysfs") == 0;
}

static const struct directive_entry in_preparation[] = {
    {"cgroup", join_cgroup}, {"divide", set_division}, {"controllers", set_controllers}, {NULL, NULL}};
static const struct directive_entry before_namespaces[] = {
    {"oom-score", set_oom_score}, {"uid-map", set_uid_map}, {"gid-map", set_gid_map},
    {"mapper", set_mapper},       {"shared", set_shared},   {NULL, NULL},
};
static const struct directive_entry in_outer_namespace[] = {
    {"network", make_network}, {"sys", make_sys}, {"sysctl", set_sysctl}, {"rlimit", set_rlimit}, {NULL, NULL},
};

static void refuse_unknown_keys(const struct message *spec) {
  for (size_t word = 1; word < spec->count; word += 2) {
    const char *key = spec->words[word];
    if (known(key, before_namespaces) || known(key, in_outer_namespace) || known(key, in_sandbox)) continue;
    errno = EBADMSG;
    fail("understand %s in the sandbox's specification", key);
  }
}

/*
 * Passes lines like "0 100000 65536" as arguments to newuidmap(1) or newgidmap(1). The server's own id is added behind
 * all others, only in the outer user namespace, so that its root may give away what belongs to the server: the
 * sandbox's cgroup.
 */
static void run_mapper(const char *program, pid_t pid, char *map, unsigned int own) {
  char target[16], own_id[16];
  char *arguments[3 + 3 * (MOST_EXTENTS + 1)] = {(char *)program, target}; /* and NULL at the end */
  int status, field = 2;
  snprintf(target, sizeof target, "%d", pid);
  snprintf(own_id, sizeof own_id, "%u", own);
  while (field < 2 + 3 * MOST_EXTENTS && (arguments[field] = strtok(field == 2 ? map : NULL, " \n"))) field++;
  if (with_own_id) memcpy(arguments + field, (char *[]){"4000000000", own_id, "1"}, 3 * sizeof *arguments);
  char *path_only[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL};
  pid_t child = fork();
  if (child == 0) {
    execvpe(program, arguments, path_only);
    _exit(127);
  }
  if (child < 0 || waitpid(child, &status, 0) < 0) fail_at(STEP_RUN_MAPPER, "run %s", program);
  if (status == 0) return;
  errno = WIFEXITED(status) && WEXITSTATUS(status) == 127 ? ENOENT : EPERM;
  fail_at(STEP_RUN_MAPPER, "run %s", program);
}

static void write_maps(pid_t pid) {
  char path[64];
  if (by_newuidmap) {
    run_mapper("newuidmap", pid, uid_map, getuid());
    run_mapper("newgidmap", pid, gid_map, getgid());
    return;
  }
  if (deny_setgroups) {
    /* Without privilege over the parent namespace, a process may map one group only if it gives up setgroups(2). */
    snprintf(path, sizeof path, "/proc/%d/setgroups", pid);
    write_file(path, "deny");
  }
  snprintf(path, sizeof path, "/proc/%d/uid_map", pid);
  write_file(path, uid_map);
  snprintf(path, sizeof path, "/proc/%d/gid_map", pid);
  write_file(path, gid_map);
}

/* The 100000 in "0 100000 65536". */
static unsigned int first_outside(const char *map) {
  unsigned int first;
  if (sscanf(map, "%*u %u", &first) == 1) return first;
  errno = EBADMSG;
  fail("read the map %s", map);
}

/*
 * What the kernel counts for a user (instances of inotify, queues, signals), it also counts for the creator of the user
 * namespace (kernel/ucount.c). That must not be root for all sandboxes. The capabilities are kept, because on some
 * machines nobody can create user namespaces without them.
 */
static void become_the_sandboxes_user(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct capabilities[2];
  gid_t gid = first_outside(gid_map);
  uid_t uid = first_outside(uid_map);
  if (prctl(PR_SET_KEEPCAPS, 1) < 0) fail("keep capabilities");
  if (setgroups(0, NULL) < 0 || setresgid(gid, gid, gid) < 0) fail("become group %u", gid);
  if (setresuid(uid, uid, uid) < 0) fail("become user %u", uid);
  if (syscall(SYS_capget, &header, capabilities) < 0) fail("read the capabilities");
  for (int half = 0; half < 2; half++) capabilities[half].effective = capabilities[half].permitted;
  if (syscall(SYS_capset, &header, capabilities) < 0) fail("use the capabilities");
}

/* Gives the learner the cgroups that are theirs. The limits are in cgroups above these. */
static void give_away_cgroups(uid_t uid, gid_t gid) {
  if (division.init < 0) return;
  for (int index = 0; index < 2; index++) {
    for (struct dirent *entry; (entry = readdir(to_give_away[index]));)
      if (strcmp(entry->d_name, "..") != 0 && fchownat(dirfd(to_give_away[index]), entry->d_name, uid, gid, 0) < 0)
        fail("give away %s of the sandbox's cgroup", entry->d_name);
    closedir(to_give_away[index]);
  }
}

/*
 * A map can be written only from the parent namespace, so a child that stays there writes it when this process has
 * left.
 */
static void unshare_outer_user_namespace(void) {
  int gate[2];
  int status;
  char byte = 0;
  pid_t self = getpid();
  if (pipe2(gate, O_CLOEXEC) < 0) fail("open a pipe");
  pid_t mapper = fork();
  if (mapper < 0) fail_at(STEP_START_MAPPER, "start the mapper of ids");
  if (mapper == 0) {
    close(gate[1]);
    if (read(gate[0], &byte, 1) == 1) write_maps(self);
    _exit(0);
  }
  if (by_root) {
    give_away_cgroups(first_outside(uid_map), first_outside(gid_map));
    become_the_sandboxes_user();
  }
  if (unshare(CLONE_NEWUSER) < 0) fail_at(STEP_UNSHARE_OUTER, "unshare the outer user namespace");
  if (write(gate[1], &byte, 1) != 1) fail_at(STEP_START_MAPPER, "start the mapper");
  close(gate[0]);
  close(gate[1]);
  if (waitpid(mapper, &status, 0) < 0) fail("wait for the mapper");
  if (status != 0) _exit(1); /* it has reported why */
}

static void become_root(void) {
  if (setresgid(0, 0, 0) < 0) fail("become group 0 of the sandbox");
  if (!deny_setgroups && setgroups(0, NULL) < 0) fail("give up supplementary groups");
  if (setresuid(0, 0, 0) < 0) fail("become user 0 of the sandbox");
}

/*
 * What is read-only here is locked inside: a less privileged copy of a mount namespace can't undo it
 * (mount_namespaces(7)). So no remount makes the host's files writable, whoever owns them. proc is an exception,
 * because while one is locked read-only, the kernel allows no writable one to be mounted.
 */
static void lock_host_mounts(void) {
  struct mount_attr read_only = {.attr_set = MOUNT_ATTR_RDONLY}, writable = {.attr_clr = MOUNT_ATTR_RDONLY};
  if (unshare(CLONE_NEWNS) < 0) fail_at(STEP_UNSHARE_OUTER, "unshare the outer mount namespace");
  if (shared && mount(".", SHARED, NULL, MS_BIND, NULL) < 0) fail("bind %s", shared);
  if (syscall(SYS_mount_setattr, AT_FDCWD, "/", AT_RECURSIVE, &read_only, sizeof read_only) < 0)
    fail("make the host's mounts read-only");
  if (syscall(SYS_mount_setattr, AT_FDCWD, "/proc", 0, &writable, sizeof writable) < 0)
    fail("make proc writable again");
}

/* The inner user namespace has the same ids as the outer one: "0 100000 65536" there becomes "0 0 65536" here. */
static void write_inner_map(pid_t pid, const char *file, const char *outer) {
  char path[64], map[40 * MOST_EXTENTS] = "";
  unsigned int inside, count;
  size_t length = 0;
  int read = 0;
  for (const char *line = outer; length + 40 < sizeof map; line += read) {
    if (sscanf(line, "%u %*u %u%n", &inside, &count, &read) != 2) break;
    length += (size_t)snprintf(map + length, sizeof map - length, "%u %u %u\n", inside, inside, count);
  }
  snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
  write_file(path, map);
}

/*
 * The sandbox gets neither the server's standard input nor its standard output. The standard error stays open for the
 * reports of a sanitizer.
 */
static void leave_standard_streams(void) {
  int null = open("/dev/null", O_RDWR);
  if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0) fail("open /dev/null");
  if (null > STDERR_FILENO) close(null);
}

static _Noreturn void be_inside(const struct message *spec, const int *gate) {
  char byte;
  close(gate[1]);
  if (read(gate[0], &byte, 1) != 1) _exit(1); /* the launcher has reported why */
  close(gate[0]);
  leave_standard_streams();
  become_root();
  if (unshare(CLONE_NEWNS) < 0) fail("unshare the sandbox's mount namespace");
  struct sandbox sandbox = build(spec);
  run_init(&sandbox, &division);
  _exit(0);
}

/*
 * CLONE_PARENT makes the init a child of the server, which reaps it and so learns of its end. Only clone3 can create a
 * process in a time namespace of its own. If clone3 is refused (container engines answer ENOSYS), the sandbox shares
 * the machine's.
 */
static pid_t clone_init(void) {
  struct clone_args arguments = {.flags = namespaces | CLONE_NEWTIME | CLONE_PARENT};
  pid_t init = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
  if (init >= 0 || (errno != ENOSYS && errno != EINVAL && errno != EPERM)) return init;
  return (pid_t)syscall(SYS_clone, namespaces | CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL);
}

/*
 * Mounts the sysfs of the sandbox's network over the empty /sys. Because it is mounted here, it is locked inside: it
 * can't be unmounted there, and another one can be mounted only read-only. The kernel refuses it if the machine's own
 * sysfs is not wholly visible, as in a container. Then /sys stays empty.
 */
static void mount_sysfs(pid_t init) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/ns/net", init);
  int network = open(path, O_RDONLY | O_CLOEXEC);
  if (network < 0 || setns(network, CLONE_NEWNET) < 0) fail("enter the sandbox's network namespace");
  close(network);
  if (mount("sysfs", "/sys", "sysfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0 && errno != EPERM)
    fail_at(STEP_MOUNT, "mount sysfs");
}

/*
 * Joining a cgroup takes a grace period of RCU, about 10 ms. It is over by the time when a learner needs the sandbox.
 */
void prepare(const struct message *preparation) { follow(preparation, in_preparation); }

/*
 * Removes the cgroups below first, which are nested no deeper than the server allows. A cgroup that contains processes
 * stays.
 */
static void remove_below(int parent, const char *name) {
  int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *directory = fd < 0 ? NULL : fdopendir(fd);
  if (!directory) return;
  for (struct dirent *entry; (entry = readdir(directory));)
    if (entry->d_type == DT_DIR && strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      remove_below(fd, entry->d_name);
  closedir(directory);
  unlinkat(parent, name, AT_REMOVEDIR);
}

static void remove_cgroup(char *path) { remove_below(AT_FDCWD, path); }

_Noreturn void sweep(const struct message *request) {
  static const struct directive_entry removing[] = {{"remove", remove_cgroup}, {NULL, NULL}};
  with_own_id = true;
  follow(request, before_namespaces);
  unshare_outer_user_namespace();
  become_root();
  follow(request, removing);
  _exit(0);
}

_Noreturn void launch(const struct message *spec) {
  int gate[2];
  char byte = 0;
  struct packet started = {0};
  refuse_unknown_keys(spec);
  follow(spec, before_namespaces);
  if (!uid_map || !gid_map) {
    errno = EBADMSG;
    fail("read the sandbox's id maps");
  }
  unshare_outer_user_namespace();
  become_root();
  /*
   * Changing its ids made this process undumpable, and so closed the files in /proc by which the inner map is written.
   */
  if (prctl(PR_SET_DUMPABLE, 1) < 0) fail("become dumpable");
  lock_host_mounts();
  follow(spec, in_outer_namespace);
  if (!by_root) give_away_cgroups(0, 0);
  if (pipe2(gate, O_CLOEXEC) < 0) fail("open a pipe");
  pid_t init = clone_init();
  if (init < 0) fail_at(STEP_CLONE_INNER, "clone into the sandbox's namespaces");
  if (init == 0) be_inside(spec, gate);
  write_inner_map(init, "uid_map", uid_map);
  write_inner_map(init, "gid_map", gid_map);
  if (with_sysfs) mount_sysfs(init);
  put_word(&started, "started");
  put_number(&started, init);
  if (!send_packet(CONTROL, &started, -1, 0) || write(gate[1], &byte, 1) != 1) _exit(1);
  _exit(0);
}
