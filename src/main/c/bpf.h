/* Classic BPF as seccomp(2) takes it, written instruction by instruction; every jump goes forward, as the kernel wants it. */
#ifndef NSLAB_BPF_H
#define NSLAB_BPF_H

#include <linux/filter.h>
#include <stddef.h>
#include <stdint.h>

struct program {
  struct sock_filter code[BPF_MAXINSNS];
  size_t length;
};

/* Fields of struct seccomp_data. */
void load_call(struct program *program);
void load_architecture(struct program *program);

/* Arguments have 64 bits, of which the kernel ignores the upper half where it takes an int: this is the lower one. */
void load_argument(struct program *program, int argument);
void load_upper_half(struct program *program, int argument);
void mask(struct program *program, uint32_t bits);

/* The end: one of SECCOMP_RET_*. */
void answer(struct program *program, uint32_t action);

/*
 * What follows is for values that compare so (BPF_JEQ, BPF_JGE, BPF_JSET), up to end_of(), to which it returns the way; others go
 * on there. These nest.
 */
size_t where(struct program *program, uint16_t comparison, uint32_t value);
size_t where_not(struct program *program, uint16_t comparison, uint32_t value);
void end_of(struct program *program, size_t condition);

#endif
