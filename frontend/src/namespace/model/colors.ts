import { namespaceTypes, type Process, type Snapshot } from "../../wire/snapshot";

/** How many colours there are besides number 0, which is the sandbox's own. They are in `tokens.css`. */
export const colorCount = 8;

const types = [...namespaceTypes, "pid_for_children", "time_for_children"];

/**
 * Gives every namespace the number of its colour, in order of appearance: 0 to the sandbox's own, and one number to all that came
 * together, as `unshare -p -u` creates them. A namespace keeps its number as long as it exists. The kernel reuses inodes at once, so
 * namespaces that a snapshot no longer has are forgotten.
 */
export class NamespaceColors {
  private colors = new Map<string, number>();

  /** Takes in a snapshot. After that, {@link of} knows all namespaces in it. */
  learn(snapshot: Snapshot): void {
    const ids = new Map(snapshot.namespaces.map(({ type, inode, id }) => [key(type, inode), `${type}:${id ?? inode}`]));
    const before = this.colors;
    const kept = new Map<string, number>();
    const identity = (type: string, inode: number) => ids.get(key(type, inode)) ?? key(type, inode);
    for (const { type, inode, sandboxRoot } of snapshot.namespaces) {
      const known = sandboxRoot ? 0 : before.get(identity(type, inode));
      if (known !== undefined) kept.set(identity(type, inode), known);
    }
    const init = snapshot.processes.find(({ pid }) => pid === 1);
    for (const type of types) if (init?.namespaces[type]) kept.set(identity(plain(type), init.namespaces[type]), 0);
    for (const process of snapshot.processes) this.meet(process, kept, before, identity);
    for (const { type, inode } of snapshot.namespaces) {
      const name = identity(type, inode);
      if (!kept.has(name)) kept.set(name, free(kept, before));
    }
    this.colors = kept;
    this.identity = identity;
  }

  /** The number of the colour of the namespace with this inode; 0 if it is the sandbox's own or unknown. */
  of(type: string, inode: number | undefined): number {
    return inode === undefined ? 0 : (this.colors.get(this.identity(plain(type), inode)) ?? 0);
  }

  private identity: (type: string, inode: number) => string = key;

  private meet(
    process: Process,
    kept: Map<string, number>,
    before: Map<string, number>,
    identity: (type: string, inode: number) => string,
  ): void {
    let fresh: number | undefined;
    for (const type of types) {
      const inode = process.namespaces[type];
      if (!inode) continue;
      const name = identity(plain(type), inode);
      if (kept.has(name)) continue;
      const color = before.get(name) ?? fresh ?? free(kept, before);
      if (!before.has(name)) fresh = color;
      kept.set(name, color);
    }
  }
}

/** The namespace type behind a process's entry: `pid_for_children` is a PID namespace. */
export function plain(type: string): string {
  return type.replace(/_for_children$/, "");
}

function key(type: string, inode: number): string {
  return `${type}:${inode}`;
}

/** The lowest number that no namespace has or, when all are taken, the one that the fewest have. */
function free(kept: Map<string, number>, before: Map<string, number>): number {
  const uses = new Array<number>(colorCount + 1).fill(0);
  for (const color of [...kept.values(), ...before.values()]) uses[color] = (uses[color] ?? 0) + 1;
  const rest = uses.slice(1);
  return 1 + rest.indexOf(Math.min(...rest));
}
