import { describe, expect, it } from "vitest";
import { namespace, own, process, snapshot } from "../../wire/snapshot.test-data";
import { unreachable } from "../../wire/unreachable";
import { changesBetween, initDeaths, inside, isSameSandbox } from "./changes";

const unshare = process([9], 2, "unshare", { uts: 201, pid_for_children: 200 });
const bash = process([10, 1], 9, "bash", { uts: 201, pid: 200 });
const inner = process([12, 3, 1], 10, "sleep", { uts: 201, pid: 300 });
const spaces = [namespace("uts", 201, { hostname: "lab" }), namespace("pid", 200, { parent: 100 })];

describe("what happened between two snapshots", () => {
  const told = (...args: Parameters<typeof changesBetween>) =>
    changesBetween(...args).map((change): string => {
      switch (change.kind) {
        case "entered":
          return `${change.process.command} ${change.made ? "made" : "joined"} ${change.namespaces.map(({ type, inode }) => `${type} ${inode}`)}`;
        case "born":
          return `${change.process.command} born in ${change.inode}`;
        case "hostname":
          return `${change.inode} is ${change.hostname}`;
        case "died":
          return `${change.init.command} of ${change.inode} died with ${change.along.map(({ command }) => command)}`;
        default:
          return unreachable(change);
      }
    });

  it("a process that made namespaces, and its child that is PID 1 in one", () => {
    expect(told(snapshot([]), snapshot([unshare, bash], spaces))).toEqual(["unshare made uts 201", "bash born in 200"]);
    const before = snapshot([process([9], 2, "bash")]);
    expect(told(before, snapshot([{ ...unshare, command: "bash" }], spaces))).toEqual(["bash made uts 201"]);
  });

  it("a process that joined existing namespaces", () => {
    const before = snapshot([unshare, bash], spaces);
    const guest = process([20, 5], 2, "ps", { uts: 201, pid: 200 });
    expect(told(before, snapshot([unshare, bash, guest], spaces))).toEqual(["ps joined pid 200,uts 201"]);
  });

  it("a host name that changed, not one that was inherited", () => {
    const before = snapshot([unshare, bash], spaces);
    const renamed = [namespace("uts", 201, { hostname: "one" }), namespace("pid", 200, { parent: 100 })];
    expect(told(before, snapshot([unshare, bash], renamed))).toEqual(["201 is one"]);
    expect(told(snapshot([]), snapshot([unshare], [namespace("uts", 201, { hostname: "lab" })]))).toEqual(["unshare made uts 201"]);
  });

  it("an init that died, with those whom the kernel killed, told once", () => {
    const before = snapshot([unshare, bash, inner], spaces);
    expect(told(before, snapshot([unshare], spaces))).toEqual(["bash of 200 died with sleep"]);
    expect(initDeaths(before, snapshot([unshare])).map(({ inode }) => inode)).toEqual([200, 300]);
  });

  it("an init that is dying, which counts as dead and is told once", () => {
    const before = snapshot([unshare, bash, inner], spaces);
    const dying = snapshot([unshare, { ...bash, namespaces: { pid: 200, user: own.user } }], spaces);
    expect(told(before, dying)).toEqual(["bash of 200 died with sleep"]);
    expect(told(dying, snapshot([unshare], spaces))).toEqual([]);
  });

  it("nothing, if nothing happened", () => {
    expect(told(snapshot([unshare, bash], spaces), snapshot([bash, unshare], spaces))).toEqual([]);
  });
});

it("finds who is inside, nested ones and zombies too", () => {
  const zombie = { ...process([13, 4], 10, "true"), namespaces: {}, state: "Z" };
  const scene = snapshot([unshare, bash, inner, zombie, process([14], 14, "own parent")]);
  expect(inside(200, scene).map(({ pid }) => pid)).toEqual([10, 12, 13]);
  expect(inside(999, scene)).toEqual([]);
});

it("a reset, after which the sandbox is another one", () => {
  const before = snapshot([]);
  const reset = { ...before, namespaces: before.namespaces.map((one) => (one.type === "pid" ? { ...one, id: 7 } : one)) };
  expect([isSameSandbox(before, snapshot([bash])), isSameSandbox(before, reset)]).toEqual([true, false]);
});
