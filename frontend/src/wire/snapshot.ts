import type { Fields } from "./json";
import { type MountList, readMounts } from "./mounts";

/** The kinds of namespaces, in the order in which the page lists them. */
export const namespaceTypes = ["pid", "uts", "mnt", "ipc", "net", "user", "cgroup", "time"] as const;
export type NamespaceType = (typeof namespaceTypes)[number];

/** One namespace. `parent` and `owner` are inodes. `id` is never used again; null if the kernel has no ids. */
export interface Namespace {
  readonly type: string;
  readonly inode: number;
  readonly id: number | null;
  readonly parent: number | null;
  readonly owner: number | null;
  readonly sandboxRoot: boolean;
  readonly hostname: string | null;
  readonly members: number;
  readonly heldBy: readonly string[];
  /** What keeps the namespace alive besides its members. */
  readonly holders: readonly Holder[];
  /** The UID map of a user namespace, as a process of the sandbox reads it; empty for all others, and while there is none. */
  readonly uidMap: readonly UidRange[];
  /** The names of the interfaces of a network namespace. */
  readonly interfaces: readonly string[];
  /** The mounts of a mount namespace; null for all others, and if they could not be read. */
  readonly mounts: MountList | null;
}

/**
 * What keeps a namespace alive: a bind mount, an open file, a socket or a thread of a process, or a namespace inside it or owned by it.
 * PIDs and TIDs are those of the sandbox's first PID namespace.
 */
export type Holder =
  | { readonly kind: "mount"; readonly pid: number; readonly path: string }
  | { readonly kind: "fd"; readonly pid: number; readonly fd: number }
  | { readonly kind: "socket"; readonly pid: number; readonly fd: number }
  | { readonly kind: "thread"; readonly pid: number; readonly tid: number }
  | { readonly kind: "namespace"; readonly inode: number };

/** `count` user ids from `inside` on are outside those from `outside` on. */
export interface UidRange {
  readonly inside: number;
  readonly outside: number;
  readonly count: number;
}

/** One process. `pids` has its PIDs from the sandbox's first PID namespace inwards. The last is the one in its own namespace. */
export interface Process {
  readonly pid: number;
  readonly pids: readonly number[];
  readonly parent: number;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly state: string;
  readonly tty: string | null;
  readonly uid: number;
  readonly terminal: string | null;
  /** Inodes by type, including `pid_for_children` and possibly `time_for_children`. Those that can't be read (zombies) are missing. */
  readonly namespaces: Readonly<Record<string, number>>;
  /** The PID namespace whose processes its /proc shows; null while it is unknown. */
  readonly procMount: string | null;
  /** Its root directory, as a path in its mount namespace; null if it can't be read. */
  readonly root: string | null;
  /** How many living threads it has. */
  readonly threads: number;
  /** Its threads that are in other namespaces than the first one. */
  readonly otherThreads: readonly Thread[];
  /** Signals by name, in order of number. */
  readonly caught: readonly string[];
  readonly blocked: readonly string[];
  readonly ignored: readonly string[];
}

/** A thread. `tids` has its TIDs from the sandbox's first PID namespace inwards. */
export interface Thread {
  readonly tid: number;
  readonly tids: readonly number[];
  readonly command: string;
  readonly namespaces: Readonly<Record<string, number>>;
}

export interface Snapshot {
  readonly type: "snapshot";
  readonly sandbox: string;
  readonly revision: number;
  readonly namespaces: readonly Namespace[];
  readonly processes: readonly Process[];
}

/**
 * How many tasks count against the sandbox's limit. The kernel counts threads, and a zombie as one. The sandbox's own init is not counted
 * (`RLIMIT_NPROC`), nor does the limit of its cgroup include it.
 */
export function tasksIn({ processes }: Snapshot): number {
  return processes.reduce((sum, { pid, threads }) => (pid === 1 ? sum : sum + Math.max(1, threads)), 0);
}

/** Reads a snapshot from a WebSocket message or the body of `GET …/snapshot`. */
export function readSnapshot(fields: Fields): Snapshot {
  return {
    type: "snapshot",
    sandbox: fields.text("sandbox"),
    revision: fields.number("revision"),
    namespaces: fields.objects("namespaces", readNamespace),
    processes: fields.objects("processes", readProcess),
  };
}

function readNamespace(fields: Fields): Namespace {
  const number = (name: string) => fields.number(name);
  return {
    type: fields.text("type"),
    inode: fields.number("inode"),
    id: fields.optional("id", number),
    parent: fields.optional("parent", number),
    owner: fields.optional("owner", number),
    sandboxRoot: fields.flag("sandboxRoot"),
    hostname: fields.optional("hostname", (name) => fields.text(name)),
    members: fields.number("members"),
    heldBy: fields.texts("heldBy"),
    holders: fields.optional("holders", (name) => fields.objects(name, readHolder).filter((holder) => holder !== undefined)) ?? [],
    uidMap: fields.optional("uidMap", (name) => fields.objects(name, readRange)) ?? [],
    interfaces: fields.optional("interfaces", (name) => fields.texts(name)) ?? [],
    mounts: fields.optional("mounts", (name) => readMounts(fields.object(name))),
  };
}

/** Undefined if the kind is unknown, because a newer server may find more. */
function readHolder(fields: Fields): Holder | undefined {
  const kind = fields.text("kind");
  switch (kind) {
    case "mount":
      return { kind, pid: fields.number("pid"), path: fields.text("path") };
    case "fd":
    case "socket":
      return { kind, pid: fields.number("pid"), fd: fields.number("fd") };
    case "thread":
      return { kind, pid: fields.number("pid"), tid: fields.number("tid") };
    case "namespace":
      return { kind, inode: fields.number("inode") };
    default:
      return undefined;
  }
}

function readRange(fields: Fields): UidRange {
  return { inside: fields.number("inside"), outside: fields.number("outside"), count: fields.number("count") };
}

function readProcess(fields: Fields): Process {
  const text = (name: string) => fields.text(name);
  const texts = (name: string) => fields.optional(name, () => fields.texts(name)) ?? [];
  const pid = fields.number("pid");
  const pids = fields.numbers("pids");
  return {
    pid,
    pids: pids.length > 0 ? pids : [pid],
    parent: fields.optional("parent", (name) => fields.number(name)) ?? 0,
    command: fields.text("command"),
    arguments: fields.texts("arguments"),
    state: fields.text("state"),
    tty: fields.optional("tty", text),
    uid: fields.number("uid"),
    terminal: fields.optional("terminal", text),
    namespaces: fields.object("namespaces").allNumbers(),
    procMount: fields.optional("procMount", text),
    root: fields.optional("root", text),
    threads: fields.optional("threads", (name) => fields.number(name)) ?? 1,
    otherThreads: fields.optional("otherThreads", (name) => fields.objects(name, readThread)) ?? [],
    caught: texts("caught"),
    blocked: texts("blocked"),
    ignored: texts("ignored"),
  };
}

function readThread(fields: Fields): Thread {
  return {
    tid: fields.number("tid"),
    tids: fields.numbers("tids"),
    command: fields.text("command"),
    namespaces: fields.object("namespaces").allNumbers(),
  };
}
