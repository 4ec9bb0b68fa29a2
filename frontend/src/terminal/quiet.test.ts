import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { quiet } from "./quiet";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function fake() {
  const listeners = new Set<() => void>();
  return {
    draw: () => {
      for (const listener of listeners) listener();
    },
    onWriteParsed: (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    listeners,
  };
}

it("waits until nothing has been drawn for a moment", async () => {
  const terminal = fake();
  const done = vi.fn();
  void quiet(terminal as never).then(done);
  await vi.advanceTimersByTimeAsync(100);
  terminal.draw();
  await vi.advanceTimersByTimeAsync(100);
  expect(done).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60);
  expect(done).toHaveBeenCalled();
  expect(terminal.listeners.size).toBe(0);
});

it("does not wait for ever if the output never ends", async () => {
  const terminal = fake();
  const done = vi.fn();
  void quiet(terminal as never).then(done);
  for (let drawn = 0; drawn < 30; drawn++) {
    terminal.draw();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(done).toHaveBeenCalled();
});
