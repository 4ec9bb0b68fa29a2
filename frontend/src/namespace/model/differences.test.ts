import { expect, it } from "vitest";
import { own, process } from "../../wire/snapshot.test-data";
import { childrenElsewhere, differencesOf, telling } from "./differences";

it("shows three digits, or more if three are not enough to tell inodes apart", () => {
  expect(telling([4026532178, 4026532179, 4026532178])).toBe(3);
  expect(telling([4026532178, 4026542178])).toBe(5);
  expect(telling([1, 1001])).toBe(4);
  expect(telling([])).toBe(3);
});

it("tells which namespaces a process does not share with the sandbox, without the PID namespace, which the box shows", () => {
  const changed = process([9], 2, "unshare", { uts: 201, mnt: 202, pid_for_children: 200 });
  expect(differencesOf(changed, own)).toEqual([
    { type: "uts", inode: 201 },
    { type: "mnt", inode: 202 },
  ]);
  expect(childrenElsewhere(changed)).toBe(200);
  expect(childrenElsewhere(process([2], 1, "bash"))).toBeUndefined();
});
