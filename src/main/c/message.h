/*
 * The messages between the server and the helper: packets of a SOCK_SEQPACKET socket. Each is a sequence of
 * NUL-terminated words, of which the first names the message. Numbers are decimal. On the other side is
 * dev.nslab.sandbox.HelperChannel.
 *
 *   server to launcher   prepare KEY VALUE ...       (what takes time, and can be done before a sandbox is wanted)
 *                        spec    KEY VALUE ...
 *                        sweep   KEY VALUE ...        (instead of both: ids, and the cgroups to remove with them)
 *   server to init       spawn   TAG COLUMNS ROWS DIRECTORY ARGC ARG... ENV...
 *                        end     SESSION
 *                        look    TAG PID
 *                        describe TAG PID FILE OWNERS  (the namespace that FILE, a path below /proc/PID, holds open or is the mount
 *                                                      of; then OWNERS times the owner of the last one)
 *                        files   TAG PID...            (which namespaces these processes hold by open files)
 *                        traffic TAG
 *                        quieten TAG                   (takes down the links of all network namespaces that can be found)
 *   launcher to server   started PID
 *   builder to server    ready   NAME INODE ...        (the namespaces of the sandbox, as /proc/self/ns names them)
 *   init to server       spawned TAG PID               (with the PTY's master as SCM_RIGHTS)
 *                        looked  TAG PID_NAMESPACE HOSTNAME UID_MAP
 *                        described TAG TYPE INODE ID PARENT FACT...   (TYPE is the CLONE_NEW* flag; ID and PARENT are 0 if unknown;
 *                                                      FACT is for UTS the host name, for NET the names of the interfaces, for
 *                                                      USER the uid map, for NS how many lines of mountinfo are left out, then
 *                                                      the others; what is unknown is left out or empty; the owner comes as
 *                                                      SCM_RIGHTS)
 *                        held    TAG (PID FD KIND LINK)...  (KIND "fd": the namespace itself; "socket": a socket of a namespace that
 *                                                      its process is not in; LINK as from readlink: "uts:[4026532180]")
 *                        traffic TAG TRIGGERS IN_FLIGHT TICKS SYSTEM_TICKS ROUTERS (PID START SYSTEM_TICKS)... (INODE PACKETS)...
 *                                                      (TRIGGERS: files of /proc/pressure or cgroups that are open for writing;
 *                                                      IN_FLIGHT: files on their way through sockets, and what is equally
 *                                                      hidden; clock ticks of all processes; ROUTERS: how many processes with a
 *                                                      socket of rtnetlink(7) follow; then network namespaces by INODE, PACKETS
 *                                                      is -1 for one that may not be entered)
 *                        quiet   TAG LINKS             (how many were taken down)
 *                        exited  PID STATUS            (a status of wait(2))
 *                        call    PID TID NAME ARGUMENT ARGUMENT COMMAND NAMESPACE TIME   (NAMESPACE: inode of the caller's
 *                                                      namespace that the call is about, 0 if unknown; TIME: us since 1970,
 *                                                      before the call goes on)
 *                        lost    COUNT                 (calls that were not reported because they were too many)
 *   any to server        failed  TAG ERRNO CODE STEP   (TAG is 0 if it answers no request; the sender then ends. CODE is for the
 *                                                      server, see enum step; STEP is for people)
 */
#ifndef NSLAB_MESSAGE_H
#define NSLAB_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { CONTROL = 3, MESSAGE_BYTES = 64 * 1024, MESSAGE_WORDS = 1024 };

/* A received packet. The words point into the bytes. */
struct message {
  char bytes[MESSAGE_BYTES];
  char *words[MESSAGE_WORDS + 1];
  size_t count;
};

/* A packet that is being written. A word that no longer fits makes it invalid, which send_packet reports. */
struct packet {
  char bytes[16 * 1024];
  size_t length;
  bool overflow;
};

/*
 * Waits for a packet. False when the other side has closed, or SO_RCVTIMEO has passed. A malformed packet becomes an
 * empty one (count 0). A file descriptor that comes with the packet is put into *fd (-1 if none did); if fd is NULL,
 * the kernel drops it.
 */
bool receive_message(int socket, struct message *message, int *fd);

/* A word as a number from 0 to INT_MAX, -1 if it is anything else. */
int number(const char *word);

void put_word(struct packet *packet, const char *word);
void put_number(struct packet *packet, long long value);

/* Sends the packet, with a file descriptor unless fd is -1. The flags are those of sendmsg(2). */
bool send_packet(int socket, const struct packet *packet, int fd, int flags);

/* The steps whose failure the server can advise on: dev.nslab.sandbox.HelperStep. */
enum step {
  STEP_OTHER,
  STEP_MOUNT,
  STEP_MOUNT_PROC,
  STEP_WRITE_SYSCTL,
  STEP_UNSHARE_OUTER,
  STEP_CLONE_INNER,
  STEP_START_MAPPER,
  STEP_RUN_MAPPER,
  STEP_INSTALL_FILTER,
  STEP_OPEN_TERMINAL,
  STEP_FORK_SHELL,
  STEP_JOIN_TERMINALS,
  STEP_RUN_PROGRAM,
  STEPS
};

/* The step as it is named in a message: "mount-proc". */
const char *step_code(enum step step);

/* Tells the server which step of the request with that tag has failed, with an errno. */
void reply_failure_of(const char *code, const char *tag, int error, const char *words);
#define reply_failure(tag, error, words) reply_failure_of(step_code(STEP_OTHER), tag, error, words)

/* Tells the server which step has failed, with errno, and ends this process. */
_Noreturn void fail_at(enum step step, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define fail(...) fail_at(STEP_OTHER, __VA_ARGS__)

#endif
