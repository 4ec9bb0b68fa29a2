/*
 * The inside stage. Everything is mounted from within the sandbox's own user namespace, so that the learner can unmount
 * and remount it: what a more privileged namespace has mounted is locked in a less privileged one
 * (mount_namespaces(7)). For the same reason /sys, which must be locked, is made outside.
 *
 * The new root is the working directory while the directives are followed: relative paths lie in the sandbox, absolute
 * ones on the host.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helper.h"

/* Any directory that every host has. It is covered only in this mount namespace, until pivot_root leaves it. */
static const char STAGING[] = "/tmp";

/* Splits "WORD REST" and returns REST, or "" when there is none. */
static char *after(char *text, char separator) {
  char *rest = strchr(text, separator);
  if (!rest) return text + strlen(text);
  *rest = '\0';
  return rest + 1;
}

/* The /sys that the launcher has prepared, as a tree of mounts that is not attached anywhere. */
static int sys;

/* "OPTIONS" of tmpfs(5): size, number of inodes. */
static void mount_root(char *options) {
  /* From here on, mounts of the sandbox do not reach the host, and mounts of the host do not reach the sandbox. */
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) fail("make the mounts private");
  sys = (int)syscall(SYS_open_tree, AT_FDCWD, ".", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
  if (sys < 0) fail("open the sandbox's /sys");
  if (mount("nslab", STAGING, "tmpfs", MS_NOSUID | MS_NODEV, options) < 0)
    fail_at(STEP_MOUNT, "mount tmpfs as the sandbox's root");
  if (chdir(STAGING) < 0) fail("enter the sandbox's root");
}

/* "MODE PATH" */
static void make_directory(char *value) {
  char *path = after(value, ' ');
  if (mkdir(path, 0755) < 0 && errno != EEXIST) fail("make directory /%s", path);
  if (chmod(path, (mode_t)strtol(value, NULL, 8)) < 0) fail("set the mode of /%s", path);
}

/* "PATH TARGET" */
static void make_link(char *value) {
  const char *target = after(value, ' ');
  if (symlink(target, value) < 0) fail("link /%s", value);
}

/* "PATH\nCONTENT" */
static void make_file(char *value) {
  const char *content = after(value, '\n');
  int fd = open(value, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0 || write(fd, content, strlen(content)) < 0) fail("write /%s", value);
  close(fd);
}

/* "MODE UID GID PATH" */
static void set_access(char *value) {
  unsigned int mode, uid, gid;
  int path = 0;
  if (sscanf(value, "%o %u %u %n", &mode, &uid, &gid, &path) != 3) {
    errno = EBADMSG;
    fail("read the access %s", value);
  }
  if (chown(value + path, uid, gid) < 0) fail("set the owner of /%s", value + path);
  if (chmod(value + path, mode) < 0) fail("set the mode of /%s", value + path);
}

static void make_mount_point(const char *source, const char *target) {
  struct stat stat;
  if (lstat(source, &stat) < 0) fail("find %s", source);
  if (S_ISDIR(stat.st_mode)) {
    if (mkdir(target, 0755) < 0 && errno != EEXIST) fail("make directory /%s", target);
    return;
  }
  int fd = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) fail("make /%s", target);
  close(fd);
}

static void bind_to(const char *source, const char *target, unsigned long flags) {
  struct mount_attr read_only = {.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV};
  make_mount_point(source, target);
  if (mount(source, target, NULL, MS_BIND | flags, NULL) < 0) fail("bind %s", source);
  if (syscall(SYS_mount_setattr, AT_FDCWD, target, AT_RECURSIVE, &read_only, sizeof read_only) < 0)
    fail("make %s read-only", source);
}

/* "/PATH" of the host: bound at the same place here, read-only, with everything that is mounted below it. */
static void bind_read_only(char *path) { bind_to(path, path + 1, MS_REC); }

/* "PATH" */
static void bind_shared(char *path) { bind_to(SHARED, path, 0); }

/*
 * "PATH\nUPPER:LOWER": an overlay, read-only. If the kernel has no overlays here, or can stack no more of them, PATH
 * stays as it is.
 */
static void mount_layers(char *path) {
  char options[256];
  snprintf(options, sizeof options, "lowerdir=%s", after(path, '\n'));
  if (mount("rootfs", path, "overlay", MS_RDONLY | MS_NOSUID | MS_NODEV, options) < 0 && errno != ENODEV &&
      errno != EINVAL && errno != EPERM)
    fail_at(STEP_MOUNT, "mount an overlay on /%s", path);
}

