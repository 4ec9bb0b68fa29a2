import { expect, it } from "vitest";
import { process, snapshot } from "../../wire/snapshot.test-data";
import { Finds } from "./found";
import { check, progressOf } from "./scene.test-data";

const found = (...matched: number[]) => progressOf(["first"], {}, { first: check("first", { met: true, matched }) });
const bash = process([13, 1], 12, "bash", { pid: 200 });

it("names what was found with its PIDs, and remembers the name of what has died", () => {
  const finds = new Finds();
  expect(finds.learn(snapshot([bash]), found(13))).toBe(true);
  expect(finds.get(13)).toEqual({ label: "bash 13 · 1", alive: true });
  expect(finds.learn(snapshot([bash]), found(13))).toBe(false);
  expect(finds.learn(snapshot([]), found(13))).toBe(true);
  expect(finds.get(13)).toEqual({ label: "bash 13 · 1", alive: false });
});

it("knows nothing of processes that were not found, or are no longer", () => {
  const finds = new Finds();
  finds.learn(snapshot([bash]), found(13));
  finds.learn(snapshot([bash]), found());
  expect(finds.get(13)).toBeUndefined();
  finds.learn(null, found(13));
  expect(finds.get(13)).toBeUndefined();
});
