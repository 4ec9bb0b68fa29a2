import { Socket, socketUrl } from "../ui/socket";
import type { Exit } from "../wire/sandbox";
import { decodeTerminalMessage, type TerminalMessage, type TerminalRequest } from "../wire/terminal";
import { unreachable } from "../wire/unreachable";
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
  /** How many `attached` must come before what follows is ours: on a reconnect the first is not the answer to `resume`. */
  private pending = 1;

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
    this.pending = this.offset === undefined ? 1 : 2;
    if (this.offset !== undefined) this.request({ type: "resume", offset: this.offset });
    this.outbox.connect(socket);
  }

  private lost(): void {
    this.outbox.connect(undefined);
    this.listener.lost();
  }

  private message(text: string): void {
    const message = decodeTerminalMessage(text);
    if (!message) return;
    if (message.type === "attached") this.pending--;
    // How many look on is true at any time; all else is about the stream that `attached` opens.
    if (this.pending <= 0 || message.type === "viewers") this.dispatch(message);
  }

  private dispatch(message: TerminalMessage): void {
    switch (message.type) {
      case "attached": {
        const fresh = message.offset !== this.offset;
        this.offset = message.offset;
        this.live = message.live;
        this.listener.attached(message, fresh);
        if (this.live <= this.offset) this.listener.caughtUp();
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
    if (this.pending > 0 || this.offset === undefined) return;
    const replayed = Math.max(0, Math.min(bytes.length, this.live - this.offset));
    this.offset += bytes.length;
    if (replayed > 0) {
      this.pass(bytes.subarray(0, replayed));
      if (this.offset >= this.live) this.listener.caughtUp();
    }
    if (replayed < bytes.length) this.pass(bytes.subarray(replayed));
  }

  private pass(bytes: Uint8Array): void {
    // Drawn after the line broke: not to be told on the next one.
    const acks = this.acks;
    this.listener.output(bytes, () => {
      if (acks === this.acks) acks.handled(bytes.length);
    });
  }
}
