import {
  type Problem,
  readProblem,
  readSandboxCreated,
  readSandboxInfo,
  readTerminalCreated,
  type SandboxCreated,
  type SandboxInfo,
  type TerminalCreated,
  type TerminalWanted,
} from "../wire/rest";
import { text } from "./messages";
import { fromRoot } from "./root";

/** A request that failed. `retryAfter` is in seconds, if the server names a time. */
export class RequestFailed extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfter: number | null = null,
  ) {
    super(problem.detail || problem.title);
    this.name = "RequestFailed";
  }
}

/** The lab's REST calls; each throws {@link RequestFailed}. */
export const api = {
  createSandbox: async (): Promise<SandboxCreated> => readSandboxCreated(await call("POST", "api/sandboxes")),
  sandbox: async (id: string): Promise<SandboxInfo> => readSandboxInfo(await call("GET", `api/sandboxes/${encodeURIComponent(id)}`)),
  resetSandbox: async (id: string): Promise<SandboxInfo> =>
    readSandboxInfo(await call("POST", `api/sandboxes/${encodeURIComponent(id)}/reset`)),
  extendSandbox: async (id: string): Promise<SandboxInfo> =>
    readSandboxInfo(await call("POST", `api/sandboxes/${encodeURIComponent(id)}/extend`)),
  openTerminal: async (sandbox: string, wanted: TerminalWanted): Promise<TerminalCreated> =>
    readTerminalCreated(await call("POST", `api/sandboxes/${encodeURIComponent(sandbox)}/terminals`, wanted)),
  closeTerminal: async (id: string): Promise<void> => {
    await call("DELETE", `api/terminals/${encodeURIComponent(id)}`);
  },
};

/** One request of the REST interface; throws {@link RequestFailed}. */
export async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await send(method, path, body);
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new RequestFailed(readProblem(answer, response.status, response.statusText), Number(response.headers.get("Retry-After")) || null);
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    return await fetch(fromRoot(path), { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  } catch {
    throw new RequestFailed({ name: "unreachable", title: text("unreachable"), status: 0, detail: text("unreachable") });
  }
}
