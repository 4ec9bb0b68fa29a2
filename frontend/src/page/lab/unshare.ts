import { type NamespaceType, namespaceTypes } from "../../wire/snapshot";

export const killSignals = ["SIGKILL", "SIGTERM", "SIGHUP"] as const;
export type KillSignal = (typeof killSignals)[number];

/** A person's choice of a new namespaced shell. */
export interface ShellChoice {
  readonly types: readonly NamespaceType[];
  readonly fork: boolean;
  readonly mountProc: boolean;
  /** The signal that the shell receives when `unshare` dies; null for none. */
  readonly killChild: KillSignal | null;
  readonly mapRoot: boolean;
}

/** The default choice, with which the article begins. */
export const usualChoice: ShellChoice = { types: ["pid", "uts"], fork: true, mountProc: true, killChild: null, mapRoot: false };

const flags: Readonly<Record<NamespaceType, string>> = {
  pid: "-p",
  uts: "-u",
  mnt: "-m",
  ipc: "-i",
  net: "-n",
  user: "-U",
  cgroup: "-C",
  time: "-T",
};

/** The option of unshare(1) for a type of namespace. */
export function flagOf(type: NamespaceType): string {
  return flags[type];
}

/** The chosen option that brings this one with it, as unshare(1) says; undefined if none does. */
export function impliedBy(what: NamespaceType | "fork", { mountProc, mapRoot, killChild }: ShellChoice): string | undefined {
  if (what === "mnt" && mountProc) return "--mount-proc";
  if (what === "user" && mapRoot) return "-r";
  if (what === "fork" && killChild) return "--kill-child";
  return undefined;
}

/** All namespaces that will be new, including those that come with other options. */
export function typesOf(choice: ShellChoice): NamespaceType[] {
  return namespaceTypes.filter((type) => choice.types.includes(type) || impliedBy(type, choice) !== undefined);
}

/** The words of the command, as it is run and shown, without options that others bring with them. */
export function unshareCommand(choice: ShellChoice): string[] {
  const types = namespaceTypes.filter((type) => choice.types.includes(type) && impliedBy(type, choice) === undefined);
  return [
    "unshare",
    ...types.map((type) => flags[type]),
    ...(choice.fork && !impliedBy("fork", choice) ? ["-f"] : []),
    ...(choice.mountProc ? ["--mount-proc"] : []),
    ...(choice.killChild ? [choice.killChild === "SIGKILL" ? "--kill-child" : `--kill-child=${choice.killChild}`] : []),
    ...(choice.mapRoot ? ["-r"] : []),
    "bash",
  ];
}

export type Warning = "shellWarnNothing" | "shellWarnFork" | "shellWarnProc" | "shellWarnMountProc" | "shellWarnMap";

/** What will be surprising in the resulting shell. */
export function warningsOf(choice: ShellChoice): Warning[] {
  const types = typesOf(choice);
  const pid = types.includes("pid");
  const forks = choice.fork || choice.killChild !== null;
  const warnings: (Warning | false)[] = [
    types.length === 0 && "shellWarnNothing",
    pid && !forks && "shellWarnFork",
    pid && forks && !choice.mountProc && "shellWarnProc",
    choice.mountProc && !pid && "shellWarnMountProc",
    types.includes("user") && !choice.mapRoot && "shellWarnMap",
  ];
  return warnings.filter((warning) => warning !== false);
}

/** Reads a choice from JSON, which may be old or broken. In that case, returns the default choice. */
export function readChoice(json: string | null): ShellChoice {
  try {
    const saved = JSON.parse(json ?? "{}") as Partial<Record<keyof ShellChoice, unknown>>;
    const flag = (name: "fork" | "mountProc" | "mapRoot") => (typeof saved[name] === "boolean" ? saved[name] : usualChoice[name]);
    const types: unknown[] = Array.isArray(saved.types) ? saved.types : [...usualChoice.types];
    const killChild = killSignals.find((signal) => signal === saved.killChild) ?? null;
    return {
      types: namespaceTypes.filter((type) => types.includes(type)),
      fork: flag("fork"),
      mountProc: flag("mountProc"),
      killChild,
      mapRoot: flag("mapRoot"),
    };
  } catch {
    return usualChoice;
  }
}
