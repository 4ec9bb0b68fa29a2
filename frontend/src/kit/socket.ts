import { Backoff } from "./backoff";
import { fromRoot } from "./root";

/** The server does not (or no longer) know what the address names, so there is no use in connecting again. */
export const closeNotFound = 4404;

export interface SocketListener {
  opened?(socket: WebSocket): void;
  received(data: string | ArrayBuffer): void;
  /** The connection broke. The socket connects again by itself. */
  lost(): void;
  /** The server has said that there is nothing left to connect to. */
  gone(): void;
}

/** A WebSocket that connects again by itself: after growing pauses, and at once when the browser is online or the page visible again. */
export class Socket {
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  private readonly backoff = new Backoff();
  private readonly wake = () => this.hurry();

  constructor(
    private readonly url: string,
    private readonly listener: SocketListener,
  ) {
    window.addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.connect();
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(data);
  }

  dispose(): void {
    this.closed = true;
    clearTimeout(this.timer);
    window.removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.socket?.close();
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => {
      if (!this.closed) this.listener.opened?.(socket);
    };
    socket.onmessage = ({ data }) => {
      if (this.closed) return;
      this.backoff.reset();
      this.listener.received(data);
    };
    socket.onclose = ({ code }) => this.lost(code);
  }

  private lost(code: number): void {
    if (this.closed) return;
    if (code === closeNotFound) {
      this.dispose();
      this.listener.gone();
      return;
    }
    this.listener.lost();
    this.timer = setTimeout(() => this.connect(), this.backoff.delay());
  }

  private hurry(): void {
    if (this.closed || document.hidden || this.socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.timer);
    this.backoff.reset();
    this.connect();
  }
}

/** The WebSocket address of a path on this server. */
export function socketUrl(path: string): string {
  const url = fromRoot(path);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
