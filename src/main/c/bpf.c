#include "bpf.h"

#include <errno.h>
#include <linux/seccomp.h>

#include "message.h"

static size_t add(struct program *program, struct sock_filter instruction) {
  if (program->length == BPF_MAXINSNS) {
    errno = E2BIG;
    fail("write the seccomp filter");
  }
  program->code[program->length] = instruction;
  return program->length++;
}

static void load(struct program *program, size_t offset) {
  add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

void load_call(struct program *program) { load(program, offsetof(struct seccomp_data, nr)); }
void load_architecture(struct program *program) { load(program, offsetof(struct seccomp_data, arch)); }

enum { LOWER_HALF = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 4 };

static size_t offset_of_argument(int argument) {
  return offsetof(struct seccomp_data, args) + (size_t)argument * sizeof(uint64_t);
}

void load_argument(struct program *program, int argument) { load(program, offset_of_argument(argument) + LOWER_HALF); }

void load_upper_half(struct program *program, int argument) {
  load(program, offset_of_argument(argument) + (4 - LOWER_HALF));
}

void mask(struct program *program, uint32_t bits) {
  add(program, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, bits));
}

void answer(struct program *program, uint32_t action) {
  add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

/*
 * A conditional jump reaches at most 255 instructions, an unconditional one any number. So the conditional one only
 * jumps over an unconditional one, which leads to the end of the block.
 */
size_t where(struct program *program, uint16_t comparison, uint32_t value) {
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | comparison | BPF_K, value, 1, 0));
  return add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JA, 0, 0, 0));
}

size_t where_not(struct program *program, uint16_t comparison, uint32_t value) {
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | comparison | BPF_K, value, 0, 1));
  return add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JA, 0, 0, 0));
}

void end_of(struct program *program, size_t condition) {
  program->code[condition].k = (uint32_t)(program->length - condition - 1);
}
