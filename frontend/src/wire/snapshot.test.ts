import { expect, it } from "vitest";
import { tasksIn } from "./snapshot";
import { process, snapshot } from "./snapshot.test-data";

it("counts tasks as the kernel does: threads, and a zombie as one, without the sandbox's own init", () => {
  const busy = { ...process([3], 2, "perl"), threads: 40 };
  const zombie = { ...process([4], 2, "sleep"), state: "Z", threads: 0 };
  expect(tasksIn(snapshot([busy, zombie]))).toBe(1 + 40 + 1);
});
