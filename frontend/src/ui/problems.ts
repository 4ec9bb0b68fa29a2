import type { Problem } from "../wire/rest";
import { RequestFailed } from "./api";
import { language, type MessageKey, text } from "./messages";

const known: Readonly<Record<string, MessageKey>> = {
  capacity: "problemCapacity",
  busy: "problemBusy",
  "not-found": "problemNotFound",
  "invalid-request": "problemInvalid",
  "foreign-origin": "problemOrigin",
  "unknown-host": "problemHost",
  "command-failed": "problemCommand",
  terminals: "problemTerminals",
  sandboxes: "problemSandboxes",
  rate: "problemRate",
  answered: "problemAnswered",
  unfinished: "problemUnfinished",
  "start-failed": "problemStart",
  ended: "problemEnded",
  timeout: "problemTimeout",
  internal: "problemInternal",
};

// The server tells reasons in English, in these words.
const reasons: readonly (readonly [RegExp, MessageKey])[] = [
  [/\bwatchdog\b/i, "reasonWatchdog"],
  [/\bidle\b/i, "reasonIdle"],
  [/\blifetime\b/i, "reasonLifetime"],
  [/from outside/i, "reasonOutside"],
  [/\bserver (stops|is stopping)\b/i, "reasonServer"],
  [/\b(by request|was ended)\b/i, "reasonRequest"],
];

/** What went wrong in the page's language, and below it what the server says of this very case. */
export function problemText({ name, title, detail }: Problem, inLanguage: "en" | "zh-CN" = language): string {
  const own = detail || title;
  const key = known[name];
  // In English the server's own words say all of it.
  return key && inLanguage !== "en" ? `${text(key)}\n${own}` : own;
}

/** Why a sandbox ended. */
export function reasonText(reason: string | null, inLanguage: "en" | "zh-CN" = language): string {
  if (reason === null) return text("endedUnknown");
  const key = inLanguage === "en" ? undefined : reasons.find(([pattern]) => pattern.test(reason))?.[1];
  return key ? `${text(key)}\n${reason}` : reason;
}

export function failureText(failure: unknown): string {
  if (failure instanceof RequestFailed) return problemText(failure.problem);
  return failure instanceof Error ? failure.message : String(failure);
}
