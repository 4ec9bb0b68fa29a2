import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeSandboxMessage } from "../../wire/sandbox";
import type { Snapshot } from "../../wire/snapshot";
import { namespace, process, snapshot } from "../../wire/snapshot.test-data";
import { type Box, buildTree, chainOf } from "./tree";

/** A tree as indented lines: a row as its PID in the box and its command, a box as its inode. */
function drawn(box: Box | null, indent = ""): string[] {
  if (!box) return [];
  const lines = [`${indent}[${box.inode}${box.hostname ? ` ${box.hostname}` : ""}]`];
  for (const item of box.items) {
    if (item.kind === "box") lines.push(...drawn(item, `${indent}  `));
    else lines.push(`${indent}  ${"  ".repeat(item.depth)}${item.process.pids.at(-1)} ${item.process.command}`);
  }
  return lines;
}

describe("tree", () => {
  it("nests each box at the row of its creator", () => {
    const text = readFileSync(`${import.meta.dirname}/../../../../src/test/resources/wire/sandbox-snapshot.json`, "utf8");
    expect(drawn(buildTree(decodeSandboxMessage(text) as Snapshot))).toEqual([
      "[4026532246 lab]",
      "  1 init",
      "  2 bash",
      "    9 unshare",
      "  [4026532386 namespace1]",
      "    1 bash",
      "      12 unshare",
      "    [4026532391 namespace2]",
      "      1 bash",
      "  3 bash",
    ]);
  });

  it("shows a namespace without processes as long as some process's children would be in it", () => {
    const scene = snapshot(
      [process([9], 2, "bash", { pid_for_children: 200 })],
      [namespace("pid", 200, { parent: 100, members: 0, heldBy: ["pid_for_children"] })],
    );
    expect(drawn(buildTree(scene))).toEqual(["[100 lab]", "  1 init", "  2 bash", "    9 bash", "  [200]"]);
  });

  it("has no box for a namespace that only a mount or a file keeps", () => {
    const scene = snapshot([], [namespace("pid", 200, { parent: 100, members: 0, heldBy: ["mount"] })]);
    expect(drawn(buildTree(scene))).toEqual(["[100 lab]", "  1 init", "  2 bash"]);
  });

  it("finds the place of a namespace whose parent the kernel did not tell", () => {
    const scene = snapshot([
      process([9], 2, "unshare", { pid_for_children: 200 }),
      process([10, 1], 9, "bash", { pid: 200, pid_for_children: 300 }),
      process([11, 2, 1], 10, "sleep", { pid: 300 }),
    ]);
    expect(drawn(buildTree(scene))).toEqual([
      "[100 lab]",
      "  1 init",
      "  2 bash",
      "    9 unshare",
      "  [200 lab]",
      "    1 bash",
      "    [300 lab]",
      "      1 sleep",
    ]);
  });

  it("shows a process that nsenter has moved in the box that it moved to", () => {
    const scene = snapshot(
      [
        process([9], 2, "unshare", { pid_for_children: 200 }),
        process([10, 1], 9, "bash", { pid: 200 }),
        process([20], 2, "nsenter", { pid_for_children: 200 }),
        process([21, 7], 20, "ps", { pid: 200 }),
      ],
      [namespace("pid", 200, { parent: 100 })],
    );
    expect(drawn(buildTree(scene))).toEqual([
      "[100 lab]",
      "  1 init",
      "  2 bash",
      "    9 unshare",
      "  [200 lab]",
      "    1 bash",
      "    7 ps",
      "    20 nsenter",
    ]);
  });

  it("loses no orphan, no zombie and no process with an unknown parent", () => {
    const zombie = { ...process([12, 3], 10, "sleep"), namespaces: {}, state: "Z" };
    const scene = snapshot(
      [process([10, 1], 1, "bash", { pid: 200 }), zombie, process([50], 999, "lost"), process([60], 60, "own parent")],
      [namespace("pid", 200, { parent: 100 }), namespace("pid", 300, { parent: 777 })],
    );
    const lines = drawn(buildTree(scene));
    expect(lines).toEqual([
      "[100 lab]",
      "  1 init",
      "  2 bash",
      "  [200 lab]",
      "    1 bash",
      "      3 sleep",
      "  50 lost",
      "  60 own parent",
      "  [300]",
    ]);
  });

  it("is null while there is no process", () => {
    expect(buildTree({ ...snapshot([]), processes: [] })).toBeNull();
  });

  it("knows the way from the sandbox to a process", () => {
    const inner = process([11, 2, 1], 10, "sleep", { pid: 300 });
    const scene = snapshot([inner], [namespace("pid", 200, { parent: 100 }), namespace("pid", 300, { parent: 200 })]);
    expect(chainOf(inner, scene)).toEqual([100, 200, 300]);
  });
});
