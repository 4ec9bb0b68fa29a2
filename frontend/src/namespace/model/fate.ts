import type { Process } from "../../wire/snapshot";
import { type MessageKey, text } from "../words/messages";
import { isDying } from "./changes";
import type { NamespaceModel } from "./model";

/**
 * Where the next children of a process will be, if it is not where the process is itself.
 *
 * This relies on a property of the kernel (`pidns_for_children_get`): `/proc/PID/ns/pid_for_children` can't be read before the new
 * namespace has had a process. So if it can be read and the namespace has no process, its PID 1 has died.
 */
export type ChildrenFate =
  | { readonly kind: "elsewhere"; readonly inode: number }
  | { readonly kind: "first" }
  | { readonly kind: "none"; readonly inode: number };

export function fateOfChildren(process: Process, model: NamespaceModel): ChildrenFate | undefined {
  const { pid, pid_for_children: inode } = process.namespaces;
  if (!pid || isDying(process)) return undefined;
  if (!inode) return { kind: "first" };
  if (inode === pid) return undefined;
  return { kind: model.hasLiving(inode) || model.isDead(process) ? "elsewhere" : "none", inode };
}

const hints = { elsewhere: "childrenHint", first: "nextFirstHint", none: "noChildrenHint" } as const satisfies Record<string, MessageKey>;

/** A sentence that says what this means. */
export function fateHint(fate: ChildrenFate): string {
  return text(hints[fate.kind], fate.kind === "first" ? "" : fate.inode);
}
