import type { ExitMessage } from "../wire/sandbox";
import type { Namespace, Process, Snapshot } from "../wire/snapshot";
import { type InitDeath, identity, initDeaths, inside, isDying } from "./changes";

const greyMs = 8000;
const fadeMs = 600;
/** A loop of `unshare -pf true` shall not fill the panel with graves. */
const most = 4;

/** What is left of a PID namespace whose init died: its processes as they were last seen, and why it died as far as that is known. */
export interface Autopsy {
  readonly inode: number;
  readonly init: Process;
  readonly along: number;
  readonly signal: string | null;
  readonly status: number | null;
  readonly since: number;
  readonly ghosts: readonly Process[];
  /** Those that the ghosts were in, whether they are gone or not. */
  readonly namespaces: readonly Namespace[];
}

/** Keeps what died with an init on the panel for a while, in its place. */
export class Afterlife {
  static readonly greyMs = greyMs;
  static readonly fadeMs = fadeMs;
  private autopsies: Autopsy[] = [];
  private dead = new Set<string>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The server says how an init ended: before a snapshot shows it or after. True where that changes what is seen. */
  told(message: ExitMessage, last: Snapshot): boolean {
    if (message.init === null) return false;
    const { init: inode, signal, status } = message;
    const along = Math.max(0, message.along.length);
    const known = this.autopsies.find((autopsy) => autopsy.inode === inode && autopsy.init.pid === message.pid);
    if (known) this.put({ ...known, signal, status, along });
    else {
      const init = last.processes.find((process) => process.pid === message.pid && process.namespaces.pid === inode);
      if (!init) return false;
      const ghosts = inside(inode, last);
      this.put({ inode, init, along, signal, status, since: this.now(), ghosts, namespaces: graves(ghosts, last) });
    }
    return true;
  }

  /** A new snapshot: who is missing in it has died, who is in it lives. */
  learn(before: Snapshot, after: Snapshot): void {
    const living = new Set(after.processes.map(identity));
    for (const death of initDeaths(before, after)) {
      if (!this.autopsies.some(({ init }) => identity(init) === identity(death.init))) this.put(this.found(death, before));
    }
    const known = new Map(before.processes.map((process) => [process.pid, process]));
    this.autopsies = this.autopsies
      // The kernel gave its inode to a new namespace, or the news of its death was wrong.
      .filter(({ inode }) => !after.processes.some((process) => process.namespaces.pid === inode && !this.dead.has(identity(process))))
      .map((autopsy) => {
        const creator = known.get(autopsy.init.parent);
        const gone = creator && !living.has(identity(creator)) && !autopsy.ghosts.includes(creator);
        // `unshare` ends with its child. Without its row the box would jump.
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
    // Of a process that is dying, its ghost tells more.
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

  /** Of the PID namespace with that inode, if it died a moment ago. */
  of(inode: number): Autopsy | undefined {
    return this.autopsies.find((autopsy) => autopsy.inode === inode);
  }

  /** Is this one about to go? */
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

  private found({ inode, init, along }: InitDeath, last: Snapshot): Autopsy {
    const ghosts = [init, ...along];
    const namespaces = graves(ghosts, last);
    return { inode, init, along: along.length, signal: null, status: null, since: this.now(), ghosts, namespaces };
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

/** The namespaces in which `ghosts` were. */
function graves(ghosts: readonly Process[], { namespaces }: Snapshot): Namespace[] {
  const inodes = new Set(ghosts.flatMap((ghost) => Object.values(ghost.namespaces)));
  return namespaces.filter(({ inode }) => inodes.has(inode));
}
