/* The stages of the helper, in the order in which they run. */
#ifndef NSLAB_HELPER_H
#define NSLAB_HELPER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>

#include "message.h"

/* Outside: joins the cgroups. */
void prepare(const struct message *preparation);

/* Outside: creates both user namespaces and the other namespaces, and starts build() and run_init(). */
_Noreturn void launch(const struct message *spec);

/* Outside: instead of starting a sandbox, removes cgroups that learners have created and the server may not remove. */
_Noreturn void sweep(const struct message *request);

/* The spec is a list of directives, KEY VALUE; each stage acts, in their order, on those whose key is in its table. */
struct directive_entry {
  const char *key;
  void (*act)(char *value);
};
void follow(const struct message *spec, const struct directive_entry *directives);
bool known(const char *key, const struct directive_entry *directives);
extern const struct directive_entry in_sandbox[];

/* Brings an interface up in the network namespace that the calling process is in, over which it must have rights. */
void bring_up(char *interface);

/* A limit for each process of the learner, but not for the init (setrlimit(2)). */
enum { MOST_LIMITS = 4 };
struct limit {
  int resource;
  rlim_t value;
};
struct limits {
  struct limit all[MOST_LIMITS];
  int count;
};

/* Where the builder finds what all sandboxes share. Any directory will do that every host has and no sandbox needs. */
#define SHARED "/run"

/* What the init keeps open of the sandbox as it was built. The learner's later mounts and unmounts do not change it. */
struct sandbox {
  int proc; /* root directory of the proc of the sandbox's first PID namespace */
  int pts;  /* root directory of its devpts */
  int uts_namespace;
  int terminals; /* cgroup.procs of their cgroup; -1 if there is none */
  struct limits limits;
};

/* The cgroups of a sandbox that its root may divide: files to write to, -1 if there are none. */
struct division {
  int init;            /* cgroup.procs of the init's cgroup, which the learner does not see */
  int subtree_control; /* of the root of the sandbox's cgroup namespace */
  int terminals;       /* cgroup.procs of the one below, in which each shell begins */
  char *controllers;   /* "+cpu +pids" */
};

/* Inside, as PID 1: mounts the sandbox's root and makes it the root. */
struct sandbox build(const struct message *spec);

/* Inside, as PID 1: opens shells, reaps, reports. Returns when the server has closed the control socket. */
void run_init(struct sandbox *sandbox, const struct division *division);

/* Inside, in a child of PID 1: turns it into the program that the spawn message asks for. Never returns. */
_Noreturn void become_shell(const struct sandbox *sandbox, int slave, int parent, char *const *words);

void write_file(const char *path, const char *text);

/* "user/max_net_namespaces 10" */
void set_sysctl(char *setting);

#endif
