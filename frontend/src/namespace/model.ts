import type { Process, Snapshot } from "../wire/snapshot";
import { NamespaceColors } from "./colors";
import { differencesOf, sandboxNamespaces, telling } from "./differences";
import { Freshness } from "./freshness";
import { type Box, buildTree } from "./tree";

/** All that the panel shows of one snapshot, and what it remembers of those before. */
export class NamespaceModel {
  readonly colors: NamespaceColors;
  readonly fresh: Freshness;
  /** The sandbox's own namespaces: inode by type. */
  readonly own: Record<string, number>;
  readonly tree: Box | null;
  /** How many last digits of an inode tell it from all others here. */
  readonly digits: number;
  private readonly processes: Map<number, Process>;

  /** Whether this snapshot brought something that glows for a while. */
  readonly news: boolean;

  /** `last` is the model of the snapshot before: colours stay, and what it did not have is new. */
  constructor(
    readonly snapshot: Snapshot,
    last?: NamespaceModel,
  ) {
    this.colors = last?.colors ?? new NamespaceColors();
    this.fresh = last?.fresh ?? new Freshness();
    this.colors.learn(snapshot);
    this.own = sandboxNamespaces(snapshot);
    this.tree = buildTree(snapshot);
    this.processes = new Map(snapshot.processes.map((process) => [process.pid, process]));
    this.digits = telling(snapshot.processes.flatMap(({ namespaces }) => Object.values(namespaces)));
    this.news = this.fresh.learn(this.keys());
  }

  /** An inode's last digits, enough to tell it at a glance. */
  short(inode: number): string {
    return String(inode).slice(-this.digits);
  }

  process(pid: number): Process | undefined {
    return this.processes.get(pid);
  }

  private *keys(): Iterable<string> {
    for (const process of this.snapshot.processes) {
      yield rowKey(process.pid);
      for (const { type, inode } of differencesOf(process, this.own)) yield chipKey(process.pid, type, inode);
      yield chipKey(process.pid, "children", process.namespaces.pid_for_children ?? 0);
    }
    for (const { type, inode } of this.snapshot.namespaces) if (type === "pid") yield boxKey(inode);
  }
}

export const rowKey = (pid: number) => `row ${pid}`;
export const boxKey = (inode: number) => `box ${inode}`;
export const chipKey = (pid: number, type: string, inode: number) => `chip ${pid} ${type} ${inode}`;
