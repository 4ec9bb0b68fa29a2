import { Fields } from "./json";
import { type Progress, readProgress } from "./lesson";
import { readSnapshot, type Snapshot } from "./snapshot";

export const sandboxStates = ["starting", "running", "resetting", "ended"] as const;
export type SandboxState = (typeof sandboxStates)[number];

/** How a terminal's shell ended: its exit code, or 128 + n with the signal's name. */
export interface Exit {
  readonly status: number;
  readonly signal: string | null;
}

export interface TerminalInfo {
  readonly id: string;
  readonly name: string;
  readonly pid: number;
  readonly cols: number;
  readonly rows: number;
  readonly exit: Exit | null;
}

/** Why a sandbox ended: a code of {@link EndCode}, or one that this page does not know yet, and its parameters. */
export interface EndReason {
  readonly code: string;
  /** For "idle", how long nobody used it; for "lifetime", how long it could live. */
  readonly seconds: number | null;
  /** For "watchdog", an {@link Offence}. */
  readonly offence: string | null;
  /** For "reset-failed", in English: what failed, and what an operator can do. */
  readonly detail: string | null;
}

export interface StateMessage {
  readonly type: "state";
  readonly state: SandboxState;
  /** Why it ended, in an English sentence, for clients that do not know `endReason`. */
  readonly reason: string | null;
  readonly endReason: EndReason | null;
  readonly terminals: readonly TerminalInfo[];
  /** Seconds until it ends unless it is extended; null while the end is far away. */
  readonly secondsLeft: number | null;
  /** When the server's watchdog last took down its links; null if it never did. */
  readonly linksDown: string | null;
}

/** The outcome of a call, as the snapshots before and after it show. Fields that say nothing about this call are null. */
export interface Outcome {
  /** "mounted", "unmounted", "remounted", "pivoted", "joined", "named", "ended" or "none"; "" while it is not known. */
  readonly outcome: string;
  readonly point: string | null;
  readonly fileSystem: string | null;
  readonly source: string | null;
}

/** The outcome of the call that was told as event `event`. */
export interface OutcomeMessage extends Outcome {
  readonly type: "outcome";
  readonly event: number;
}

/** A watched system call. PIDs and TIDs, of the process and of the thread that called, are those in the sandbox's first PID namespace. */
export interface CallEvent extends Outcome {
  readonly type: "event";
  /** Increases within a sandbox. */
  readonly id: number | null;
  readonly at: string;
  readonly pid: number;
  readonly tid: number;
  readonly command: string;
  readonly syscall: string;
  readonly flags: readonly string[];
  /** For kill(2): the PID as it was given, which is null if it is not one of the sandbox's first PID namespace, and the signal's name. */
  readonly target: number | null;
  readonly signal: string | null;
}

/** How many calls were made faster than they could be told. */
export interface LostMessage {
  readonly type: "lost";
  readonly count: number;
}

export interface Victim {
  readonly pid: number;
  readonly pids: readonly number[];
  readonly command: string;
}

/**
 * A process was killed by a signal, or the init of a PID namespace died. In the second case, `init` is the namespace's inode, and `along`
 * has those that the kernel killed with it.
 */
export interface ExitMessage extends Victim {
  readonly type: "exit";
  readonly at: string;
  /** Null if the kernel does not tell. */
  readonly status: number | null;
  readonly signal: string | null;
  readonly init: number | null;
  readonly along: readonly Victim[];
}

/** What happened in a sandbox and is not in any snapshot. */
export type Happening = CallEvent | OutcomeMessage | LostMessage | ExitMessage;

/** The messages from the server on `/ws/sandboxes/{id}`. */
export type SandboxMessage = Snapshot | StateMessage | Happening | Progress;

/** Reads a message. Returns undefined if its type is unknown, and throws WireError if it is malformed. */
export function decodeSandboxMessage(text: string): SandboxMessage | undefined {
  const fields = new Fields(JSON.parse(text));
  const type = fields.text("type");
  switch (type) {
    case "snapshot":
      return readSnapshot(fields);
    case "state":
      return { type, ...readState(fields) };
    case "event":
      return {
        type,
        id: fields.optional("id", (name) => fields.number(name)),
        at: fields.text("at"),
        pid: fields.number("pid"),
        tid: fields.optional("tid", (name) => fields.number(name)) ?? fields.number("pid"),
        command: fields.text("command"),
        syscall: fields.text("syscall"),
        flags: fields.texts("flags"),
        target: fields.optional("target", (name) => fields.number(name)),
        signal: fields.optional("signal", (name) => fields.text(name)),
        ...readOutcome(fields),
      };
    case "outcome":
      return { type, event: fields.number("event"), ...readOutcome(fields) };
    case "progress":
      return readProgress(fields);
    case "lost":
      return { type, count: fields.number("count") };
    case "exit":
      return { type, at: fields.text("at"), ...readDeath(fields) };
    default:
      return undefined;
  }
}

function readOutcome(fields: Fields): Outcome {
  const text = (name: string) => fields.text(name);
  return {
    outcome: fields.optional("outcome", text) ?? "",
    point: fields.optional("point", text),
    fileSystem: fields.optional("fileSystem", text),
    source: fields.optional("source", text),
  };
}

function readDeath(fields: Fields): Omit<ExitMessage, "type" | "at"> {
  return {
    ...readVictim(fields),
    status: fields.optional("status", (name) => fields.number(name)),
    signal: fields.optional("signal", (name) => fields.text(name)),
    init: fields.optional("init", (name) => fields.number(name)),
    along: fields.optional("along", (name) => fields.objects(name, readVictim)) ?? [],
  };
}

function readVictim(fields: Fields): Victim {
  return { pid: fields.number("pid"), pids: fields.numbers("pids"), command: fields.text("command") };
}

/** Reads the fields that the `state` message shares with `GET /api/sandboxes/{id}`. */
export function readState(fields: Fields): Omit<StateMessage, "type"> {
  return {
    state: fields.oneOf("state", sandboxStates),
    reason: fields.optional("reason", (name) => fields.text(name)),
    endReason: fields.optional("endReason", (name) => readEndReason(fields.object(name))),
    terminals: fields.objects("terminals", readTerminal),
    secondsLeft: fields.optional("secondsLeft", (name) => fields.number(name)),
    linksDown: fields.optional("linksDown", (name) => fields.text(name)),
  };
}

function readEndReason(fields: Fields): EndReason {
  const text = (name: string) => fields.text(name);
  return {
    code: fields.text("code"),
    seconds: fields.optional("seconds", (name) => fields.number(name)),
    offence: fields.optional("offence", text),
    detail: fields.optional("detail", text),
  };
}

function readTerminal(fields: Fields): TerminalInfo {
  return {
    id: fields.text("id"),
    name: fields.text("name"),
    pid: fields.number("pid"),
    cols: fields.number("cols"),
    rows: fields.number("rows"),
    exit: fields.optional("exit", (name) => readExit(fields.object(name))),
  };
}

function readExit(fields: Fields): Exit {
  return { status: fields.number("status"), signal: fields.optional("signal", (name) => fields.text(name)) };
}
