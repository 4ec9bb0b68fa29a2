import type { Namespace, Process, Snapshot } from "../../wire/snapshot";

/** A process in the box of its PID namespace. `depth` counts its ancestors in that box. */
export interface Row {
  readonly kind: "row";
  readonly process: Process;
  readonly depth: number;
}

/** A PID namespace: its members, and the boxes of the namespaces in it, each after its creator. */
export interface Box {
  readonly kind: "box";
  readonly inode: number;
  /** 1 for the sandbox's own. */
  readonly level: number;
  readonly hostname: string | null;
  readonly sandboxRoot: boolean;
  readonly items: readonly (Row | Box)[];
  /** How many processes are in it, without those of nested boxes. */
  readonly members: number;
}

/** The nested boxes of a snapshot, from the outermost one; null while there is no process. Every process has exactly one row. */
export function buildTree(snapshot: Snapshot): Box | null {
  return new Builder(snapshot).root();
}

/** The inodes of the PID namespaces from the sandbox's own to that of `process`, as far as the snapshot tells. */
export function chainOf(process: Process, snapshot: Snapshot): number[] {
  const parents = parentsOf(snapshot);
  const chain: number[] = [];
  for (let inode: number | undefined = process.namespaces.pid; inode !== undefined && !chain.includes(inode); inode = parents.get(inode)) {
    chain.unshift(inode);
  }
  return chain;
}

/** The host name of the UTS namespace that a PID namespace's first process is in. */
export function hostnameOf(inode: number, snapshot: Snapshot): string | null {
  const init = initOf(inode, snapshot.processes);
  const uts = init?.namespaces.uts;
  return snapshot.namespaces.find((namespace) => namespace.type === "uts" && namespace.inode === uts)?.hostname ?? null;
}

function initOf(inode: number, processes: readonly Process[]): Process | undefined {
  const members = processes.filter((process) => process.namespaces.pid === inode);
  return members.find((process) => process.pids.at(-1) === 1) ?? members[0];
}

/** The parent of each PID namespace: what the kernel says, or else what the depth of its members tells. */
function parentsOf({ namespaces, processes }: Snapshot): Map<number, number> {
  const parents = new Map<number, number>();
  for (const namespace of namespaces)
    if (namespace.type === "pid" && namespace.parent !== null) parents.set(namespace.inode, namespace.parent);
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  for (const process of processes) {
    const inode = process.namespaces.pid;
    if (inode === undefined || process.pids.length < 2 || parents.has(inode)) continue;
    const outside = ancestorAt(process.pids.length - 1, process, byPid);
    if (outside?.namespaces.pid !== undefined) parents.set(inode, outside.namespaces.pid);
  }
  return parents;
}

function ancestorAt(depth: number, process: Process, byPid: Map<number, Process>): Process | undefined {
  const seen = new Set<Process>();
  let ancestor = byPid.get(process.parent);
  while (ancestor && !seen.has(ancestor)) {
    if (ancestor.pids.length === depth) return ancestor;
    seen.add(ancestor);
    ancestor = byPid.get(ancestor.parent);
  }
  return undefined;
}

class Builder {
  private readonly byPid: Map<number, Process>;
  private readonly children = new Map<number, Process[]>();
  private readonly members = new Map<number, Process[]>();
  private readonly inside = new Map<number, number[]>();
  private readonly known: Map<number, Namespace>;
  private readonly forChildren: Set<number | undefined>;
  private readonly rootInode: number | undefined;
  private readonly placed = new Set<number>();
  private readonly drawn = new Set<Process>();

  constructor(private readonly snapshot: Snapshot) {
    const processes = [...snapshot.processes].sort((one, other) => one.pid - other.pid);
    this.byPid = new Map(processes.map((process) => [process.pid, process]));
    this.known = new Map(snapshot.namespaces.filter(({ type }) => type === "pid").map((namespace) => [namespace.inode, namespace]));
    this.rootInode =
      snapshot.namespaces.find(({ type, sandboxRoot }) => type === "pid" && sandboxRoot)?.inode ?? processes[0]?.namespaces.pid;
    for (const process of processes) {
      push(this.children, process.parent, process);
      push(this.members, this.boxOf(process), process);
    }
    this.forChildren = new Set(processes.map(({ namespaces }) => namespaces.pid_for_children));
    this.nest();
  }

  root(): Box | null {
    return this.rootInode === undefined || this.byPid.size === 0 ? null : this.box(this.rootInode, 1);
  }

  /** The PID namespace of a process. That of a zombie can't be read, but an ancestor at the same depth is in the same one. */
  private boxOf(process: Process): number {
    const { pid } = process.namespaces;
    if (pid !== undefined) return pid;
    const peer = ancestorAt(process.pids.length, process, this.byPid);
    const outside = ancestorAt(process.pids.length - 1, process, this.byPid);
    return peer?.namespaces.pid ?? outside?.namespaces.pid_for_children ?? this.rootInode ?? 0;
  }

  /** Puts every PID namespace into its parent, or into the sandbox's own if the parent is not known. */
  private nest(): void {
    const parents = parentsOf(this.snapshot);
    const all = new Set([...this.members.keys(), ...[...this.known.keys()].filter((inode) => !this.isKept(inode))]);
    for (const inode of all) {
      if (inode === this.rootInode) continue;
      const parent = parents.get(inode);
      const outside = parent !== undefined && parent !== inode && all.has(parent) ? parent : this.rootInode;
      if (outside !== undefined) push(this.inside, outside, inode);
    }
  }

  /**
   * Whether no process is in the namespace, and no process's children will be, so that only a mount or a file keeps it. It has no place
   * among the processes.
   */
  private isKept(inode: number): boolean {
    return this.known.get(inode)?.members === 0 && !this.members.has(inode) && !this.forChildren.has(inode);
  }

  private box(inode: number, level: number): Box {
    this.placed.add(inode);
    const items: (Row | Box)[] = [];
    const members = this.members.get(inode) ?? [];
    const here = new Set(members.map(({ pid }) => pid));
    for (const process of members) if (!here.has(process.parent)) this.add(process, 0, inode, level, items);
    // A snapshot is read while processes come and go, so parents may form a circle. No process may be lost.
    for (const process of members) this.add(process, 0, inode, level, items);
    // The boxes that no member of this one has created: their creators are gone or elsewhere.
    for (const nested of this.inside.get(inode) ?? []) this.addBox(nested, level, items);
    const hostname = hostnameOf(inode, this.snapshot);
    return { kind: "box", inode, level, hostname, sandboxRoot: inode === this.rootInode, items, members: members.length };
  }

  private add(process: Process, depth: number, inode: number, level: number, items: (Row | Box)[]): void {
    if (this.drawn.has(process)) return;
    this.drawn.add(process);
    items.push({ kind: "row", process, depth });
    // The sandbox's own init is the ancestor of all, so rows are not indented for it.
    const below = process.pid === 1 && inode === this.rootInode ? depth : depth + 1;
    for (const child of this.children.get(process.pid) ?? []) {
      const where = this.boxOf(child);
      if (where === inode) this.add(child, below, inode, level, items);
      else if (child.pids.at(-1) === 1) this.addBox(where, level, items, inode);
    }
    const next = process.namespaces.pid_for_children;
    if (next !== undefined && next !== inode && !this.members.has(next)) this.addBox(next, level, items, inode);
  }

  private addBox(inode: number, level: number, items: (Row | Box)[], around?: number): void {
    if (this.placed.has(inode) || (around !== undefined && !this.inside.get(around)?.includes(inode))) return;
    items.push(this.box(inode, level + 1));
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
