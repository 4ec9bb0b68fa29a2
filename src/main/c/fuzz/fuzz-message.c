/*
 * Feeds the parser of messages with whatever libFuzzer makes, as a packet through a real socket. Packets of odd length
 * come with a file descriptor. Built and run by `make fuzz`.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../message.h"

static void expect(bool truth) {
  if (!truth) abort();
}

/* Reads all words from end to end, so that a sanitizer notices one that leaves the packet. */
static void read_words(const struct message *message, size_t length) {
  size_t total = 0;
  expect(message->count <= MESSAGE_WORDS);
  for (size_t word = 0; word < message->count; word++) {
    total += strlen(message->words[word]) + 1;
    expect(number(message->words[word]) >= -1);
  }
  expect(message->count == 0 || (total == length && !message->words[message->count]));
}

static void write_again(const struct message *message) {
  struct packet packet = {0};
  for (size_t word = 0; word < message->count; word++) put_word(&packet, message->words[word]);
  expect(packet.length <= sizeof packet.bytes);
}

static void send_raw(int socket, const uint8_t *data, size_t length, int fd) {
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control = {0};
  struct iovec bytes = {.iov_base = (void *)data, .iov_len = length};
  struct msghdr header = {.msg_iov = &bytes, .msg_iovlen = 1};
  if (fd >= 0) {
    header.msg_control = control.bytes;
    header.msg_controllen = sizeof control.bytes;
    *CMSG_FIRSTHDR(&header) =
        (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(CMSG_FIRSTHDR(&header)), &fd, sizeof fd);
  }
  expect(sendmsg(socket, &header, 0) == (ssize_t)length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length) {
  static struct message message;
  static int pair[2];
  int fd = -1, passed = length % 2 ? STDIN_FILENO : -1;
  if (pair[1] == 0) expect(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0);
  if (length == 0) return 0; /* reads as the end */
  memset(&message, 'x', sizeof message);
  send_raw(pair[0], data, length, passed);
  expect(receive_message(pair[1], &message, &fd));
  expect((fd >= 0) == (passed >= 0));
  if (fd >= 0) close(fd);
  read_words(&message, length);
  write_again(&message);
  return 0;
}
