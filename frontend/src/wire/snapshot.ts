import type { Fields } from "./json";

/** The kinds of namespaces, in the order in which the page lists them. */
export const namespaceTypes = ["pid", "uts", "mnt", "ipc", "net", "user", "cgroup", "time"] as const;
export type NamespaceType = (typeof namespaceTypes)[number];

/** One namespace; `parent` and `owner` are inode numbers, `id` is unique for good where the kernel has it. */
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
  /** What keeps it alive besides its members. */
  readonly holders: readonly Holder[];
  /** Of a user namespace, as its sandbox's first terminal reads it; empty for all others, and while it has none. */
  readonly uidMap: readonly UidRange[];
  /** Of a network namespace, by name. */
  readonly interfaces: readonly string[];
}

/** What keeps a namespace alive: a bind mount or an open file of a process, or a namespace inside it or owned by it. */
export type Holder =
  | { readonly kind: "mount"; readonly pid: number; readonly path: string }
  | { readonly kind: "fd"; readonly pid: number; readonly fd: number }
  | { readonly kind: "namespace"; readonly inode: number };

/** `count` user ids from `inside` on are those from `outside` on. */
export interface UidRange {
  readonly inside: number;
  readonly outside: number;
  readonly count: number;
}

/** One process: `pids` runs from the sandbox's first PID namespace inwards, the last is its PID in its own. */
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
  /** Inode numbers by type, `pid_for_children` and perhaps `time_for_children` among them; some are missing where they can't be read (zombies). */
  readonly namespaces: Readonly<Record<string, number>>;
  /** Whose /proc it sees; null while that is unknown. */
  readonly procMount: string | null;
}

export interface Snapshot {
  readonly type: "snapshot";
  readonly sandbox: string;
  readonly revision: number;
  readonly namespaces: readonly Namespace[];
  readonly processes: readonly Process[];
}

/** A snapshot of a sandbox, from a WebSocket message or the body of `GET …/snapshot`. */
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
  };
}

/** Undefined for a kind that is not known here: a newer server may find more. */
function readHolder(fields: Fields): Holder | undefined {
  const kind = fields.text("kind");
  switch (kind) {
    case "mount":
      return { kind, pid: fields.number("pid"), path: fields.text("path") };
    case "fd":
      return { kind, pid: fields.number("pid"), fd: fields.number("fd") };
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
  };
}
