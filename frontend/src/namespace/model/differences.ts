import { namespaceTypes, type Process, type Snapshot, type Thread } from "../../wire/snapshot";

/** The sandbox's own namespaces: inode by type. */
export function sandboxNamespaces(snapshot: Snapshot): Record<string, number> {
  const own: Record<string, number> = {};
  for (const { type, inode, sandboxRoot } of snapshot.namespaces) if (sandboxRoot) own[type] = inode;
  const init = snapshot.processes.find(({ pid }) => pid === 1);
  for (const type of namespaceTypes) {
    const inode = own[type] ?? init?.namespaces[type];
    if (inode !== undefined) own[type] = inode;
  }
  return own;
}

/** A namespace that a process does not share with the sandbox. */
export interface Difference {
  readonly type: string;
  readonly inode: number;
}

/** The namespaces that `process` does not share with the sandbox, without the PID namespace, which its box shows. */
export function differencesOf(process: Process, own: Record<string, number>): Difference[] {
  return namespaceTypes.flatMap((type) => {
    const inode = process.namespaces[type];
    return type === "pid" || !inode || inode === own[type] ? [] : [{ type, inode }];
  });
}

/** The namespaces that a thread does not share with its process. The one for its children is included if it is not the thread's own. */
export function differencesOfThread(thread: Thread, process: Process): Difference[] {
  return [...namespaceTypes, "pid_for_children", "time_for_children"].flatMap((type) => {
    const inode = thread.namespaces[type];
    if (!inode || inode === process.namespaces[type]) return [];
    const own = type.replace(/_for_children$/, "");
    return type !== own && inode === thread.namespaces[own] ? [] : [{ type: own, inode }];
  });
}

/** The PID namespace for the process's children, if it is not the process's own: `unshare --pid` moves only later children. */
export function childrenElsewhere({ namespaces }: Process): number | undefined {
  const { pid, pid_for_children: children } = namespaces;
  return children && children !== pid ? children : undefined;
}

/** The time namespace for the process's children, if it is not the process's own. */
export function timeOfChildren({ namespaces }: Process): number | undefined {
  const { time, time_for_children: children } = namespaces;
  return children && time && children !== time ? children : undefined;
}

/**
 * How many of the last digits tell all these numbers apart, at least three. Inodes of one sandbox mostly differ only in their last
 * digits.
 */
export function telling(numbers: Iterable<number>): number {
  const all = [...new Set(numbers)];
  let digits = 3;
  while (digits < 10 && new Set(all.map((number) => number % 10 ** digits)).size < all.length) digits++;
  return digits;
}
