import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Outbox } from "./outbox";

class Line {
  bufferedAmount = 0;
  readonly sent: Uint8Array[] = [];
  send(data: Uint8Array): void {
    this.bufferedAmount += data.length;
    this.sent.push(data.slice());
  }
  get text(): string {
    return new TextDecoder().decode(Uint8Array.from(this.sent.flatMap((bytes) => [...bytes])));
  }
}

describe("outbox", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("sends what is typed at once", () => {
    const line = new Line();
    const outbox = new Outbox();
    outbox.connect(line);
    outbox.push("é你😀");
    expect(line.text).toBe("é你😀");
  });

  it("keeps input until the connection is back", () => {
    const line = new Line();
    const outbox = new Outbox();
    outbox.push("ls\r");
    outbox.connect(line);
    expect(line.text).toBe("ls\r");
  });

  it("sends a large paste no faster than the connection takes it, and completely", () => {
    const line = new Line();
    const outbox = new Outbox();
    outbox.connect(line);
    const text = "你好 0123456789\r".repeat(50_000);
    outbox.push(text);
    expect(line.bufferedAmount).toBeLessThan(128 * 1024);
    expect(outbox.waiting).toBeGreaterThan(0);
    while (outbox.waiting > 0) {
      line.bufferedAmount = 0;
      vi.advanceTimersByTime(10);
    }
    expect(line.text).toBe(text);
  });

  it("lets ^C overtake the paste that it is meant to stop", () => {
    const line = new Line();
    const outbox = new Outbox();
    outbox.connect(line);
    outbox.push("x".repeat(1024 * 1024));
    outbox.push("\x03");
    line.bufferedAmount = 0;
    vi.advanceTimersByTime(10);
    expect(outbox.waiting).toBe(0);
    expect(line.text.endsWith("x\x03")).toBe(true);
  });

  it("sends binary reports byte by byte", () => {
    const line = new Line();
    const outbox = new Outbox();
    outbox.connect(line);
    outbox.pushBinary("\x1b[M\xff\x80");
    expect([...(line.sent[0] ?? [])]).toEqual([0x1b, 0x5b, 0x4d, 0xff, 0x80]);
  });
});
