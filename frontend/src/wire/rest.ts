import { Fields } from "./json";
import { readState, type StateMessage } from "./sandbox";

/** Answer of `POST /api/sandboxes`. */
export interface SandboxCreated {
  readonly id: string;
  readonly hostname: string;
}

/** Answer of `GET /api/sandboxes/{id}` and of a reset. */
export interface SandboxInfo extends Omit<StateMessage, "type"> {
  readonly id: string;
  readonly hostname: string;
  readonly created: string;
  /** When its lifetime is over, unless it is extended. */
  readonly ends: string;
  /** Limits in force, by name. Only those that are numbers are kept. */
  readonly limits: Readonly<Record<string, number>>;
}

/** Body of `POST /api/sandboxes/{id}/terminals`; sizes in character cells. */
export interface TerminalWanted {
  readonly cols: number;
  readonly rows: number;
  readonly command?: readonly string[];
}

/** Answer of `POST /api/sandboxes/{id}/terminals`. */
export interface TerminalCreated {
  readonly id: string;
  readonly name: string;
  readonly pid: number;
}

/** Problem details (RFC 9457). `name` is the last part of the URN in `type`. */
export interface Problem {
  readonly name: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

export function readSandboxCreated(body: unknown): SandboxCreated {
  const fields = new Fields(body);
  return { id: fields.text("id"), hostname: fields.text("hostname") };
}

export function readSandboxInfo(body: unknown): SandboxInfo {
  const fields = new Fields(body);
  return {
    id: fields.text("id"),
    hostname: fields.text("hostname"),
    created: fields.text("created"),
    ends: fields.text("ends"),
    limits: fields.object("limits").allNumbers(),
    ...readState(fields),
  };
}

export function readTerminalCreated(body: unknown): TerminalCreated {
  const fields = new Fields(body);
  return { id: fields.text("id"), name: fields.text("name"), pid: fields.number("pid") };
}

/** This is lenient, because a proxy's answer may have no problem details, and something must be told even then. */
export function readProblem(body: unknown, status: number, statusText: string): Problem {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const text = (name: string) => (typeof fields[name] === "string" ? (fields[name] as string) : "");
  return {
    name: text("type").replace(/^urn:nslab:problem:/, "") || "unknown",
    title: text("title") || statusText || `HTTP ${status}`,
    status,
    detail: text("detail"),
  };
}
