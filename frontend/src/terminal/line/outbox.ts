/** Where input is sent: a WebSocket, or what stands for one in a test. */
export interface Sink {
  readonly bufferedAmount: number;
  send(data: Uint8Array<ArrayBuffer>): void;
}

const chunk = 16 * 1024;
const ahead = 4 * chunk;
const pause = 4;
const interrupt = "\x03";

/**
 * Input on its way to the server. A large paste is sent in pieces, no faster than the connection takes it, so that the page does not
 * freeze.
 */
export class Outbox {
  private readonly encoder = new TextEncoder();
  private queue: Uint8Array<ArrayBuffer>[] = [];
  private sink: Sink | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Bytes that have not yet been sent. */
  get waiting(): number {
    return this.queue.reduce((sum, bytes) => sum + bytes.length, 0);
  }

  push(text: string): void {
    // ^C must not wait behind the paste that it is meant to stop.
    if (text === interrupt) this.queue = [];
    this.pushBytes(this.encoder.encode(text));
  }

  /** xterm's binary events: each character is one byte (mouse reports beyond column 95). */
  pushBinary(text: string): void {
    this.pushBytes(Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff));
  }

  /** From now on, input is sent to `sink`. If it is undefined, input is kept until the connection is back. */
  connect(sink: Sink | undefined): void {
    this.sink = sink;
    this.pump();
  }

  dispose(): void {
    this.queue = [];
    this.sink = undefined;
    clearTimeout(this.timer);
  }

  private pushBytes(bytes: Uint8Array<ArrayBuffer>): void {
    this.queue.push(bytes);
    this.pump();
  }

  private pump(): void {
    clearTimeout(this.timer);
    const sink = this.sink;
    if (!sink) return;
    while (sink.bufferedAmount < ahead) {
      const bytes = this.queue.shift();
      if (!bytes) return;
      sink.send(bytes.subarray(0, chunk));
      if (bytes.length > chunk) this.queue.unshift(bytes.subarray(chunk));
    }
    this.timer = setTimeout(() => this.pump(), pause);
  }
}
