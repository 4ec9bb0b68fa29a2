#define _GNU_SOURCE
#include "message.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union control_buffer {
  char bytes[CMSG_SPACE(sizeof(int))];
  struct cmsghdr align;
};

static void split(struct message *message, size_t length) {
  message->count = 0;
  if (length == 0 || message->bytes[length - 1] != '\0') return;
  for (char *word = message->bytes; word < message->bytes + length; word += strlen(word) + 1) {
    if (message->count == MESSAGE_WORDS) {
      message->count = 0;
      return;
    }
    message->words[message->count++] = word;
  }
  message->words[message->count] = NULL;
}

static int passed_fd(struct msghdr *header) {
  struct cmsghdr *rights = CMSG_FIRSTHDR(header);
  int fd = -1;
  if (rights && rights->cmsg_level == SOL_SOCKET && rights->cmsg_type == SCM_RIGHTS)
    memcpy(&fd, CMSG_DATA(rights), sizeof fd);
  return fd;
}

bool receive_message(int socket, struct message *message, int *fd) {
  union control_buffer control = {0};
  struct iovec data = {.iov_base = message->bytes, .iov_len = sizeof message->bytes};
  struct msghdr header = {.msg_iov = &data, .msg_iovlen = 1};
  ssize_t length;
  if (fd) {
    header.msg_control = control.bytes;
    header.msg_controllen = sizeof control.bytes;
  }
  do {
    length = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
  } while (length < 0 && errno == EINTR);
  if (length <= 0) return false;
  if (fd) *fd = passed_fd(&header);
  split(message, header.msg_flags & MSG_TRUNC ? 0 : (size_t)length);
  return true;
}

int number(const char *word) {
  char *end;
  if (*word < '0' || *word > '9') return -1;
  errno = 0;
  long value = strtol(word, &end, 10);
  return errno || *end || value > INT_MAX ? -1 : (int)value;
}

void put_word(struct packet *packet, const char *word) {
  size_t size = strlen(word) + 1;
  if (size > sizeof packet->bytes - packet->length) {
    packet->overflow = true;
    return;
  }
  memcpy(packet->bytes + packet->length, word, size);
  packet->length += size;
}

void put_number(struct packet *packet, long long value) {
  char word[24];
  snprintf(word, sizeof word, "%lld", value);
  put_word(packet, word);
}

bool send_packet(int socket, const struct packet *packet, int fd, int flags) {
  union control_buffer control = {0};
  struct iovec data = {.iov_base = (void *)packet->bytes, .iov_len = packet->length};
  struct msghdr header = {.msg_iov = &data, .msg_iovlen = 1};
  if (packet->overflow) {
    errno = EMSGSIZE;
    return false;
  }
  if (fd >= 0) {
    header.msg_control = control.bytes;
    header.msg_controllen = sizeof control.bytes;
    struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(rights), &fd, sizeof fd);
  }
  ssize_t sent;
  do {
    sent = sendmsg(socket, &header, flags | MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent >= 0;
}

const char *step_code(enum step step) {
  static const char *const codes[STEPS] = {
      [STEP_OTHER] = "other",
      [STEP_MOUNT] = "mount",
      [STEP_MOUNT_PROC] = "mount-proc",
      [STEP_WRITE_SYSCTL] = "write-sysctl",
      [STEP_UNSHARE_OUTER] = "unshare-outer",
      [STEP_CLONE_INNER] = "clone-inner",
      [STEP_START_MAPPER] = "start-mapper",
      [STEP_RUN_MAPPER] = "run-mapper",
      [STEP_INSTALL_FILTER] = "install-filter",
      [STEP_OPEN_TERMINAL] = "open-terminal",
      [STEP_FORK_SHELL] = "fork-shell",
      [STEP_JOIN_TERMINALS] = "join-terminals",
      [STEP_RUN_PROGRAM] = "run-program",
  };
  return codes[step];
}

void reply_failure_of(const char *code, const char *tag, int error, const char *words) {
  struct packet packet = {0};
  put_word(&packet, "failed");
  put_word(&packet, tag);
  put_number(&packet, error);
  put_word(&packet, code);
  put_word(&packet, words);
  send_packet(CONTROL, &packet, -1, 0);
}

_Noreturn void fail_at(enum step step, const char *format, ...) {
  int error = errno;
  char words[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(words, sizeof words, format, arguments);
  va_end(arguments);
  reply_failure_of(step_code(step), "0", error, words);
  _exit(1);
}
