import { namespaceTypes, type Process, type Snapshot } from "../../wire/snapshot";
import type { Difference } from "./differences";

/** What happened between two snapshots of one sandbox, as far as these tell. */
export type Change =
  | { readonly kind: "entered"; readonly process: Process; readonly namespaces: readonly Difference[]; readonly made: boolean }
  | { readonly kind: "born"; readonly process: Process; readonly inode: number }
  | { readonly kind: "hostname"; readonly inode: number; readonly hostname: string }
  | InitDeath;

/** The init of a PID namespace is gone, and with it all processes that were in it. */
export interface InitDeath {
  readonly kind: "died";
  readonly inode: number;
  readonly init: Process;
  /** The other processes that died with it, including those of nested namespaces. */
  readonly along: readonly Process[];
}

export function changesBetween(before: Snapshot, after: Snapshot): Change[] {
  const old = new Map(before.processes.map((process) => [process.pid, process]));
  const now = new Map(after.processes.map((process) => [process.pid, process]));
  const known = new Set(before.namespaces.map(({ type, inode, id }) => `${type} ${inode} ${id}`));
  const made = new Set(
    after.namespaces.filter(({ type, inode, id }) => !known.has(`${type} ${inode} ${id}`)).map(({ type, inode }) => `${type} ${inode}`),
  );
  const entered = after.processes.flatMap((process) => enteredBy(process, old.get(process.pid) ?? now.get(process.parent), made));
  const born = after.processes.flatMap((process) => bornNow(process, old.get(process.pid)));
  const deaths = initDeaths(before, after);
  const along = new Set(deaths.flatMap((death) => death.along));
  // An init that died with another one is among those that died with it.
  return [...entered, ...born, ...renamed(before, after), ...deaths.filter(({ init }) => !along.has(init))];
}

/** The namespaces that `process` is in now, and was not before. A new process is compared with its parent. */
function enteredBy(process: Process, base: Process | undefined, made: Set<string>): Change[] {
  if (!base || process.pids.at(-1) === 1) return [];
  const moved = namespaceTypes.flatMap((type) => {
    const inode = process.namespaces[type];
    return inode && base.namespaces[type] && inode !== base.namespaces[type] ? [{ type, inode }] : [];
  });
  const parts = [true, false].map((fresh) => ({
    fresh,
    namespaces: moved.filter(({ type, inode }) => made.has(`${type} ${inode}`) === fresh && (!fresh || type !== "pid")),
  }));
  return parts
    .filter(({ namespaces }) => namespaces.length > 0)
    .map(({ fresh, namespaces }) => ({ kind: "entered", process, namespaces, made: fresh }));
}

function bornNow(process: Process, old: Process | undefined): Change[] {
  const inode = process.namespaces.pid;
  const first = process.pids.length > 1 && process.pids.at(-1) === 1 && inode;
  return first && old?.namespaces.pid !== inode ? [{ kind: "born", process, inode }] : [];
}

/** Leaves out new UTS namespaces, because their host name is that of the namespace that they were copied from. */
function renamed(before: Snapshot, after: Snapshot): Change[] {
  const names = new Map(before.namespaces.filter(({ type }) => type === "uts").map(({ inode, hostname }) => [inode, hostname]));
  const known = new Set(names.values());
  return after.namespaces.flatMap(({ type, inode, hostname }) => {
    if (type !== "uts" || hostname === null || names.get(inode) === hostname) return [];
    return names.get(inode) || !known.has(hostname) ? [{ kind: "hostname", inode, hostname }] : [];
  });
}

/** The inits that are missing or dying in `after`, except the sandbox's own. */
export function initDeaths(before: Snapshot, after: Snapshot): InitDeath[] {
  const living = new Set(after.processes.filter((process) => !isDying(process)).map(identity));
  return before.processes
    .filter((process) => isInit(process) && !isDying(process) && !living.has(identity(process)))
    .map((init) => {
      const inode = init.namespaces.pid ?? 0;
      const along = inside(inode, before).filter((process) => process !== init && !living.has(identity(process)));
      return { kind: "died", inode, init, along };
    });
}

/** PID 1 of a PID namespace within the sandbox. */
function isInit({ pids, namespaces }: Process): boolean {
  return pids.length > 1 && pids.at(-1) === 1 && namespaces.pid !== undefined;
}

/**
 * Whether the process is exiting: it gives up its namespaces before it becomes a zombie (`exit_task_namespaces`). Only pid and user can
 * still be read then.
 */
export function isDying({ state, namespaces }: Process): boolean {
  return state === "Z" || state === "X" || (!namespaces.uts && !namespaces.mnt);
}

/** All processes in the PID namespace and in those nested in it. */
export function inside(inode: number, { processes }: Snapshot): Process[] {
  const init = processes.find((process) => process.namespaces.pid === inode);
  if (!init) return [];
  const depth = init.pids.length;
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  const found = new Map<Process, boolean>();
  const isInside = (process: Process): boolean => {
    const known = found.get(process);
    if (known !== undefined) return known;
    // Set while the answer is being looked for, so that a circle of parents ends.
    found.set(process, false);
    const parent = byPid.get(process.parent);
    // A zombie's namespace can't be read. It is the one of its ancestor at the same depth.
    const { pid } = process.namespaces;
    const deepEnough = process.pids.length > depth || (pid === undefined && process.pids.length === depth);
    const answer = pid === inode || (deepEnough && parent !== undefined && isInside(parent));
    found.set(process, answer);
    return answer;
  };
  return processes.filter(isInside);
}

/** PIDs are reused, and so are inodes. Together they tell processes of nearby moments apart. */
export function identity({ pid, pids, namespaces }: Process): string {
  return `${pid} ${pids.join(".")} ${namespaces.pid ?? ""}`;
}

/** Whether both show the same sandbox without a reset in between. A reset keeps the id, but not the namespaces. */
export function isSameSandbox(one: Snapshot, other: Snapshot): boolean {
  const root = ({ namespaces }: Snapshot) => namespaces.find(({ type, sandboxRoot }) => type === "pid" && sandboxRoot);
  return one.sandbox === other.sandbox && root(one)?.inode === root(other)?.inode && root(one)?.id === root(other)?.id;
}
