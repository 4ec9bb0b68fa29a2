// Codes that the server sends and for which this page has words. Tests compare them with the server's enums by
// src/test/resources/wire/codes.json.

export const endCodes = [
  "requested",
  "idle",
  "lifetime",
  "server-stopped",
  "init-killed",
  "init-hijacked",
  "watchdog",
  "reset-failed",
] as const;
export type EndCode = (typeof endCodes)[number];

/** What a sandbox did for which the server's watchdog ended it. */
export const offences = ["loop", "flood", "hidden", "memory", "links", "triggers"] as const;
export type Offence = (typeof offences)[number];

/** The last part of the `type` of each problem detail. */
export const problemTypes = [
  "capacity",
  "busy",
  "not-found",
  "invalid-request",
  "foreign-origin",
  "unknown-host",
  "command-failed",
  "sandboxes",
  "rate",
  "too-large",
  "unknown-session",
  "terminals",
  "start-failed",
  "ended",
  "answered",
  "unfinished",
  "timeout",
  "internal",
] as const;
export type ProblemType = (typeof problemTypes)[number];
