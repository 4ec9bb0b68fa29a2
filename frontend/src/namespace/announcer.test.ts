import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Announcer } from "./announcer";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("says the first at once, and of a flood only the last one and how many others there were", () => {
  const said: string[] = [];
  const announcer = new Announcer((last, more) => said.push(`${last} +${more}`), 1000);
  announcer.tell("a");
  for (const sentence of ["b", "c", "d"]) announcer.tell(sentence);
  expect(said).toEqual(["a +0"]);
  vi.advanceTimersByTime(1000);
  expect(said).toEqual(["a +0", "d +2"]);
  vi.advanceTimersByTime(5000);
  announcer.tell("e", 3);
  expect(said).toEqual(["a +0", "d +2", "e +2"]);
  announcer.tell("f");
  announcer.dispose();
  vi.advanceTimersByTime(5000);
  expect(said).toHaveLength(3);
});
