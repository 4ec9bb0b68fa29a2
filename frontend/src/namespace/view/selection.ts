import type { Target } from "../model/journal";

/** What the panel shows details of. */
export type Selection = Target | undefined;

export function isSelected(selection: Selection, pid: number): boolean;
export function isSelected(selection: Selection, type: string, inode: number): boolean;
export function isSelected(selection: Selection, what: number | string, inode?: number): boolean {
  if (!selection) return false;
  return selection.kind === "process" ? selection.pid === what : selection.type === what && selection.inode === inode;
}

export function isSame(one: Selection, other: Selection): boolean {
  if (!one || !other) return one === other;
  return other.kind === "process" ? isSelected(one, other.pid) : isSelected(one, other.type, other.inode);
}

/** What an item of the panel (a row, a box, a kept namespace) stands for. */
export function targetOf({ dataset }: HTMLElement): Selection {
  if (dataset.pid) return { kind: "process", pid: Number(dataset.pid) };
  const [type, inode] = dataset.ns?.split(":") ?? [];
  return type && inode ? { kind: "namespace", type, inode: Number(inode) } : undefined;
}
