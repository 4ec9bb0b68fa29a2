import { expect, it } from "vitest";
import { Freshness } from "./freshness";

it("what is there at the first look is not new; what comes later is, for a while", () => {
  let now = 0;
  const fresh = new Freshness(() => now);
  expect(fresh.learn(["a"])).toBe(false);
  expect(fresh.has("a")).toBe(false);
  now = 1000;
  expect(fresh.learn(["a", "b"])).toBe(true);
  expect([fresh.has("a"), fresh.has("b")]).toEqual([false, true]);
  now += Freshness.milliseconds;
  expect(fresh.has("b")).toBe(false);
  fresh.learn([]);
  fresh.learn(["a"]);
  expect(fresh.has("a")).toBe(true);
});
