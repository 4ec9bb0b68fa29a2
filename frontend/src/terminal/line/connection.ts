import { Socket, socketUrl } from "../../kit/socket";
import type { Exit } from "../../wire/sandbox";
import { decodeTerminalMessage, type TerminalMessage, type TerminalRequest } from "../../wire/terminal";
import { unreachable } from "../../wire/unreachable";
import { Acks } from "./acks";
import { Outbox } from "./outbox";
import type { Size } from "./size-owner";

export interface ConnectionListener {
  /** The stream goes on. If `fresh`, it does so from another place than where it broke off, and the screen has to be cleared. */
  attached(size: Size, fresh: boolean): void;
  /** Output. `handled` must be called when it is drawn. */
  output(bytes: Uint8Array, handled: () => void): void;
  /** The output since `attached` was a replay. From now on it is live. */
  caughtUp(): void;
  resized(size: Size): void;
  exited(exit: Exit): void;
  viewers(count: number): void;
  refused(detail: string): void;
  lost(): void;
  gone(): void;
}

/**
 * One page's connection to one terminal. It keeps its place in the stream when it reconnects, acknowledges what was drawn, and sends
 * input.
 */
export class TerminalConnection {
  private readonly socket: Socket;
  private readonly outbox = new Outbox();
  private acks = this.newAcks();
  /** How many bytes of the stream have arrived; undefined before the first `attached`. */
  private offset: number | undefined;
  private live = 0;
  /**
   * On a new connection, the server attaches at once at the oldest byte that it has. It is asked to resume only after that. If it were
   * asked earlier, it might answer both at once, and the page could not tell.
   */
  private expecting: "attached" | "resumed" | "nothing" = "attached";
  /** An exit that was told before the answer to `resume`. It is passed on after the output that follows that answer. */
  private exit: Exit | undefined;

  constructor(
    id: string,
    private readonly listener: ConnectionListener,
  ) {
    this.socket = new Socket(socketUrl(`ws/terminals/${encodeURIComponent(id)}`), {
      opened: (socket) => this.opened(socket),
      received: (data) => (typeof data === "string" ? this.message(data) : this.output(new Uint8Array(data))),
      lost: () => this.lost(),
      gone: () => this.listener.gone(),
    });
  }

  send(text: string): void {
    this.outbox.push(text);
  }

  sendBinary(text: string): void {
    this.outbox.pushBinary(text);
  }

  resize({ cols, rows }: Size): void {
    this.request({ type: "resize", cols, rows });
  }

  dispose(): void {
    this.outbox.dispose();
    this.socket.dispose();
  }

  private request(request: TerminalRequest): void {
    this.socket.send(JSON.stringify(request));
  }

  private newAcks(): Acks {
    return new Acks((bytes) => this.request({ type: "ack", bytes }));
  }

  private opened(socket: WebSocket): void {
    this.acks = this.newAcks();
    // The server keeps to its window only when it knows that this viewer acknowledges. Without this, the first flood would come all at
    // once.
    this.request({ type: "ack", bytes: 0 });
    this.exit = undefined;
    this.expecting = "attached";
    this.outbox.connect(socket);
  }

  private lost(): void {
    this.outbox.connect(undefined);
    this.listener.lost();
  }

  private message(text: string): void {
    const message = decodeTerminalMessage(text);
    if (!message) return;
    if (message.type === "attached" && this.expecting === "attached" && this.offset !== undefined) {
      this.expecting = "resumed";
      this.request({ type: "resume", offset: this.offset });
      return;
    }
    if (message.type === "attached") this.expecting = "nothing";
    if (this.expecting === "resumed" && message.type === "exit") this.exit = message;
    // The number of viewers is right at any time. All other messages are about the stream that `attached` opens.
    else if (this.expecting === "nothing" || message.type === "viewers") this.dispatch(message);
  }

  private dispatch(message: TerminalMessage): void {
    switch (message.type) {
      case "attached": {
        const fresh = message.offset !== this.offset;
        this.offset = message.offset;
        this.live = message.live;
        this.listener.attached(message, fresh);
        if (this.live <= this.offset) this.caughtUp();
        return;
      }
      case "size":
        return this.listener.resized(message);
      case "exit":
        return this.listener.exited(message);
      case "viewers":
        return this.listener.viewers(message.count);
      case "error":
        return this.listener.refused(message.detail);
      default:
        return unreachable(message);
    }
  }

  private output(bytes: Uint8Array): void {
    if (this.expecting !== "nothing" || this.offset === undefined) return;
    const replayed = Math.max(0, Math.min(bytes.length, this.live - this.offset));
    this.offset += bytes.length;
    if (replayed > 0) {
      this.pass(bytes.subarray(0, replayed));
      if (this.offset >= this.live) this.caughtUp();
    }
    if (replayed < bytes.length) this.pass(bytes.subarray(replayed));
  }

  private caughtUp(): void {
    this.listener.caughtUp();
    if (this.exit) this.listener.exited(this.exit);
    this.exit = undefined;
  }

  private pass(bytes: Uint8Array): void {
    // What is drawn after the connection broke is not acknowledged on the next one.
    const acks = this.acks;
    this.listener.output(bytes, () => {
      if (acks === this.acks) acks.handled(bytes.length);
    });
  }
}
