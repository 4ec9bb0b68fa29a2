import { beforeEach, describe, expect, it } from "vitest";
import type { Process, Snapshot } from "../../wire/snapshot";
import { namespace, own, process, snapshot } from "../../wire/snapshot.test-data";
import { Filter } from "./filter";
import { Folds } from "./folds";
import { around, type Outlook, outline, type Shown, type ShownBox } from "./outline";
import { buildTree } from "./tree";

const sleeps = (count: number, from = 20, parent = 2, more: Partial<Process> = {}) =>
  Array.from({ length: count }, (_, index) => ({ ...process([from + index], parent, "sleep"), ...more }));

function drawn(item: Shown, indent = ""): string[] {
  switch (item.kind) {
    case "row":
      return [`${indent}${item.process.pid} ${item.process.command}`];
    case "group": {
      const line = `${indent}${item.rows[0]?.process.command} × ${item.rows.length}`;
      return item.folded ? [line] : [line, ...item.rows.flatMap((row) => drawn(row, `${indent}  `))];
    }
    case "box":
      return [
        `${indent}[${item.box.inode}]${item.folded ? ` ${item.size} folded` : ""}`,
        ...item.items.flatMap((one) => drawn(one, `${indent}  `)),
      ];
  }
}

describe("outline", () => {
  let folds: Folds;

  beforeEach(() => {
    localStorage.clear();
    folds = new Folds();
    folds.enter("s 100");
  });

  function shown(scene: Snapshot, more: Partial<Outlook> = {}): ShownBox {
    const tree = buildTree(scene);
    if (!tree) throw new Error("no tree");
    return outline(tree, { folds, own, isDead: () => false, standsOut: () => false, isFound: undefined, ...more });
  }

  it("puts equals into one row, which unfolds", () => {
    const scene = snapshot([...sleeps(30), process([60], 2, "cat"), ...sleeps(30, 100)]);
    expect(drawn(shown(scene))).toEqual(["[100]", "  1 init", "  2 bash", "  sleep × 60", "  60 cat"]);
    const group = shown(scene).items.find(({ kind }) => kind === "group");
    folds.turn(group?.kind === "group" ? group.key : "");
    expect(drawn(shown(scene))).toHaveLength(5 + 60);
  });

  it("does not group few, parents, those that look otherwise, and those that a lesson marks", () => {
    const scene = snapshot([...sleeps(3), ...sleeps(4, 40, 2, { tty: "pts/1" }), process([80], 20, "cat")]);
    expect(drawn(shown(scene))).toHaveLength(3 + 3 + 4 + 1);
    const five = snapshot(sleeps(5));
    expect(drawn(shown(five))).toContain("  sleep × 5");
    expect(drawn(shown(five, { standsOut: ({ pid }) => pid === 22 }))).not.toContain("  sleep × 4");
    expect(drawn(shown(snapshot([...sleeps(5), process([80], 20, "cat")])))).not.toContain("  sleep × 5");
  });

  it("shows of a folded box how many are in it, and remembers it for this sandbox alone", () => {
    const scene = snapshot(
      [
        process([9], 2, "unshare", { pid_for_children: 200 }),
        process([10, 1], 9, "bash", { pid: 200, pid_for_children: 300 }),
        process([11, 2, 1], 10, "cat", { pid: 300 }),
      ],
      [namespace("pid", 200, { parent: 100 }), namespace("pid", 300, { parent: 200 })],
    );
    folds.turn("box 200");
    expect(drawn(shown(scene))).toEqual(["[100]", "  1 init", "  2 bash", "  9 unshare", "  [200] 2 folded"]);
    const later = new Folds();
    later.enter("s 100");
    expect(later.isBoxFolded("box 200")).toBe(true);
    later.enter("s 900");
    expect(later.isBoxFolded("box 200")).toBe(false);
    expect(around(11, shown(scene, { folds: new Folds() }))).toEqual(["box 100", "box 200", "box 300"]);
  });

  it("leaves out what is not looked for, and folds nothing then", () => {
    folds.turn("box 200");
    const scene = snapshot(
      [...sleeps(6), process([9], 2, "unshare", { pid_for_children: 200 }), process([10, 1], 9, "bash", { pid: 200, net: 777 })],
      [namespace("pid", 200, { parent: 100 })],
    );
    const look = (words: string) => drawn(shown(scene, { isFound: (one) => new Filter(words).matches(one, own) }));
    expect(look("net")).toEqual(["[100]", "  [200]", "    10 bash"]);
    expect(look("sleep 23")).toEqual(["[100]", "  23 sleep"]);
    expect(look("nothing")).toEqual(["[100]"]);
  });
});

describe("a filter finds", () => {
  const here = {
    ...process([19, 4], 2, "Python3", { pid: 200, net: 4026532777 }),
    arguments: ["python3", "/srv/app.py"],
    tty: "pts/3",
    terminal: "tty2",
  };
  it.each([
    ["python", true],
    ["app.py", true],
    ["tty2", true],
    ["pts/3", true],
    ["19", true],
    ["4", true],
    ["9", false],
    ["777", true],
    ["77", false],
    ["net", true],
    ["pid", true],
    ["uts", false],
    ["python net 4", true],
    ["python uts", false],
    ["  ", true],
  ])("%s: %s", (words, found) => expect(new Filter(words).matches(here, own)).toBe(found));
});
