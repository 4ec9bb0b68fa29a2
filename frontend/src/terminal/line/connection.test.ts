import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ConnectionListener, TerminalConnection } from "./connection";

class Peer {
  static all: Peer[] = [];
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  readyState = 0;
  bufferedAmount = 0;
  binaryType = "";
  readonly sent: unknown[] = [];
  greeted = false;
  onopen?: () => void;
  onmessage?: (event: { data: unknown }) => void;
  onclose?: (event: { code: number }) => void;

  constructor(readonly url: string) {
    Peer.all.push(this);
  }

  send(data: unknown): void {
    const sent = typeof data === "string" ? JSON.parse(data) : data;
    if (sent.type === "ack" && sent.bytes === 0) this.greeted = true;
    else this.sent.push(sent);
  }

  close(): void {}

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  tell(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  output(text: string): void {
    this.onmessage?.({ data: new TextEncoder().encode(text).buffer });
  }

  break(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  static get last(): Peer {
    return Peer.all[Peer.all.length - 1] as Peer;
  }
}

const size = { cols: 80, rows: 24 };
const attached = (offset: number, live: number) => ({ type: "attached", offset, live, ...size });

describe("terminal connection", () => {
  let log: string[];
  let handled: (() => void)[];
  let connection: TerminalConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("WebSocket", Peer);
    Peer.all = [];
    log = [];
    handled = [];
    const listener: ConnectionListener = {
      attached: (_size, fresh) => log.push(fresh ? "fresh" : "goes on"),
      output: (bytes, done) => {
        log.push(new TextDecoder().decode(bytes));
        handled.push(done);
      },
      caughtUp: () => log.push("live"),
      resized: ({ cols, rows }) => log.push(`${cols}x${rows}`),
      exited: ({ status }) => log.push(`exit ${status}`),
      viewers: (count) => log.push(`viewers ${count}`),
      refused: (detail) => log.push(detail),
      lost: () => log.push("lost"),
      gone: () => log.push("gone"),
    };
    connection = new TerminalConnection("t/1", listener);
    Peer.last.open();
  });

  afterEach(() => {
    connection.dispose();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("tells replay from live output, even within one frame", () => {
    expect(Peer.last.greeted).toBe(true);
    expect(Peer.last.url).toMatch(/^ws:.*\/ws\/terminals\/t%2F1$/);
    Peer.last.tell(attached(100, 105));
    Peer.last.output("oldnew");
    Peer.last.output("more");
    expect(log).toEqual(["fresh", "oldne", "live", "w", "more"]);
  });

  it("is live at once if nothing is replayed", () => {
    Peer.last.tell(attached(7, 7));
    expect(log).toEqual(["fresh", "live"]);
  });

  it("resumes where it was, and ignores what comes before the answer", () => {
    Peer.last.tell(attached(0, 0));
    Peer.last.output("hello");
    Peer.last.break(1006);
    vi.advanceTimersByTime(300);
    Peer.last.open();
    expect(Peer.last.sent).toEqual([]);
    Peer.last.tell(attached(0, 9));
    expect(Peer.last.sent).toEqual([{ type: "resume", offset: 5 }]);
    Peer.last.output("hello wor");
    Peer.last.tell(attached(5, 9));
    Peer.last.output(" worl");
    expect(log).toEqual(["fresh", "live", "hello", "lost", "goes on", " wor", "live", "l"]);
  });

  it("starts anew if the server no longer remembers the output from there on", () => {
    Peer.last.tell(attached(0, 0));
    Peer.last.output("hello");
    Peer.last.break(1001);
    vi.advanceTimersByTime(300);
    Peer.last.open();
    Peer.last.tell(attached(900, 1000));
    Peer.last.tell(attached(900, 1000));
    expect(log.at(-1)).toBe("fresh");
  });

  it("acknowledges what was drawn, but only on the connection that it came by", () => {
    Peer.last.tell(attached(0, 0));
    Peer.last.output("x".repeat(70_000));
    handled[0]?.();
    expect(Peer.last.sent).toEqual([{ type: "ack", bytes: 70_000 }]);
    Peer.last.output("y".repeat(70_000));
    Peer.last.break(1006);
    vi.advanceTimersByTime(300);
    Peer.last.open();
    Peer.last.tell(attached(0, 0));
    handled[1]?.();
    expect(Peer.last.sent).toEqual([{ type: "resume", offset: 140_000 }]);
  });

  it("reports an exit once, after the output before it, even if it came too early", () => {
    Peer.last.tell(attached(0, 0));
    Peer.last.output("hello");
    Peer.last.break(1006);
    vi.advanceTimersByTime(300);
    Peer.last.open();
    Peer.last.tell(attached(0, 8));
    Peer.last.output("hellobye");
    Peer.last.tell({ type: "exit", status: 3, signal: null });
    Peer.last.tell(attached(5, 8));
    Peer.last.output("bye");
    expect(log.slice(-4)).toEqual(["goes on", "bye", "live", "exit 3"]);
  });

  it("does not connect again to a terminal that is gone", () => {
    Peer.last.break(4404);
    vi.advanceTimersByTime(60_000);
    expect(log).toEqual(["gone"]);
    expect(Peer.all).toHaveLength(1);
  });

  it("keeps what is typed while there is no connection", () => {
    Peer.last.tell(attached(0, 0));
    Peer.last.break(1006);
    connection.send("ls\r");
    vi.advanceTimersByTime(300);
    Peer.last.open();
    expect(Peer.last.sent.at(-1)).toEqual(new TextEncoder().encode("ls\r"));
  });
});
