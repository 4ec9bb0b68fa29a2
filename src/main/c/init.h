/* What PID 1 consists of: the requests that it acts on, the calls that it reports, and the loop around both. */
#ifndef NSLAB_INIT_H
#define NSLAB_INIT_H

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

/* Shells that are not programs of the learner's yet; more than terminals can be opened at once. */
enum { MOST_STARTS = 64 };

/* Tells of those that have become one, or never will. To be called before whatever such a program has done is told. */
void settle_starts(void);

/* What to wait for, for their sake; how many sources. Shortens the timeout, in ms, -1 being none. */
int await_starts(struct pollfd *sources, int *timeout);

/* Of the monotonic clock. */
long long now_in_ms(void);

/* --- Calls of the learner's that wait for PID 1 to take notice --- */

/* Tells of one call and lets it go on; or, where it would be one seccomp filter too many, refuses it. */
void take_call(const struct sandbox *sandbox, int listener);

/* Tells how many calls were not told. To be called in each turn, and again after so many ms; -1: whenever there is one. */
int report_lost_calls(void);

/* Whether there is room for one more seccomp filter of the learner's. */
bool may_confine(const struct sandbox *sandbox);

/* --- The sandbox's own proc, whatever is mounted over it --- */

/* Opens a file of a process for reading; -1 with errno. */
int open_of(const struct sandbox *sandbox, int pid, const char *file);

/* Reads its beginning as a string; the length, 0 if there is none. */
size_t read_of(const struct sandbox *sandbox, int pid, const char *file, char *text, size_t size);

/* Reads the uid map of the user namespace that a process is in; lines that have no room are left out. */
void read_uid_map(const struct sandbox *sandbox, int pid, char *map, size_t size);

/* Inode of the namespace that a process is in, by its name in /proc/PID/ns; 0 if it can't be seen. */
ino_t namespace_of(const struct sandbox *sandbox, int pid, const char *type);

/*
 * Opens a namespace that a process holds by a file descriptor, a mount or a socket, -1 where there is something else: that is
 * left alone, as to open it could have effects or never return.
 */
int open_held(const struct sandbox *sandbox, int pid, const char *file);

/* Of a process or, since Linux 6.9, a thread; -1 with errno. */
int open_pidfd(int pid);

/*
 * Takes over a socket of that process or thread, -1 with errno; ESTALE where the file is another one by now. What a learner may have
 * exchanged since it was looked at could be anything, and is asked nothing.
 */
int take_socket(int pidfd, int fd, const struct stat *seen);

/*
 * Whether a file is of the same file system as an open one: of nsfs as namespaces, of sockfs as sockets. A link says nothing: of a
 * namespace that was opened where it is mounted it is the path of the mount.
 */
bool is_of_file_system(const struct stat *file, int one);

/* Writes down the interfaces of a network namespace, as many as there is room for; none of one that may not be entered. */
void put_interfaces(const struct sandbox *sandbox, int namespace, struct packet *packet);

/* Writes down the mounts of a mount namespace: how many are left out, and the others. */
void put_mounts(const struct sandbox *sandbox, int namespace, struct packet *packet);

/* Writes down the uid map of a user namespace, as a shell of this sandbox reads it; empty while it is not known. */
void put_uid_map(const struct sandbox *sandbox, int namespace, struct packet *packet);

/*
 * Around all that touches open files of learners'. Whoever holds one last, be it for the moment of a readlink(2), closes it, and with
 * SO_LINGER set that of a TCP socket waits as long as the learner likes (socket(7)); but not in between these.
 */
void begin_touching(void);
void end_touching(void);

/* Back from a namespace. A sandbox whose init can't come home again is of no use, and no danger: it ends. */
void come_home(int namespace, int type);

#endif
