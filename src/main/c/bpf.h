/* Classic BPF for seccomp(2), written instruction by instruction. Every jump goes forward, as the kernel demands. */
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

/*
 * Loads the lower half of an argument. Arguments have 64 bits; where the kernel takes an int, it ignores the upper
 * half.
 */
void load_argument(struct program *program, int argument);
void load_upper_half(struct program *program, int argument);
void mask(struct program *program, uint32_t bits);

/* Ends the program with one of SECCOMP_RET_*. */
void answer(struct program *program, uint32_t action);

/*
 * Begins a block for loaded values for which the comparison (BPF_JEQ, BPF_JGE, BPF_JSET) is true (where) or false
 * (where_not). All others go on behind the block, which ends at end_of() with the returned number. Blocks nest.
 */
size_t where(struct program *program, uint16_t comparison, uint32_t value);
size_t where_not(struct program *program, uint16_t comparison, uint32_t value);
void end_of(struct program *program, size_t condition);

#endif
