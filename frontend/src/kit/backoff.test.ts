import { expect, it } from "vitest";
import { Backoff } from "./backoff";

it("waits twice as long each time, up to a bound, and starts over after a success", () => {
  const backoff = new Backoff(250, 5000, () => 1);
  expect(Array.from({ length: 7 }, () => backoff.delay())).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  backoff.reset();
  expect(backoff.delay()).toBe(250);
});
