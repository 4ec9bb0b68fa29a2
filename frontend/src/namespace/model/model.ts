import type { Namespace, Process, Snapshot } from "../../wire/snapshot";
import { Afterlife } from "./afterlife";
import { NamespaceColors, plain } from "./colors";
import { differencesOf, differencesOfThread, sandboxNamespaces, telling } from "./differences";
import { Freshness } from "./freshness";
import { Mounts } from "./mounts";
import { type Box, buildTree } from "./tree";

/** Everything that the panel shows of one snapshot, and what it remembers of earlier ones. */
export class NamespaceModel {
  /** What is shown: the snapshot and, for a while, the processes that died with an init. */
  readonly snapshot: Snapshot;
  readonly colors: NamespaceColors;
  readonly fresh: Freshness;
  readonly afterlife: Afterlife;
  /** The sandbox's own namespaces: inode by type. */
  readonly own: Record<string, number>;
  readonly tree: Box | null;
  /** Namespaces that no process is in, and no process's children will be in. */
  readonly kept: readonly Namespace[];
  /** How many of the last digits of an inode tell it from all others here. */
  readonly digits: number;
  private readonly processes: Map<number, Process>;
  private readonly inhabited: Set<number | undefined>;
  private known: Mounts | undefined;

  /** Whether this snapshot has something new, which glows for a while. */
  readonly news: boolean;

  /** `living` is the newest snapshot. `last` is the model before it, from which colours are kept and new things are known. */
  constructor(
    readonly living: Snapshot,
    last?: NamespaceModel,
  ) {
    this.colors = last?.colors ?? new NamespaceColors();
    this.fresh = last?.fresh ?? new Freshness();
    this.afterlife = last?.afterlife ?? new Afterlife();
    if (last && last.living !== living) this.afterlife.learn(last.living, living);
    const snapshot = this.afterlife.with(living);
    this.snapshot = snapshot;
    this.colors.learn(snapshot);
    this.own = sandboxNamespaces(snapshot);
    this.tree = buildTree(snapshot);
    this.processes = new Map(snapshot.processes.map((process) => [process.pid, process]));
    this.inhabited = new Set(living.processes.map(({ namespaces }) => namespaces.pid));
    this.kept = keptWithoutProcess(snapshot);
    const everybody = snapshot.processes.flatMap((process) => [process, ...process.otherThreads]);
    this.digits = telling(everybody.flatMap(({ namespaces }) => Object.values(namespaces)));
    this.news = this.fresh.learn(this.keys());
  }

  /** Made only when the details need it, which most snapshots never do. */
  get mounts(): Mounts {
    this.known ??= new Mounts(this.snapshot);
    return this.known;
  }

  /** The last digits of an inode, as many as tell it from the others. */
  short(inode: number): string {
    return String(inode).slice(-this.digits);
  }

  process(pid: number): Process | undefined {
    return this.processes.get(pid);
  }

  namespace(type: string, inode: number | undefined): Namespace | undefined {
    return this.snapshot.namespaces.find((namespace) => namespace.type === type && namespace.inode === inode);
  }

  membersOf(type: string, inode: number): Process[] {
    return this.snapshot.processes.filter(({ namespaces }) => namespaces[type] === inode);
  }

  isDead(process: Process): boolean {
    return this.afterlife.isDead(process);
  }

  /** Whether a living process is in that PID namespace. */
  hasLiving(inode: number): boolean {
    return this.inhabited.has(inode);
  }

  private *keys(): Iterable<string> {
    for (const process of this.snapshot.processes) {
      yield rowKey(process.pid);
      for (const { type, inode } of differencesOf(process, this.own)) yield chipKey(process.pid, type, inode);
      yield chipKey(process.pid, "children", process.namespaces.pid_for_children ?? 0);
      for (const thread of process.otherThreads)
        for (const { inode } of differencesOfThread(thread, process)) yield chipKey(process.pid, `thread-${thread.tid}`, inode);
    }
    for (const { type, inode } of this.snapshot.namespaces) if (type === "pid") yield boxKey(inode);
    for (const { type, inode } of this.kept) yield keptKey(type, inode);
  }
}

/** A PID namespace that some process's children would be in has a box, even if it is empty. */
function keptWithoutProcess({ namespaces, processes }: Snapshot): Namespace[] {
  const used = new Set<string>();
  for (const process of processes) {
    for (const [type, inode] of Object.entries(process.namespaces)) {
      if (type !== "time_for_children") used.add(`${plain(type)} ${inode}`);
    }
  }
  return namespaces.filter(({ type, inode, members, sandboxRoot }) => members === 0 && !sandboxRoot && !used.has(`${type} ${inode}`));
}

export const rowKey = (pid: number) => `row ${pid}`;
export const boxKey = (inode: number) => `box ${inode}`;
export const keptKey = (type: string, inode: number) => `kept ${type} ${inode}`;
export const chipKey = (pid: number, type: string, inode: number) => `chip ${pid} ${type} ${inode}`;
