import { describe, expect, it } from "vitest";
import { namespace, own, process, snapshot } from "../../wire/snapshot.test-data";
import { NamespaceColors } from "./colors";

const first = process([9], 2, "unshare", { uts: 201, mnt: 202, pid_for_children: 200 });
const second = process([10, 1], 9, "bash", { uts: 201, mnt: 202, pid: 200 });
const other = process([30], 2, "bash", { uts: 301 });

describe("colours of namespaces", () => {
  it("gives 0 to the sandbox's own, and one colour to namespaces that came together", () => {
    const colors = new NamespaceColors();
    colors.learn(snapshot([first, second, other]));
    for (const [type, inode] of Object.entries(own)) expect(colors.of(type, inode)).toBe(0);
    expect([colors.of("uts", 201), colors.of("mnt", 202), colors.of("pid_for_children", 200), colors.of("pid", 200)]).toEqual([1, 1, 1, 1]);
    expect(colors.of("uts", 301)).toBe(2);
  });

  it("keeps colours while others come and go", () => {
    const colors = new NamespaceColors();
    colors.learn(snapshot([first, second]));
    colors.learn(snapshot([first, second, other]));
    expect(colors.of("uts", 301)).toBe(2);
    colors.learn(snapshot([other]));
    expect(colors.of("uts", 301)).toBe(2);
    expect(colors.of("uts", 201)).toBe(0);
  });

  it("takes an inode that the kernel has reused for another namespace", () => {
    const colors = new NamespaceColors();
    const keep = process([40], 2, "sleep", { uts: 401 });
    colors.learn(snapshot([other, keep], [namespace("uts", 301, { id: 1 }), namespace("uts", 401, { id: 2 })]));
    expect([colors.of("uts", 301), colors.of("uts", 401)]).toEqual([1, 2]);
    colors.learn(snapshot([other, keep], [namespace("uts", 301, { id: 9 }), namespace("uts", 401, { id: 2 })]));
    expect(colors.of("uts", 301)).toBe(3);
  });

  it("copes with more namespaces than colours", () => {
    const colors = new NamespaceColors();
    const many = Array.from({ length: 40 }, (_, index) => process([100 + index], 2, "sleep", { uts: 1000 + index }));
    colors.learn(snapshot(many));
    const used = many.map((_, index) => colors.of("uts", 1000 + index));
    expect(Math.min(...used)).toBe(1);
    expect(Math.max(...used)).toBe(8);
  });
});
