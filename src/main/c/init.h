/* The parts of PID 1: the requests that it serves, the calls that it reports, and the loop around both. */
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

/* The most shells that have not become the learner's programs yet; more than terminals can be opened at once. */
enum { MOST_STARTS = 64 };

/* Reports those that have become a program, or never will. To be called before anything that such a program did is reported. */
void settle_starts(void);

/* Adds what has to be waited for because of them, and returns how many sources. Shortens the timeout, in ms; -1 means none. */
int await_starts(struct pollfd *sources, int *timeout);

/* Of the monotonic clock. */
long long now_in_ms(void);

/* --- Calls of the learner's that wait for PID 1 to take notice --- */

/* Reports one call and lets it go on, or refuses it if it would be one seccomp filter too many. */
void take_call(const struct sandbox *sandbox, int listener);

/* Reports how many calls were not reported. To be called in each turn, and again after the returned number of ms; -1 means whenever there is a call. */
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

/* Adds the interfaces of a network namespace, as many as there is room for; none if it may not be entered. */
void put_interfaces(const struct sandbox *sandbox, int namespace, struct packet *packet);

/* Adds the mounts of a mount namespace: first how many are left out, then the others. */
void put_mounts(const struct sandbox *sandbox, int namespace, struct packet *packet);

/* Adds the uid map of a user namespace, as a shell of this sandbox reads it; empty while it is not known. */
void put_uid_map(const struct sandbox *sandbox, int namespace, struct packet *packet);

/*
 * Around all that touches open files of learners'. Whoever holds one last, be it for the moment of a readlink(2), closes it, and with
 * SO_LINGER set that of a TCP socket waits as long as the learner likes (socket(7)); but not in between these.
 */
void begin_touching(void);
void end_touching(void);

/* Returns from a namespace. If the init cannot come back, the sandbox is of no use, and ends, so it is no danger. */
void come_home(int namespace, int type);

#endif
