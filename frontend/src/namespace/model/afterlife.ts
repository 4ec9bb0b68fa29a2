import type { ExitMessage } from "../../wire/sandbox";
import type { Namespace, Process, Snapshot } from "../../wire/snapshot";
import { type InitDeath, identity, initDeaths, inside, isDying } from "./changes";

const greyMs = 8000;
const fadeMs = 600;
/** How many autopsies are kept, so that a loop of `unshare -pf true` does not fill the panel. */
const most = 4;

/**
 * What is left of a PID namespace whose init died: its processes as they were last seen, and why the init died, as far as that is known.
 */
export interface Autopsy {
  readonly inode: number;
  readonly init: Process;
  readonly along: number;
  readonly signal: string | null;
  readonly status: number | null;
  readonly since: number;
  readonly ghosts: readonly Process[];
  /** The namespaces that the ghosts were in, whether these still exist or not. */
  readonly namespaces: readonly Namespace[];
}

/** Keeps what died with an init on the panel for a while, at its place. The dead processes are called ghosts. */
export class Afterlife {
  static readonly greyMs = greyMs;
  static readonly fadeMs = fadeMs;
  private autopsies: Autopsy[] = [];
  private dead = new Set<string>();
  /** Each process as in the last snapshot that showed all its namespaces: one that is dying gives them up before it is gone. */
  private readonly whole = new Map<string, Process>();
  private readonly known = new Map<string, Namespace>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The server says how an init ended. It may do so before or after a snapshot shows it. Returns true if this changes what is shown. */
  told(message: ExitMessage, last: Snapshot): boolean {
    if (message.init === null) return false;
    const { init: inode, signal, status } = message;
    const along = Math.max(0, message.along.length);
    const known = this.autopsies.find((autopsy) => autopsy.inode === inode && autopsy.init.pid === message.pid);
    if (known) this.put({ ...known, signal, status, along });
    else {
      const init = last.processes.find((process) => process.pid === message.pid && process.namespaces.pid === inode);
      if (!init) return false;
      this.remember(last);
      const ghosts = inside(inode, last).map((ghost) => this.asItLived(ghost));
      this.put({ inode, init: this.asItLived(init), along, signal, status, since: this.now(), ghosts, namespaces: this.graves(ghosts) });
    }
    return true;
  }

  /** Takes in a new snapshot: processes that are missing in it have died, those that are in it live. */
  learn(before: Snapshot, after: Snapshot): void {
    this.remember(before);
    const living = new Set(after.processes.map(identity));
    for (const death of initDeaths(before, after)) {
      if (!this.autopsies.some(({ init }) => identity(init) === identity(death.init))) this.put(this.found(death));
    }
    const creators = new Map(before.processes.map((process) => [process.pid, process]));
    this.autopsies = this.autopsies
      // If living processes have its inode, the kernel has given that to a new namespace, or the death was reported in error.
      .filter(({ inode }) => !after.processes.some((process) => process.namespaces.pid === inode && !this.dead.has(identity(process))))
      .map((autopsy) => {
        const creator = creators.get(autopsy.init.parent);
        const gone = creator && !living.has(identity(creator)) && !autopsy.ghosts.includes(creator);
        // `unshare` ends with its child. Without the row of `unshare` the box would jump.
        return gone && creator.namespaces.pid_for_children === autopsy.inode
          ? { ...autopsy, ghosts: [creator, ...autopsy.ghosts] }
          : autopsy;
      });
    this.count();
  }

  /** The snapshot with the dead among the living. */
  with(snapshot: Snapshot): Snapshot {
    this.expire();
    if (this.autopsies.length === 0) return snapshot;
    const ghosts = new Map(this.autopsies.flatMap((autopsy) => autopsy.ghosts).map((ghost) => [ghost.pid, ghost]));
    const living = new Set(snapshot.namespaces.map(({ type, inode }) => `${type} ${inode}`));
    const gone = new Map(
      this.autopsies.flatMap(({ namespaces }) => namespaces).map((namespace) => [`${namespace.type} ${namespace.inode}`, namespace]),
    );
    // The ghost of a dying process tells more than the process itself.
    const processes = snapshot.processes.filter((process) => !(isDying(process) && this.isDead(process)));
    const pids = new Set(processes.map(({ pid }) => pid));
    return {
      ...snapshot,
      processes: [...processes, ...[...ghosts.values()].filter(({ pid }) => !pids.has(pid))],
      namespaces: [...snapshot.namespaces, ...[...gone].filter(([key]) => !living.has(key)).map(([, namespace]) => namespace)],
    };
  }

  isDead(process: Process): boolean {
    return this.dead.has(identity(process));
  }

  /** The autopsy of the PID namespace with that inode, if it died a moment ago. */
  of(inode: number): Autopsy | undefined {
    return this.autopsies.find((autopsy) => autopsy.inode === inode);
  }

  /** Whether this ghost is about to go. */
  isFading(process: Process): boolean {
    const last = this.autopsies.findLast(({ ghosts }) => ghosts.some((ghost) => ghost.pid === process.pid));
    return last !== undefined && this.age(last) >= greyMs;
  }

  /** Milliseconds until something fades or goes; undefined while nothing is dead. */
  next(): number | undefined {
    const times = this.autopsies.map((autopsy) => {
      const age = this.age(autopsy);
      return (age < greyMs ? greyMs : greyMs + fadeMs) - age;
    });
    return times.length > 0 ? Math.max(0, Math.min(...times)) : undefined;
  }

  private found({ inode, init, along }: InitDeath): Autopsy {
    const ghosts = [init, ...along].map((ghost) => this.asItLived(ghost));
    const namespaces = this.graves(ghosts);
    return { inode, init: this.asItLived(init), along: along.length, signal: null, status: null, since: this.now(), ghosts, namespaces };
  }

  private remember({ processes, namespaces }: Snapshot): void {
    const here = new Set(processes.map(identity));
    for (const id of this.whole.keys()) if (!here.has(id)) this.whole.delete(id);
    for (const process of processes) if (process.namespaces.uts && process.namespaces.mnt) this.whole.set(identity(process), process);
    const inodes = new Set([...this.whole.values()].flatMap((process) => Object.values(process.namespaces)));
    for (const [key, { inode }] of this.known) if (!inodes.has(inode)) this.known.delete(key);
    for (const namespace of namespaces) this.known.set(`${namespace.type} ${namespace.inode}`, namespace);
  }

  private asItLived(process: Process): Process {
    return this.whole.get(identity(process)) ?? process;
  }

  /** The namespaces that the ghosts were in. */
  private graves(ghosts: readonly Process[]): Namespace[] {
    const inodes = new Set(ghosts.flatMap((ghost) => Object.values(ghost.namespaces)));
    return [...this.known.values()].filter(({ inode }) => inodes.has(inode));
  }

  private put(autopsy: Autopsy): void {
    this.autopsies = [...this.autopsies.filter(({ inode }) => inode !== autopsy.inode), autopsy].slice(-most);
    this.count();
  }

  private expire(): void {
    this.autopsies = this.autopsies.filter((autopsy) => this.age(autopsy) < greyMs + fadeMs);
    this.count();
  }

  private age({ since }: Autopsy): number {
    return this.now() - since;
  }

  private count(): void {
    this.dead = new Set(this.autopsies.flatMap(({ ghosts }) => ghosts.map(identity)));
  }
}
