import { language } from "../../kit/messages";
import { plainLine } from "../../kit/plain-text";
import type { CallEvent, ExitMessage, OutcomeMessage } from "../../wire/sandbox";
import type { Process, Snapshot } from "../../wire/snapshot";
import { named, type Part, part } from "../words/sentence";
import { callParts } from "./call-sentence";
import { type Change, changesBetween, type InitDeath } from "./changes";

export type Target =
  | { readonly kind: "process"; readonly pid: number }
  | { readonly kind: "namespace"; readonly type: string; readonly inode: number };

/** One thing that happened. `targets` is what it was about, the most telling first. */
export interface Entry {
  readonly id: number;
  readonly at: Date;
  readonly kind: "call" | "kill" | "born" | "entered" | "hostname" | "death" | "lost";
  readonly parts: readonly Part[];
  readonly targets: readonly Target[];
  /** The outcome of a call, as in {@link OutcomeMessage}. */
  readonly outcome?: string;
}

/** What happened in a sandbox, as sentences: the calls that the server reports, and the differences between snapshots. */
export class Journal {
  entries: readonly Entry[] = [];
  private count = 0;
  private lostNow = 0;
  /** Entries of calls whose outcome is not yet known, by the server's id. */
  private readonly open = new Map<number, { id: number; event: CallEvent }>();
  /** Entries of inits that died, by PID and inode, so that a death is told once: the server's report replaces what the snapshots told. */
  private readonly deaths = new Map<string, number>();
  /** Entries of new inits that still run the program of their creator: `unshare` forks, and its child becomes bash by execve. */
  private readonly newborn = new Map<number, { id: number; inode: number; command: string }>();

  constructor(
    private readonly now: () => Date = () => new Date(),
    private readonly limit = 500,
  ) {}

  /** How many entries there ever were. */
  get total(): number {
    return this.count;
  }

  called(event: CallEvent): void {
    const id = this.add(callEntry(event));
    if (event.id !== null && event.outcome === "") remember(this.open, event.id, { id, event });
  }

  /** The server has found out the outcome of a call. */
  became({ event: number, type: _, ...outcome }: OutcomeMessage): void {
    const known = this.open.get(number);
    if (!known) return;
    this.open.delete(number);
    this.replace(known.id, callEntry({ ...known.event, ...outcome }));
  }

  lost(count: number): void {
    const last = this.entries.at(-1);
    this.lostNow = last?.kind === "lost" ? this.lostNow + count : count;
    const entry = { at: this.now(), kind: "lost" as const, parts: [part("tlLost", this.lostNow.toLocaleString(language))], targets: [] };
    if (last?.kind === "lost") this.replace(last.id, entry);
    else this.add(entry);
  }

  exited(message: ExitMessage): void {
    const { pid, command, init, signal, status } = message;
    this.died(pid, init, {
      at: new Date(message.at),
      kind: "death",
      parts: deathParts(command, pid, init, signal, status, message.along.length),
      targets: [process(pid), ...(init ? [namespace("pid", init)] : [])],
    });
  }

  observed(before: Snapshot, after: Snapshot): void {
    for (const change of changesBetween(before, after)) this.note(change, after);
    this.rename(after);
  }

  private note(change: Change, after: Snapshot): void {
    const at = this.now();
    switch (change.kind) {
      case "born": {
        const { pid, command, parent } = change.process;
        const id = this.add({ at, kind: "born", parts: bornParts(change.process, change.inode), targets: [process(pid)] });
        const maker = after.processes.find((other) => other.pid === parent);
        if (maker?.command === command) this.newborn.set(pid, { id, inode: change.inode, command });
        return;
      }
      case "entered": {
        const { pid, command } = change.process;
        const list = change.namespaces.map(({ type, inode }) => `${type} ${inode}`).join(", ");
        const parts = [part(change.made ? "tlMade" : "tlJoined", named(command, pid), list)];
        this.add({ at, kind: "entered", parts, targets: [process(pid)] });
        return;
      }
      case "hostname": {
        const parts = [part("tlHostname", change.inode, { strong: plainLine(change.hostname, 64) })];
        this.add({ at, kind: "hostname", parts, targets: [namespace("uts", change.inode)] });
        return;
      }
      case "died":
        if (!this.deaths.has(deathKey(change.init.pid, change.inode))) this.died(change.init.pid, change.inode, this.foundDead(change));
    }
  }

  private foundDead({ init, inode, along }: InitDeath): Omit<Entry, "id"> {
    const parts = deathParts(init.command, init.pid, inode, null, null, along.length);
    return { at: this.now(), kind: "death", parts, targets: [process(init.pid), namespace("pid", inode)] };
  }

  private died(pid: number, inode: number | null, entry: Omit<Entry, "id">): void {
    const key = deathKey(pid, inode);
    const known = inode === null ? undefined : this.deaths.get(key);
    if (known !== undefined) this.replace(known, entry);
    else {
      const id = this.add(entry);
      if (inode !== null) remember(this.deaths, key, id);
    }
  }

  /** Gives new inits the name of the program that they have become meanwhile. */
  private rename({ processes }: Snapshot): void {
    for (const [pid, { id, inode, command }] of this.newborn) {
      const now = processes.find((process) => process.pid === pid);
      if (now?.command === command) continue;
      this.newborn.delete(pid);
      const old = this.entries.find((entry) => entry.id === id);
      if (now && old) this.replace(id, { ...old, parts: bornParts(now, inode) });
    }
  }

  private add(entry: Omit<Entry, "id">): number {
    const id = this.count++;
    this.entries = [...this.entries.slice(-(this.limit - 1)), { ...entry, id }];
    return id;
  }

  private replace(id: number, entry: Omit<Entry, "id">): void {
    this.entries = this.entries.map((old) => (old.id === id ? { ...entry, id } : old));
  }
}

const process = (pid: number): Target => ({ kind: "process", pid });
const namespace = (type: string, inode: number): Target => ({ kind: "namespace", type, inode });
const deathKey = (pid: number, inode: number | null) => `${pid} ${inode}`;

function callEntry(event: CallEvent): Omit<Entry, "id"> {
  const kind = event.syscall === "kill" ? "kill" : "call";
  return { at: new Date(event.at), kind, parts: callParts(event), targets: [process(event.pid)], outcome: event.outcome };
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > 100 && oldest !== undefined) map.delete(oldest);
}

function bornParts({ command, pid }: Process, inode: number): Part[] {
  return [part("tlBorn", named(command, pid), inode)];
}

function deathParts(
  command: string,
  pid: number,
  init: number | null,
  signal: string | null,
  status: number | null,
  along: number,
): Part[] {
  const who = named(command, pid);
  const first = init ? part("tlInit", who, init) : part("tlProcess", who);
  const how = signal ? part("tlKilled", signal) : status === null ? part("tlEnded") : part("tlExited", status);
  return [first, how, ...(along === 1 ? [part("tlAlongOne")] : along > 1 ? [part("tlAlongMany", along)] : [])];
}
