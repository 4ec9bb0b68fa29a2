import { expect, it } from "vitest";
import { Freshness } from "./freshness";

it("takes nothing for new that is there at first, and for a while everything that comes later", () => {
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
