import type { Mount } from "./mounts";
import type { CallEvent, ExitMessage } from "./sandbox";
import type { Namespace, Process, Snapshot } from "./snapshot";

/** A sandbox with its init, one shell, and what a test adds. */
export const own = { pid: 100, pid_for_children: 100, uts: 101, mnt: 102, ipc: 103, net: 104, user: 105, cgroup: 106, time: 107 };

export function process(pids: number[], parent: number, command: string, namespaces: Record<string, number> = {}): Process {
  const all = { ...own, ...namespaces };
  if (namespaces.pid && !namespaces.pid_for_children) all.pid_for_children = namespaces.pid;
  return {
    pid: pids[0] ?? 0,
    pids,
    parent,
    command,
    arguments: [command],
    state: "S",
    tty: null,
    uid: 0,
    terminal: null,
    namespaces: all,
    procMount: "own",
    root: "/",
    threads: 1,
    otherThreads: [],
    caught: [],
    blocked: [],
    ignored: [],
  };
}

export function namespace(type: string, inode: number, more: Partial<Namespace> = {}): Namespace {
  const unknown = { id: null, parent: null, owner: null, hostname: null, mounts: null };
  const empty = { sandboxRoot: false, holders: [], uidMap: [], interfaces: [] };
  return { type, inode, members: 1, heldBy: ["process"], ...unknown, ...empty, ...more };
}

export function snapshot(processes: Process[], namespaces: Namespace[] = [], revision = 1): Snapshot {
  const roots = Object.entries(own).filter(([type]) => type !== "pid_for_children");
  const root = roots.map(([type, inode]) => namespace(type, inode, { sandboxRoot: true, hostname: type === "uts" ? "lab" : null }));
  return {
    type: "snapshot",
    sandbox: "s",
    revision,
    namespaces: [...root, ...namespaces],
    processes: [process([1], 0, "init"), process([2], 1, "bash"), ...processes],
  };
}

/** A call by `unshare(21)` of which nothing more is known. */
export function call(more: Partial<CallEvent>): CallEvent {
  const unknown = { id: null, target: null, signal: null, outcome: "", point: null, fileSystem: null, source: null };
  const pid = more.pid ?? 21;
  const known = { pid, tid: pid, command: "unshare", syscall: "unshare", flags: [] };
  return { type: "event", at: "2026-11-24T10:21:07Z", ...unknown, ...known, ...more };
}

/** A bash that is PID 1 of the namespace 200 is killed, and with it the sleep that it had started there. */
export const killed: ExitMessage = {
  type: "exit",
  at: "2026-11-24T10:22:40Z",
  pid: 10,
  pids: [10, 1],
  command: "bash",
  status: 137,
  signal: "SIGKILL",
  init: 200,
  along: [{ pid: 11, pids: [11, 2], command: "sleep" }],
};

/** A private tmpfs. */
export function mount(id: number, parent: number, point: string, more: Partial<Mount> = {}): Mount {
  const tmpfs = { device: "0:52", root: "/", type: "tmpfs", source: "none", options: ["rw", "relatime"], superOptions: [] };
  return { id, parent, point, ...tmpfs, propagation: "private", peerGroup: null, master: null, ...more };
}
