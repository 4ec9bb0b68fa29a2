import type { EndCode, Offence, ProblemType } from "../wire/codes";
import type { Problem } from "../wire/rest";
import type { EndReason } from "../wire/sandbox";
import { RequestFailed } from "./api";
import { fill, type Language, language, type MessageKey, messagesIn } from "./messages";

const problemWords: Readonly<Record<ProblemType, MessageKey>> = {
  capacity: "problemCapacity",
  busy: "problemBusy",
  "not-found": "problemNotFound",
  "invalid-request": "problemInvalid",
  "foreign-origin": "problemOrigin",
  "unknown-host": "problemHost",
  "command-failed": "problemCommand",
  sandboxes: "problemSandboxes",
  rate: "problemRate",
  "too-large": "problemLarge",
  "unknown-session": "problemSession",
  terminals: "problemTerminals",
  "start-failed": "problemStart",
  ended: "problemEnded",
  answered: "problemAnswered",
  unfinished: "problemUnfinished",
  timeout: "problemTimeout",
  internal: "problemInternal",
};

const endWords: Readonly<Record<EndCode, MessageKey>> = {
  requested: "endRequested",
  idle: "endIdle",
  lifetime: "endLifetime",
  "server-stopped": "endServerStopped",
  "init-killed": "endInitKilled",
  "init-hijacked": "endInitHijacked",
  watchdog: "endWatchdog",
  "reset-failed": "endResetFailed",
};

const offenceWords: Readonly<Record<Offence, MessageKey>> = {
  loop: "offenceLoop",
  flood: "offenceFlood",
  hidden: "offenceHidden",
  memory: "offenceMemory",
  links: "offenceLinks",
  triggers: "offenceTriggers",
};

/** What went wrong, in the page's language, and below it what the server says about this case. */
export function problemText({ name, title, detail }: Problem, inLanguage: Language = language): string {
  const key = wordsOf(problemWords, name);
  const words = key && messagesIn(inLanguage)[key];
  // In English, the server's own words say it all.
  if (inLanguage === "en") return detail || words || title;
  return [words, detail || title].filter(Boolean).join("\n");
}

/** Why a sandbox ended, in words; null if the server has not said why. */
export function endText(why: EndReason | null, inLanguage: Language = language): string {
  const messages = messagesIn(inLanguage);
  const key = why && wordsOf(endWords, why.code);
  if (!why || !key) return messages.endedUnknown;
  const offence = why.offence === null ? undefined : wordsOf(offenceWords, why.offence);
  const words = fill(messages[key], why.seconds === null ? [] : [duration(why.seconds, inLanguage)]);
  return [words, offence && messages[offence], why.detail].filter(Boolean).join("\n");
}

export function failureText(failure: unknown): string {
  if (failure instanceof RequestFailed) return problemText(failure.problem);
  return failure instanceof Error ? failure.message : String(failure);
}

/** Undefined for a code that this page does not know yet. */
function wordsOf(words: Readonly<Record<string, MessageKey>>, code: string): MessageKey | undefined {
  return Object.hasOwn(words, code) ? words[code] : undefined;
}

/** "2 hours", "90 minutes", "24 seconds". Seconds are left out if there are minutes. */
function duration(seconds: number, inLanguage: Language): string {
  const [count, unit] =
    seconds % 3600 === 0 ? [seconds / 3600, "hour"] : seconds >= 60 ? [Math.floor(seconds / 60), "minute"] : [seconds, "second"];
  return new Intl.NumberFormat(inLanguage, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
