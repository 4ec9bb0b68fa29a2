import type { Terminal } from "@xterm/xterm";
import { Disposables } from "../../kit/disposables";
import type { Exit } from "../../wire/sandbox";
import { text } from "../words/messages";
import { type ConnectionListener, TerminalConnection } from "./connection";
import { isReport, QueryGate } from "./query-gate";
import { type Size, SizeOwner } from "./size-owner";

export type LineState = "connecting" | "connected" | "lost" | "exited" | "gone";

export interface SessionView {
  /** The terminal has to be laid out again, because its size has changed, or whose size it is. */
  layout(): void;
  state(state: LineState): void;
  /** Enter was pressed after the shell's end. */
  restart(): void;
}

// Undoes what a killed program leaves behind: the alternate screen, mouse reports, colours.
const tidy = "\x1b[?1047l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?2004l\x1b[!p\x1b[?25l";
const reset = "\x1bc";

/** Connects one terminal on the server with one xterm: output, input, size, exit. */
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

  /** The pane has room for `size`. The terminal gets this size, unless another viewer's size rules. */
  offer(size: Size): void {
    if (this.current === "connected" && !this.owner.foreign && this.owner.ask(size)) this.connection.resize(size);
  }

  /** From now on, this page's size rules. */
  claim(): void {
    if (!this.owner.foreign) return;
    this.owner.claim();
    this.openGate();
    this.view.layout();
  }

  /** Sends `keys` as if somebody had pressed them, as soon as there is a connection. */
  type(keys: string): void {
    if (this.current === "exited" || this.current === "gone") return;
    this.claim();
    this.connection.send(keys);
  }

  attached(size: Size, fresh: boolean): void {
    this.attachment++;
    this.live = false;
    this.openGate();
    // The reset is written to the stream, so that it comes after what is still being written.
    if (fresh) this.terminal.write(reset);
    this.owner.attached(size);
    this.become("connected");
    this.view.layout();
  }

  caughtUp(): void {
    const attachment = this.attachment;
    // Called when the whole replay was parsed, not when it arrived.
    this.terminal.write("", () => {
      if (attachment !== this.attachment) return;
      this.live = true;
      this.openGate();
      // The replay was printed for the old size. From here on this page's size rules, if there is no other viewer.
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
