/*
 * The language between the server and the helper: packets of a SOCK_SEQPACKET socket, each a sequence of
 * NUL-terminated words, the first of which names the message. Numbers are written in decimal. The other side of it is
 * dev.nslab.sandbox.HelperChannel.
 *
 *   server to launcher   prepare KEY VALUE ...       (what takes its time and no sandbox is needed for)
 *                        spec    KEY VALUE ...
 *                        sweep   KEY VALUE ...        (instead of both: ids, and cgroups to remove by them)
 *   server to init       spawn   TAG COLUMNS ROWS DIRECTORY ARGC ARG... ENV...
 *                        end     SESSION
 *                        look    TAG PID
 *                        describe TAG PID FILE OWNERS  (a namespace that is held open or mounted there, below /proc/PID; or its owner,
 *                                                      or that one's, after so many steps)
 *                        files   TAG PID...            (which namespaces these hold by open files)
 *                        traffic TAG
 *                        quieten TAG                   (takes down the links of all network namespaces that can be found)
 *   launcher to server   started PID
 *   builder to server    ready   NAME INODE ...        (the namespaces of the sandbox, as /proc/self/ns names them)
 *   init to server       spawned TAG PID               (with the PTY's master as SCM_RIGHTS)
 *                        looked  TAG PID_NAMESPACE HOSTNAME UID_MAP
 *                        described TAG TYPE INODE ID PARENT FACT...   (TYPE is its CLONE_NEW* flag; ID, PARENT 0 if unknown; facts
 *                                                      are of UTS the host name, of NET the names of the interfaces, of USER the
 *                                                      uid map, of NS how many lines are left out and the others of mountinfo;
 *                                                      what it can't find out is left out or empty; with its owner as SCM_RIGHTS)
 *                        held    TAG (PID FD KIND LINK)...  (KIND "fd" is the namespace itself, "socket" is one of it where its
 *                                                      process is not in it; LINK as readlink has it: "uts:[4026532180]")
 *                        traffic TAG TRIGGERS IN_FLIGHT TICKS SYSTEM_TICKS ROUTERS (PID START SYSTEM_TICKS)... (INODE PACKETS)...
 *                                                      (files of /proc/pressure or cgroups that are open for writing; files on
 *                                                      their way through sockets, and what is as hidden; clock ticks of all processes; those with a socket of
 *                                                      rtnetlink(7); network namespaces, PACKETS -1: may not be entered)
 *                        quiet   TAG LINKS             (so many were taken down)
 *                        exited  PID STATUS            (a status of wait(2))
 *                        call    PID TID NAME ARGUMENT ARGUMENT COMMAND NAMESPACE TIME   (inode of that of the caller's that the
 *                                                      call is about, 0 if unknown; us since 1970, before the call goes on)
 *                        lost    COUNT                 (calls that were not reported because they were too many)
 *   any to server        failed  TAG ERRNO CODE STEP   (TAG 0: of no request; the sender ends. CODE is what the server knows advice for,
 *                                                      see enum step; STEP says it to people)
 */
#ifndef NSLAB_MESSAGE_H
#define NSLAB_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { CONTROL = 3, MESSAGE_BYTES = 64 * 1024, MESSAGE_WORDS = 1024 };

/* A received packet; words point into bytes. */
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
 * Waits for a packet. False when the other side has closed or SO_RCVTIMEO has passed; a malformed packet is an empty one
 * (count 0). A file descriptor that comes with it goes to *fd (-1 if none did); where fd is NULL the kernel drops it.
 */
bool receive_message(int socket, struct message *message, int *fd);

/* A word as a number from 0 to INT_MAX, -1 if it is anything else. */
int number(const char *word);

void put_word(struct packet *packet, const char *word);
void put_number(struct packet *packet, long long value);

/* Sends the packet, with a file descriptor unless fd is -1. flags: those of sendmsg(2). */
bool send_packet(int socket, const struct packet *packet, int fd, int flags);

/* The steps for whose failure the server has advice: dev.nslab.sandbox.HelperStep. */
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

/* As it appears in a message: "mount-proc". */
const char *step_code(enum step step);

/* Tells the server which step of what it asked for by that tag failed, with an errno. */
void reply_failure_of(const char *code, const char *tag, int error, const char *words);
#define reply_failure(tag, error, words) reply_failure_of(step_code(STEP_OTHER), tag, error, words)

/* Tells the server which step failed, with errno, and ends this process. */
_Noreturn void fail_at(enum step step, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define fail(...) fail_at(STEP_OTHER, __VA_ARGS__)

#endif
