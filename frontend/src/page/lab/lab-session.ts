import { api, RequestFailed } from "../../kit/api";
import { store, stored } from "../../kit/preferences";
import { Socket, socketUrl } from "../../kit/socket";
import type { Size } from "../../terminal/line/size-owner";
import type { Progress } from "../../wire/lesson";
import type { SandboxInfo, TerminalCreated } from "../../wire/rest";
import { decodeSandboxMessage, type EndReason, type Happening, type SandboxMessage, type TerminalInfo } from "../../wire/sandbox";
import type { Snapshot } from "../../wire/snapshot";
import { unreachable } from "../../wire/unreachable";

const key = "nslab.sandbox";

/** The state of this page's sandbox. */
export type Phase =
  | { readonly name: "starting" | "running" | "resetting" | "offline" }
  | { readonly name: "ended"; readonly why: EndReason | null }
  | { readonly name: "failed"; readonly failure: RequestFailed };

export interface LabView {
  phase(phase: Phase): void;
  /** The list of terminals has changed. Not called while this page itself opens or closes some. */
  terminals(terminals: readonly TerminalInfo[]): void;
  /** The sandbox ends in this many seconds unless it is extended; null if it does not end soon. */
  ending(seconds: number | null): void;
  /** The server has taken down the sandbox's links. */
  linksDown(): void;
  snapshot(snapshot: Snapshot | null): void;
  /** From now on, this is the page's sandbox. */
  entered(sandbox: string): void;
  progress(progress: Progress): void;
  /** Something happened in the sandbox. */
  happened(message: Happening): void;
  limits(limits: Readonly<Record<string, number>>): void;
}

/** This browser's sandbox, which is found again or created, watched, and reset, and its terminals. */
export class LabSession {
  private id: string | undefined;
  private socket: Socket | undefined;
  private last: readonly TerminalInfo[] = [];
  private changing = 0;
  private linksDown: string | null = null;
  /** How many terminals may be open at once. */
  most = 8;

  constructor(private readonly view: LabView) {}

  /** Finds this browser's sandbox, or creates one. Two tabs that are opened at once get the same. */
  async start(size: Size): Promise<void> {
    this.view.phase({ name: "starting" });
    try {
      await exclusively(async () => this.enter((await this.find()) ?? (await this.create(size))));
    } catch (failure) {
      this.fail(failure);
    }
  }

  /** Resets the sandbox. It keeps its id, and everything in it is new. */
  async reset(size: Size): Promise<void> {
    const { id } = this;
    if (!id) return;
    await this.change(async () => {
      const sandbox = await api.resetSandbox(id);
      this.last = sandbox.terminals;
      await api.openTerminal(id, size);
      await this.refresh(id);
    });
  }

  /** Starts the sandbox's full lifetime again. Its viewers are told. */
  async extend(): Promise<void> {
    if (this.id) await api.extendSandbox(this.id);
  }

  /** The terminal of that name, as it was reported last. */
  terminal(name: string): TerminalInfo | undefined {
    return this.last.find((terminal) => terminal.name === name);
  }

  /** Opens a terminal that runs `command`, or a login shell. */
  async open(size: Size, command?: readonly string[]): Promise<TerminalCreated | undefined> {
    const { id } = this;
    if (!id) return undefined;
    return this.change(async () => {
      const terminal = await api.openTerminal(id, command ? { ...size, command } : size);
      this.last = [...this.last, { ...terminal, ...size, exit: null }];
      return terminal;
    });
  }

  async close(terminal: string): Promise<void> {
    await this.change(() => this.end(terminal));
  }

  /** Ends a terminal and opens another one in its place. `placed` is called with it before the view is told. */
  async replace(terminal: string, size: Size, placed: (created: TerminalCreated) => void): Promise<void> {
    await this.change(async () => {
      await this.end(terminal);
      const created = await this.open(size);
      if (created) placed(created);
    });
  }

  private async end(terminal: string): Promise<void> {
    await api.closeTerminal(terminal).catch((failure: unknown) => {
      if (!(failure instanceof RequestFailed && failure.problem.name === "not-found")) throw failure;
    });
    this.last = this.last.filter(({ id }) => id !== terminal);
  }

  private async find(): Promise<SandboxInfo | undefined> {
    const id = stored(key);
    if (!id) return undefined;
    try {
      const sandbox = await api.sandbox(id);
      return sandbox.state === "ended" ? undefined : sandbox;
    } catch (failure) {
      if (failure instanceof RequestFailed && (failure.problem.status === 404 || failure.problem.status === 410)) return undefined;
      throw failure;
    }
  }

  private async create(size: Size): Promise<SandboxInfo> {
    const { id } = await api.createSandbox();
    store(key, id);
    const [, sandbox] = await Promise.all([api.openTerminal(id, size).then(() => {}), api.sandbox(id)]);
    return sandbox.terminals.length > 0 ? sandbox : api.sandbox(id);
  }

  private enter(sandbox: SandboxInfo): void {
    this.id = sandbox.id;
    this.last = sandbox.terminals;
    this.most = sandbox.limits.terminals ?? this.most;
    this.view.limits(sandbox.limits);
    this.view.terminals(this.last);
    this.view.phase({ name: "running" });
    this.view.entered(sandbox.id);
    this.socket?.dispose();
    this.socket = new Socket(socketUrl(`ws/sandboxes/${encodeURIComponent(sandbox.id)}`), {
      received: (data) => {
        const message = typeof data === "string" ? decodeSandboxMessage(data) : undefined;
        if (message) this.receive(message);
      },
      lost: () => this.view.phase({ name: "offline" }),
      gone: () => this.leave(null),
    });
  }

  private receive(message: SandboxMessage): void {
    switch (message.type) {
      case "snapshot":
        return this.view.snapshot(message);
      case "event":
      case "outcome":
      case "lost":
      case "exit":
        return this.view.happened(message);
      case "progress":
        return this.view.progress(message);
      case "state":
        if (message.state === "ended") return this.leave(message.endReason);
        this.last = message.terminals;
        this.view.phase({ name: message.state });
        this.view.ending(message.secondsLeft);
        this.tellOfLinks(message.linksDown);
        return this.tell();
      default:
        return unreachable(message);
    }
  }

  /** Tells the view once of each time. A page that comes back is told of the last time. */
  private tellOfLinks(at: string | null): void {
    if (at !== null && at !== this.linksDown) this.view.linksDown();
    this.linksDown = at;
  }

  private leave(why: EndReason | null): void {
    this.socket?.dispose();
    this.socket = undefined;
    this.id = undefined;
    store(key, null);
    this.view.ending(null);
    this.view.phase({ name: "ended", why });
  }

  private async refresh(id: string): Promise<void> {
    this.last = (await api.sandbox(id)).terminals;
  }

  /** Runs `action` without telling the view, because what the server reports meanwhile is only half of the change. */
  private async change<T>(action: () => Promise<T>): Promise<T> {
    this.changing++;
    try {
      return await action();
    } finally {
      this.changing--;
      this.tell();
    }
  }

  private tell(): void {
    if (this.changing === 0 && this.id) this.view.terminals(this.last);
  }

  private fail(failure: unknown): void {
    if (!(failure instanceof RequestFailed)) throw failure;
    this.view.phase({ name: "failed", failure });
  }
}

/** Runs `action` in one tab of this browser at a time, if the browser has locks. It has none on a page without HTTPS. */
async function exclusively(action: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(key, action);
  else await action();
}
