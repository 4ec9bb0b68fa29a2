import type { Terminal } from "@xterm/xterm";
import { Disposables } from "../../kit/disposables";
import type { Exit } from "../../wire/sandbox";
import { text } from "../words/messages";
import { type ConnectionListener, TerminalConnection } from "./connection";
import { isReport, QueryGate } from "./query-gate";
import { type Size, SizeOwner } from "./size-owner";

export type LineState = "connecting" | "connected" | "lost" | "exited" | "gone";

export interface SessionView {
  /** The size that the terminal has to show changed hands or changed: lay it out anew. */
  layout(): void;
  state(state: LineState): void;
  /** Enter was pressed after the shell's end. */
  restart(): void;
}

// A program that was killed leaves the alternate screen, mouse reports or colours behind.
const tidy = "\x1b[?1047l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?2004l\x1b[!p\x1b[?25l";
const reset = "\x1bc";

/** Joins one terminal on the server to one xterm: output, input, size, exit. */
export class Session implements ConnectionListener {
  readonly owner = new SizeOwner();
  private readonly disposables = new Disposables();
  private readonly gate: QueryGate;
  private readonly connection: TerminalConnection;
  private current: LineState = "connecting";
  private viewing = 1;
  private attachment = 0;
  private live = false;

  constructor(
    id: string,
    private readonly terminal: Terminal,
    private readonly view: SessionView,
    modify: (typed: string) => string,
  ) {
    this.gate = this.disposables.add(new QueryGate(terminal));
    this.connection = this.disposables.add(new TerminalConnection(id, this));
    this.disposables.add(terminal.onData((data) => this.input(isReport(data) ? data : modify(data))));
    this.disposables.add(terminal.onBinary((data) => this.connection.sendBinary(data)));
  }

  /** The pane has room for `size`: the terminal gets it, unless another viewer's size rules. */
  offer(size: Size): void {
    if (this.current === "connected" && !this.owner.foreign && this.owner.ask(size)) this.connection.resize(size);
  }

  /** This page's size shall rule from now on. */
  claim(): void {
    if (!this.owner.foreign) return;
    this.owner.claim();
    this.openGate();
    this.view.layout();
  }

  /** Sends `keys` as if somebody pressed them, once the line is there. */
  type(keys: string): void {
    if (this.current === "exited" || this.current === "gone") return;
    this.claim();
    this.connection.send(keys);
  }

  attached(size: Size, fresh: boolean): void {
    this.attachment++;
    this.live = false;
    this.openGate();
    // By the stream, not by a call: what is still being written has to be written before.
    if (fresh) this.terminal.write(reset);
    this.owner.attached(size);
    this.become("connected");
    this.view.layout();
  }

  caughtUp(): void {
    const attachment = this.attachment;
    // When all that is replayed was parsed, not when it came.
    this.terminal.write("", () => {
      if (attachment !== this.attachment) return;
      this.live = true;
      this.openGate();
      // The replay was written for the size that was. From here on this page's rules, where nobody else looks on.
      if (this.viewing <= 1) this.claim();
    });
  }

  output(bytes: Uint8Array, handled: () => void): void {
    this.terminal.write(bytes, handled);
  }

  resized(size: Size): void {
    const before = this.owner.foreign;
    this.owner.told(size);
    this.openGate();
    if (this.owner.foreign !== before) this.view.layout();
  }

  exited({ status, signal }: Exit): void {
    if (this.current === "exited") return;
    this.become("exited");
    const end = signal ? text("exitSignal", signal) : text("exitStatus", status);
    this.terminal.write(`${tidy}\x1b[0;2m\r\n[${end}]\x1b[0m\r\n`);
  }

  viewers(count: number): void {
    this.viewing = count;
    if (count <= 1 && this.live) this.claim();
    this.openGate();
  }

  refused(detail: string): void {
    console.warn(`nslab: the terminal refused a message: ${detail}`);
  }

  lost(): void {
    if (this.current !== "exited") this.become("lost");
  }

  gone(): void {
    if (this.current !== "exited") this.become("gone");
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private openGate(): void {
    this.gate.open = this.live && (!this.owner.foreign || this.viewing <= 1);
  }

  private input(data: string): void {
    if (this.current === "exited" || this.current === "gone") {
      if (data === "\r") this.view.restart();
    } else if (!isReport(data)) {
      this.claim();
      this.connection.send(data);
    } else if (this.gate.open) this.connection.send(data);
  }

  private become(state: LineState): void {
    this.current = state;
    this.view.state(state);
  }
}
