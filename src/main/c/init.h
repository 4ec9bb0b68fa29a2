/* The parts of PID 1: the requests that it serves, the calls that it reports, and the loop around both. */
#ifndef NSLAB_INIT_H
#define NSLAB_INIT_H

#include <dirent.h>
#include <poll.h>
#include <sys/stat.h>

#include "helper.h"

/* Room for a uid map. */
enum { UID_MAP_BYTES = 3072 };

/* --- Requests: message.h says what each is and how it is answered --- */

void spawn(const struct sandbox *sandbox, const struct message *request);
void end_session(const struct sandbox *sandbox, const struct message *request);
void look(const struct sandbox *sandbox, const struct message *request);
void describe_held(const struct sandbox *sandbox, const struct message *request);
void list_held(const struct sandbox *sandbox, const struct message *request);
void tell_traffic(const struct sandbox *sandbox, const struct message *request);
void quieten(const struct sandbox *sandbox, const struct message *request);

/* The most shells that have not yet become the learner's program. It is more than terminals can be opened at once. */
enum { MOST_STARTS = 64 };

/*
 * Reports the shells that have become a program, or never will. To be called before anything is reported that such a
 * program did.
 */
void settle_starts(void);

/*
 * Adds the sources that have to be waited for because of starting shells, and returns how many. Shortens the timeout,
 * which is in ms (-1 for none).
 */
int await_starts(struct pollfd *sources, int *timeout);

/* The time of the monotonic clock. */
long long now_in_ms(void);

/* --- The learner's calls that wait until PID 1 has taken notice --- */

/* Reports one call and lets it go on, or refuses it if it would be one seccomp filter too many. */
void take_call(const struct sandbox *sandbox, int listener);

/*
 * Reports how many calls were not reported. To be called in each turn, and again after the returned number of ms (-1:
 * at the next call).
 */
int report_lost_calls(void);

/* Whether there is room for one more seccomp filter of the learner's. */
bool may_confine(const struct sandbox *sandbox);

/* --- The sandbox's own proc, whatever is mounted over it --- */

/* Opens a file of a process for reading; -1 with errno. */
int open_of(const struct sandbox *sandbox, int pid, const char *file);

/* Reads the beginning of a process's file as a string. Returns its length, 0 if there is none. */
size_t read_of(const struct sandbox *sandbox, int pid, const char *file, char *text, size_t size);

/*
 * Begins to list an open directory, which closedir(3) closes; NULL if that fails, and then it is closed, too. A
 * process's directories fail as soon as it has ended.
 */
DIR *directory_at(int fd);

/* Reads the uid map of the user namespace that a process is in; lines that have no room are left out. */
void read_uid_map(const struct sandbox *sandbox, int pid, char *map, size_t size);

/* Inode of the namespace that a process is in, by its name in /proc/PID/ns; 0 if it can't be seen. */
ino_t namespace_of(const struct sandbox *sandbox, int pid, const char *type);

/*
 * Opens a namespace that a process holds by a file descriptor, a mount or a socket; -1 if it is something else. That is
 * not opened, because opening it could have effects, or never return.
 */
int open_held(const struct sandbox *sandbox, int pid, const char *file);

/* Opens the network namespace of that process's socket; -1 with errno, as take_socket(). */
int open_network_at(int pid, int fd, const struct stat *socket);

/* Opens a pidfd of a process or, since Linux 6.9, of a thread; -1 with errno. */
int open_pidfd(int pid);

/*
 * Takes over a socket of that process or thread; -1 with errno. ESTALE if the file is no longer the one that was seen:
 * a learner may have replaced it by anything, so nothing is done with it.
 */
int take_socket(int pidfd, int fd, const struct stat *seen);

/*
 * Whether a file is on the same file system as an open one, such as nsfs for namespaces and sockfs for sockets. The
 * link in /proc does not tell: for a namespace that was opened at a mount it is the path of the mount.
 */
bool is_of_file_system(const struct stat *file, int one);

/* Adds the interfaces of a network namespace, as many as there is room for; none if it may not be entered. */
void put_interfaces(const struct sandbox *sandbox, int namespace, struct packet *packet);

/* Adds the mounts of a mount namespace: first how many are left out, then the others. */
void put_mounts(const struct sandbox *sandbox, int namespace, struct packet *packet);

/* Adds the uid map of a user namespace, as a shell of this sandbox reads it; empty while it is not known. */
void put_uid_map(const struct sandbox *sandbox, int namespace, struct packet *packet);

/*
 * To be called around everything that touches learners' open files. Whoever holds a file last, even just during a
 * readlink(2), closes it. Closing a TCP socket with SO_LINGER waits as long as the learner likes (socket(7)); between
 * these two calls it does not.
 */
void begin_touching(void);
void end_touching(void);

/*
 * Returns from a namespace. If the init cannot come back, the sandbox is of no use. It then ends, so it is no danger
 * either.
 */
void come_home(int namespace, int type);

#endif
