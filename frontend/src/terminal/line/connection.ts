import { Socket, socketUrl } from "../../kit/socket";
import type { Exit } from "../../wire/sandbox";
import { decodeTerminalMessage, type TerminalMessage, type TerminalRequest } from "../../wire/terminal";
import { unreachable } from "../../wire/unreachable";
import { Acks } from "./acks";
import { Outbox } from "./outbox";
import type { Size } from "./size-owner";

export interface ConnectionListener {
  /** The stream goes on; where `fresh`, from another place than where it broke off, and the screen has to be made anew. */
  attached(size: Size, fresh: boolean): void;
  /** Output; call `handled` when it is drawn. */
  output(bytes: Uint8Array, handled: () => void): void;
  /** What came since `attached` was replay; what comes now is live. */
  caughtUp(): void;
  resized(size: Size): void;
  exited(exit: Exit): void;
  viewers(count: number): void;
  refused(detail: string): void;
  lost(): void;
  gone(): void;
}

/** One page's line to one terminal: keeps its place in the stream over reconnects, acknowledges what was drawn, sends input. */
export class TerminalConnection {
  private readonly socket: Socket;
  private readonly outbox = new Outbox();
  private acks = this.newAcks();
  /** Bytes of the stream that came in so far; undefined before the first `attached`. */
  private offset: number | undefined;
  private live = 0;
  /**
   * On a new line the server attaches at once at the oldest byte that it has. Only then is it asked to resume: earlier it might give one
   * answer to both, and nobody could tell.
   */
  private expecting: "attached" | "resumed" | "nothing" = "attached";
  /** An exit that was told before the answer to `resume`, to be passed on after the output that comes with it. */
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
    // The server keeps to its window only once it knows that this viewer acknowledges; without this the first flood would come at once.
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
    // How many look on is true at any time; all else is about the stream that `attached` opens.
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
    // Drawn after the line broke: not to be told on the next one.
    const acks = this.acks;
    this.listener.output(bytes, () => {
      if (acks === this.acks) acks.handled(bytes.length);
    });
  }
}