/* "/dev/NAME": a user namespace can't make device nodes, so the host's node is bound. */
static void bind_device(char *path) {
  make_mount_point(path, path + 1);
  if (mount(path, path + 1, NULL, MS_BIND, NULL) < 0) fail("bind %s", path);
}

/*
 * A proc of the sandbox's own PID namespace. The kernel allows this only while a fully visible proc is mounted; the
 * host's still is.
 */
static void mount_proc(char *path) {
  if (mount("proc", path, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0) fail_at(STEP_MOUNT_PROC, "mount proc");
}

static void attach_sys(char *content) {
  (void)content;
  if (syscall(SYS_move_mount, sys, "", AT_FDCWD, "sys", MOVE_MOUNT_F_EMPTY_PATH) < 0) fail("attach /sys");
  close(sys);
}

/*
 * "cgroup2": the sandbox's own cgroup, which its root may divide. Or "tmpfs", if it has none: a folder that nobody can
 * write to.
 */
static void mount_cgroups(char *type) {
  bool is_there = strcmp(type, "cgroup2") == 0;
  unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC | (is_there ? 0 : MS_RDONLY);
  if (mount("nslab", "sys/fs/cgroup", type, flags, is_there ? NULL : "mode=555,nr_inodes=1,size=4k") == 0) return;
  if (is_there || errno != ENOENT)
    fail_at(STEP_MOUNT, "mount %s at /sys/fs/cgroup", type); /* a kernel without cgroups has no such folder */
}

/* "OPTIONS" of devpts */
static void mount_pts(char *options) {
  if (mount("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, options) < 0) fail_at(STEP_MOUNT, "mount devpts");
}

static void set_host_name(char *name) {
  if (sethostname(name, strlen(name)) < 0) fail("set the host name");
}

void bring_up(char *interface) {
  struct ifreq request = {.ifr_flags = IFF_UP};
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  snprintf(request.ifr_name, sizeof request.ifr_name, "%s", interface);
  if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request) < 0) fail("bring up network interface %s", interface);
  close(fd);
}

static struct limits limits;

/* "RESOURCE LIMIT" */
static void limit_shells(char *setting) {
  char *value = after(setting, ' ');
  if (limits.count == MOST_LIMITS) {
    errno = E2BIG;
    fail("limit the shells");
  }
  limits.all[limits.count++] = (struct limit){atoi(setting), strtoul(value, NULL, 10)};
}

const struct directive_entry in_sandbox[] = {
    {"root", mount_root},
    {"directory", make_directory},
    {"link", make_link},
    {"file", make_file},
    {"access", set_access},
    {"bind", bind_read_only},
    {"shared-at", bind_shared},
    {"layers", mount_layers},
    {"device", bind_device},
    {"proc", mount_proc},
    {"sys", attach_sys},
    {"cgroups", mount_cgroups},
    {"pts", mount_pts},
    {"hostname", set_host_name},
    {"interface", bring_up},
    {"network-sysctl", set_sysctl},
    {"shell-rlimit", limit_shells},
    {NULL, NULL},
};

/* pivot_root(".", ".") puts the old root over the new one, from where it is detached (pivot_root(2), NOTES). */
static void change_root(void) {
  if (syscall(SYS_pivot_root, ".", ".") < 0) fail("pivot_root");
  if (umount2(".", MNT_DETACH) < 0) fail("detach the host's root");
  if (chdir("/") < 0) fail("enter the new root");
}

static int open_directory(const char *path) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) fail("open %s", path);
  return fd;
}

static int open_namespace(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("open %s", path);
  return fd;
}

struct sandbox build(const struct message *spec) {
  struct sandbox sandbox = {0};
  setsid();
  umask(0);
  follow(spec, in_sandbox);
  umask(022);
  sandbox.limits = limits;
  change_root();
  sandbox.proc = open_directory("/proc");
  sandbox.pts = open_directory("/dev/pts");
  sandbox.uts_namespace = open_namespace("/proc/self/ns/uts");
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) fail("set no_new_privs");
  if (prctl(PR_SET_NAME, "init") < 0 || prctl(PR_SET_DUMPABLE, 0) < 0) fail("become undumpable");
  return sandbox;
}
