import type { Process } from "../../wire/snapshot";
import { differencesOf } from "./differences";
import type { Folds } from "./folds";
import { boxKey } from "./model";
import type { Box, Row } from "./tree";

/** From how many on equal processes share a row. */
const least = 5;

/** A box as it is shown. One that is folded has no items. */
export interface ShownBox {
  readonly kind: "box";
  readonly box: Box;
  readonly folded: boolean;
  readonly items: readonly Shown[];
  /** How many processes are in it and in the boxes inside. */
  readonly size: number;
}

/** Children of one process that look alike but for their PIDs, and have no children themselves. */
export interface Group {
  readonly kind: "group";
  readonly key: string;
  readonly rows: readonly Row[];
  readonly folded: boolean;
}

export type Shown = Row | Group | ShownBox;

/** What decides how the boxes are shown. */
export interface Outlook {
  readonly folds: Folds;
  /** The sandbox's own namespaces: inode by type. */
  readonly own: Readonly<Record<string, number>>;
  readonly isDead: (process: Process) => boolean;
  /** Whether the process has to be seen, so that it is in no group. */
  readonly standsOut: (process: Process) => boolean;
  /** Set while somebody looks for processes. Then nothing is folded, and what is not found is left out. */
  readonly isFound: ((process: Process) => boolean) | undefined;
}

export function outline(box: Box, look: Outlook): ShownBox {
  return new Outliner(look).shown(box);
}

/** The keys of the boxes and groups around a process, from the outermost on; undefined if it is in none. */
export function around(pid: number, { box, items }: ShownBox): string[] | undefined {
  for (const item of items) {
    if (item.kind === "row" && item.process.pid === pid) return [boxKey(box.inode)];
    if (item.kind === "group" && item.rows.some(({ process }) => process.pid === pid)) return [boxKey(box.inode), item.key];
    const inside = item.kind === "box" ? around(pid, item) : undefined;
    if (inside) return [boxKey(box.inode), ...inside];
  }
  return undefined;
}

class Outliner {
  private readonly parents = new Set<number>();

  constructor(private readonly look: Outlook) {}

  shown(root: Box): ShownBox {
    this.meet(root);
    return this.box(root);
  }

  private meet({ items }: Box): void {
    for (const item of items) {
      if (item.kind === "box") this.meet(item);
      else this.parents.add(item.process.parent);
    }
  }

  private box(box: Box): ShownBox {
    const { folds, isFound } = this.look;
    const folded = !isFound && folds.isBoxFolded(boxKey(box.inode));
    const items = folded ? [] : isFound ? this.found(box, isFound) : this.grouped(box);
    return { kind: "box", box, folded, items, size: sizeOf(box) };
  }

  private found({ items }: Box, isFound: (process: Process) => boolean): Shown[] {
    return items.flatMap((item): Shown[] => {
      if (item.kind === "row") return isFound(item.process) ? [item] : [];
      const inside = this.box(item);
      return inside.items.length > 0 ? [inside] : [];
    });
  }

  /** Puts equals into the place of the first of them. */
  private grouped({ items }: Box): Shown[] {
    const equals = new Map<string, Row[]>();
    const keys = items.map((item) => (item.kind === "row" ? this.groupKey(item) : undefined));
    items.forEach((item, index) => {
      const key = keys[index];
      if (item.kind !== "row" || key === undefined) return;
      const rows = equals.get(key);
      if (rows) rows.push(item);
      else equals.set(key, [item]);
    });
    return items.flatMap((item, index): Shown[] => {
      if (item.kind === "box") return [this.box(item)];
      const key = keys[index];
      const rows = key === undefined ? [] : (equals.get(key) ?? []);
      if (key === undefined || rows.length < least) return [item];
      return rows[0] === item ? [{ kind: "group", key, rows, folded: this.look.folds.isGroupFolded(key) }] : [];
    });
  }

  /** Equal for rows that look alike; undefined if the row can't be in a group. */
  private groupKey({ process }: Row): string | undefined {
    const { namespaces, parent, command, tty, terminal, state, root, procMount, otherThreads } = process;
    const alone = otherThreads.length === 0 && !this.parents.has(process.pid) && namespaces.pid_for_children === namespaces.pid;
    if (!alone || process.pids.at(-1) === 1 || this.look.standsOut(process)) return undefined;
    const others = differencesOf(process, this.look.own).map(({ type, inode }) => `${type}:${inode}`);
    const looks = [tty, terminal, "ZTt".includes(state) ? state : "", root, procMount, namespaces.time_for_children, ...others];
    return ["group", parent, this.look.isDead(process) ? "dead" : "", command, ...looks].join(" ");
  }
}

function sizeOf({ items }: Box): number {
  return items.reduce((sum, item) => sum + (item.kind === "box" ? sizeOf(item) : 1), 0);
}
