import type { Mount } from "../../wire/mounts";
import type { Snapshot } from "../../wire/snapshot";

/** A mount that is in two namespaces with different options. */
export interface Change {
  readonly here: Mount;
  readonly outside: Mount;
}

/**
 * A mount namespace compared with the sandbox's own. Every mount of the two is in exactly one of these lists. `retuned` and `same` have
 * the mounts of the compared namespace.
 */
export interface Comparison {
  readonly here: readonly Mount[];
  readonly missing: readonly Mount[];
  readonly changed: readonly Change[];
  /** Mounted in both, and alike except for their propagation. */
  readonly retuned: readonly Mount[];
  readonly same: readonly Mount[];
}

/** How mounts propagate from one mount namespace to another: both ways between peers, one way from a peer group to its slaves. */
export type Crossing = "both" | "from" | "to";

/** The border between a mount namespace and the one with that inode: the mounts here below which new mounts cross it. */
export interface Border {
  readonly inode: number;
  readonly crossing: Crossing;
  readonly mounts: readonly Mount[];
}

/** The complete lists of mounts of all mount namespaces in a snapshot. */
export class Mounts {
  private readonly lists = new Map<number, readonly Mount[]>();
  /** For each list that is a difference, the ids that were not taken over. */
  private readonly without = new Map<number, ReadonlySet<number>>();
  private readonly found = new Map<number, readonly Border[]>();

  constructor({ namespaces }: Snapshot) {
    const told = new Map(namespaces.flatMap(({ type, inode, mounts }) => (type === "mnt" && mounts ? [[inode, mounts]] : [])));
    for (const [inode, { base, without, mounts }] of told) {
      const left = new Set(without);
      const taken = base === null ? [] : (told.get(base)?.mounts ?? []).filter(({ id }) => !left.has(id));
      this.lists.set(inode, [...taken, ...mounts]);
      this.without.set(inode, left);
    }
  }

  /** How many mount namespaces have a list. */
  get count(): number {
    return this.lists.size;
  }

  /** The mounts of that namespace; undefined if nothing is known about them. */
  of(inode: number | undefined): readonly Mount[] | undefined {
    return inode === undefined ? undefined : this.lists.get(inode);
  }

  /** The mount on which `path` lies in that namespace. */
  under(path: string, inode: number | undefined): Mount | undefined {
    const above = (this.of(inode) ?? []).filter(({ point }) => isAtOrBelow(path, point));
    return above.reduce<Mount | undefined>((best, mount) => (best && best.point.length > mount.point.length ? best : mount), undefined);
  }

  compare(inode: number, outside: number): Comparison {
    const rest = new Map<string, Mount[]>();
    for (const mount of this.of(outside) ?? []) rest.set(placeOf(mount), [...(rest.get(placeOf(mount)) ?? []), mount]);
    const take = (mount: Mount, isLike: (other: Mount) => boolean): Mount | undefined => {
      const others = rest.get(placeOf(mount)) ?? [];
      const found = others.findIndex(isLike);
      return found < 0 ? undefined : others.splice(found, 1)[0];
    };
    const result = { here: [] as Mount[], changed: [] as Change[], retuned: [] as Mount[], same: [] as Mount[] };
    const others = (this.of(inode) ?? []).filter((mount) => {
      const equal = take(mount, (other) => optionsOf(other) === optionsOf(mount) && tuneOf(other) === tuneOf(mount));
      if (equal) result.same.push(mount);
      return !equal;
    });
    // Only the mounts that have no equal are compared further.
    for (const mount of others) {
      const other = take(mount, () => true);
      if (!other) result.here.push(mount);
      else if (optionsOf(other) === optionsOf(mount)) result.retuned.push(mount);
      else result.changed.push({ here: mount, outside: other });
    }
    return { ...result, missing: [...rest.values()].flat() };
  }

  /** The borders between that namespace and others, peers first. */
  borders(inode: number): readonly Border[] {
    const found = this.found.get(inode) ?? this.findBorders(inode);
    this.found.set(inode, found);
    return found;
  }

  /** Whether a mount of any namespace here belongs to that peer group. */
  hasGroup(group: number): boolean {
    return [...this.lists.values()].some((list) => list.some(({ peerGroup }) => peerGroup === group));
  }

  /**
   * The mounts of a namespace to which no path leads, because another one was mounted over them later. If a mount was taken over from
   * another list without its parent, it is unknown where it is attached here; it then counts as visible.
   */
  covered(inode: number): ReadonlySet<Mount> {
    const list = this.of(inode) ?? [];
    const byId = new Map(list.map((mount) => [mount.id, mount]));
    const lost = this.without.get(inode);
    return new Set(
      list.filter((mount, index) => {
        const line = lineOf(mount, byId);
        if (line.some(({ parent }) => lost?.has(parent))) return false;
        return list.slice(index + 1).some((later) => isAtOrBelow(mount.point, later.point) && !line.includes(later));
      }),
    );
  }

  private findBorders(inode: number): Border[] {
    const mine = this.of(inode) ?? [];
    const borders = [...this.lists].flatMap(([other, theirs]) => {
      if (other === inode) return [];
      const groups = new Set(theirs.map(({ peerGroup }) => peerGroup).filter((group) => group !== null));
      const masters = new Set(theirs.map(({ master }) => master).filter((group) => group !== null));
      const ways: [Crossing, (mount: Mount) => boolean][] = [
        ["both", ({ peerGroup }) => peerGroup !== null && groups.has(peerGroup)],
        ["from", ({ master }) => master !== null && groups.has(master)],
        ["to", ({ peerGroup }) => peerGroup !== null && masters.has(peerGroup)],
      ];
      return ways.map(([crossing, crosses]) => ({ inode: other, crossing, mounts: mine.filter(crosses) }));
    });
    const order: Crossing[] = ["both", "from", "to"];
    return borders
      .filter(({ mounts }) => mounts.length > 0)
      .sort((one, other) => order.indexOf(one.crossing) - order.indexOf(other.crossing));
  }
}

/** A mount and those that it is mounted on, as far as these are known. */
function lineOf(mount: Mount, byId: ReadonlyMap<number, Mount>): Mount[] {
  const line: Mount[] = [];
  for (let next: Mount | undefined = mount; next && !line.includes(next); next = byId.get(next.parent)) line.push(next);
  return line;
}

function isAtOrBelow(path: string, point: string): boolean {
  return path === point || path.startsWith(point === "/" ? "/" : `${point}/`);
}

/** Identifies what is mounted at which point. */
function placeOf({ device, point, root, type, source }: Mount): string {
  return [device, point, root, type, source].join("\0");
}

function optionsOf({ options, superOptions }: Mount): string {
  return `${options} ${superOptions}`;
}

function tuneOf({ propagation, peerGroup, master }: Mount): string {
  return `${propagation} ${peerGroup} ${master}`;
}
