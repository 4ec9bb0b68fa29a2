import { plainLine } from "../../kit/plain-text";
import type { CallEvent } from "../../wire/sandbox";
import { type MessageKey, text } from "../words/messages";
import { named, type Part, part, type Strong } from "../words/sentence";

/** A call as a sentence: what it asked for and, once it is known, its outcome. */
export function callParts(event: CallEvent): Part[] {
  const who = caller(event);
  if (event.syscall === "kill") return [killPart(event, who)];
  const types = event.flags.filter((flag) => flag.startsWith("CLONE_NEW")).join(", ");
  if (types && namespaceCalls.has(event.syscall)) return [namespacePart(event, who, types)];
  const part = filePart(event, who);
  return event.flags.length > 0 ? [part, { key: "tlWith", values: [event.flags.join(", ")] }] : [part];
}

const namespaceCalls = new Set(["unshare", "clone", "setns"]);

/** The caller as "bash(3)", and the thread if it was not the first one. */
function caller({ command, pid, tid }: CallEvent): Strong {
  const process = named(command, pid);
  return tid === pid ? process : { strong: text("tlThread", tid, process.strong) };
}

function killPart({ target, signal, outcome }: CallEvent, who: Strong): Part {
  const what = signal ?? "?";
  if (target === null || target === 0) return part("tlKill", who, what);
  if (target < -1) return part("tlKillGroup", who, what, -target);
  return part(outcome === "ended" ? "tlKillEnded" : outcome === "none" ? "tlKillNone" : "tlKillTo", who, what, target);
}

function namespacePart({ syscall, outcome }: CallEvent, who: Strong, types: string): Part {
  const joins = syscall === "setns";
  switch (outcome) {
    case "joined":
      return part(joins ? "tlJoinedOther" : "tlNew", who, types);
    case "none":
      return part(joins ? "tlTriedToJoin" : "tlTriedNew", who, types);
    default:
      return part(joins ? "tlAskedToJoin" : "tlAsked", who, types);
  }
}

/** A call with an unknown outcome, or with one that has no words here, is told as it was made. */
function filePart({ syscall, outcome, point, fileSystem }: CallEvent, who: Strong): Part {
  const where = { strong: plainLine(point ?? "?", 64) };
  switch (outcome) {
    case "mounted":
      return part("tlMounted", who, plainLine(fileSystem ?? "?", 32), where);
    case "unmounted":
      return part("tlUnmounted", who, where);
    case "remounted":
      return part("tlRemounted", who, where);
    case "pivoted":
      return part("tlPivoted", who);
    case "joined":
      return part(syscall === "setns" ? "tlJoinedAny" : "tlCalled", who, syscall);
    case "named":
      return part("tlNamed", who);
    case "none":
      return part(tried[syscall] ?? "tlTried", who, syscall);
    default:
      return part("tlCalled", who, syscall);
  }
}

const tried: Readonly<Record<string, MessageKey>> = {
  mount: "tlTriedMount",
  umount2: "tlTriedUnmount",
  pivot_root: "tlTriedPivot",
  sethostname: "tlTriedName",
  setns: "tlTriedToJoinAny",
};
