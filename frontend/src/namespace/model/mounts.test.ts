import { describe, expect, it } from "vitest";
import type { Mount, MountList } from "../../wire/mounts";
import { mount, namespace, own, snapshot } from "../../wire/snapshot.test-data";
import { Mounts } from "./mounts";

const outside = [mount(1, 0, "/"), mount(2, 1, "/usr", { type: "ext4" }), mount(3, 1, "/proc", { type: "proc" })];

describe("mounts", () => {
  const full = (mounts: Mount[]): MountList => ({ base: null, without: [], mounts, more: 0 });
  const list = (more: Partial<MountList>): MountList => ({ base: own.mnt, without: [], mounts: [], more: 0, ...more });
  const known = (base: MountList, ...others: MountList[]) => {
    const scene = snapshot(
      [],
      others.map((mounts, index) => namespace("mnt", 200 + index, { mounts })),
    );
    return new Mounts({
      ...scene,
      namespaces: scene.namespaces.map((one) => (one.inode === own.mnt ? { ...one, mounts: base } : one)),
    });
  };
  const points = (mounts: Iterable<Mount> | undefined) => [...(mounts ?? [])].map(({ id, point }) => `${id} ${point}`);

  it("a list that is a difference is completed", () => {
    const secret = mount(20, 9, "/mnt");
    const mounts = known(full(outside), list({ without: [2], mounts: [secret] }));
    expect(points(mounts.of(200))).toEqual(["1 /", "3 /proc", "20 /mnt"]);
    expect(mounts.of(300)).toBeUndefined();
    expect(mounts.count).toBe(2);
  });

  it("compares: only here, missing, and different", () => {
    const readOnly = mount(22, 9, "/usr", { type: "ext4", options: ["ro"] });
    const mine = [mount(9, 8, "/", { propagation: "slave", master: 7 }), readOnly, mount(23, 9, "/mnt"), mount(24, 9, "/proc")];
    const base = [...outside, mount(4, 1, "/old")];
    for (const told of [full(mine), list({ without: [1, 2, 3, 4], mounts: mine })]) {
      const { here, missing, changed, retuned, same } = known(full(base), told).compare(200, own.mnt);
      expect(changed.map((one) => [one.here.id, one.outside.id])).toEqual([[22, 2]]);
      expect([here, missing, retuned, same].map(points)).toEqual([["23 /mnt", "24 /proc"], ["3 /proc", "4 /old"], ["9 /"], []]);
    }
  });

  it("two equal mounts at one point are two mounts", () => {
    const twice = known(full(outside), list({ mounts: [mount(30, 9, "/proc", { type: "proc" })] }));
    const { here, same } = twice.compare(200, own.mnt);
    expect([here, same].map(points)).toEqual([["30 /proc"], ["1 /", "2 /usr", "3 /proc"]]);
  });

  it("another instance of a file system is another mount", () => {
    const base = [...outside, mount(4, 1, "/dev/pts", { type: "devpts", device: "0:60" })];
    const instance = mount(40, 9, "/dev/pts", { type: "devpts", device: "0:70" });
    const { here, missing } = known(full(base), list({ without: [4], mounts: [instance] })).compare(200, own.mnt);
    expect([here, missing].map(points)).toEqual([["40 /dev/pts"], ["4 /dev/pts"]]);
  });

  it("a mount is covered if another one lies over it", () => {
    const stacked = [mount(20, 9, "/mnt/a"), mount(21, 9, "/mnt"), mount(22, 21, "/mnt"), mount(23, 22, "/mnt/b")];
    const mounts = known(full(outside), list({ mounts: [...stacked, mount(24, 9, "/proc", { type: "proc" })] }));
    expect(points(mounts.covered(200))).toEqual(["3 /proc", "20 /mnt/a", "21 /mnt"]);
    expect(points(mounts.covered(own.mnt))).toEqual([]);
  });

  it("a mount in a new root is not covered by that root, though its path looks as if", () => {
    const box = mount(40, 39, "/", { source: "box" });
    const mounts = known(full(outside), list({ without: [1, 2], mounts: [box, mount(41, 40, "/old"), mount(42, 41, "/old/usr")] }));
    expect(points(mounts.covered(200))).toEqual([]);
  });

  it("finds peers, masters and slaves in other namespaces", () => {
    const shared = (id: number, point: string, peerGroup: number) => mount(id, 1, point, { propagation: "shared", peerGroup });
    const slave = (id: number, point: string, master: number) => mount(id, 1, point, { propagation: "slave", master });
    const mounts = known(
      full([...outside, shared(5, "/a", 7), shared(6, "/b", 8)]),
      full([shared(50, "/a", 7), slave(51, "/b", 8)]),
      full([slave(60, "/a", 7), slave(61, "/c", 99)]),
    );
    const borders = (inode: number) => mounts.borders(inode).map((one) => [one.crossing, one.inode, points(one.mounts)]);
    expect(borders(200)).toEqual([
      ["both", own.mnt, ["50 /a"]],
      ["from", own.mnt, ["51 /b"]],
      ["to", 201, ["50 /a"]],
    ]);
    expect(borders(own.mnt)).toEqual([
      ["both", 200, ["5 /a"]],
      ["to", 200, ["6 /b"]],
      ["to", 201, ["5 /a"]],
    ]);
    expect([mounts.hasGroup(8), mounts.hasGroup(99)]).toEqual([true, false]);
  });

  it("a path lies on the nearest mount above it, and of several there on the upper one", () => {
    const mounts = known(full([...outside, mount(4, 1, "/usr/share"), mount(5, 4, "/usr/share"), mount(6, 1, "/usr/sh")]));
    const under = (path: string) => mounts.under(path, own.mnt)?.id;
    expect([under("/"), under("/usr"), under("/usr/share/man"), under("/usrlocal")]).toEqual([1, 2, 5, 1]);
    expect(mounts.under("/", 999)).toBeUndefined();
  });
});
