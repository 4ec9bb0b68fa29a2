import { beforeEach, describe, expect, it } from "vitest";
import { killed, namespace, process, snapshot } from "../../wire/snapshot.test-data";
import { Afterlife } from "./afterlife";

const unshare = process([9], 2, "unshare", { pid_for_children: 200 });
const bash = process([10, 1], 9, "bash", { pid: 200 });
const sleep = process([11, 2], 10, "sleep", { pid: 200 });
const spaces = [namespace("pid", 200, { parent: 100, id: 1 })];
const full = snapshot([unshare, bash, sleep], spaces);
const empty = snapshot([]);

describe("the dead", () => {
  let now: number;
  let dead: Afterlife;
  const pids = (shown = empty) => dead.with(shown).processes.map(({ pid }) => pid);

  beforeEach(() => {
    now = 0;
    dead = new Afterlife(() => now);
  });

  it("are shown for some seconds, with their namespace and their creator, and then go", () => {
    dead.learn(full, empty);
    expect(pids()).toEqual([1, 2, 9, 10, 11]);
    expect(dead.with(empty).namespaces.some(({ type, inode }) => type === "pid" && inode === 200)).toBe(true);
    expect([dead.isDead(bash), dead.isDead(sleep), dead.isDead(unshare), dead.isFading(bash)]).toEqual([true, true, true, false]);
    expect(dead.of(200)).toMatchObject({ along: 1, signal: null, status: null });
    now = dead.next() ?? 0;
    expect(dead.isFading(bash)).toBe(true);
    now += dead.next() ?? 0;
    expect(pids()).toEqual([1, 2]);
    expect(dead.next()).toBeUndefined();
  });

  it.each(["before", "after"])("the server says %s the snapshot how it was", (when) => {
    if (when === "before") dead.told(killed, full);
    dead.learn(full, empty);
    if (when === "after") dead.told(killed, empty);
    expect(dead.of(200)).toMatchObject({ along: 1, signal: "SIGKILL", status: 137 });
    expect(pids()).toEqual([1, 2, 9, 10, 11]);
  });

  it("are dead at once when the server says so", () => {
    dead.told(killed, full);
    expect([dead.isDead(bash), dead.isDead(sleep), dead.isDead(unshare)]).toEqual([true, true, false]);
    expect(pids(full)).toEqual([1, 2, 9, 10, 11]);
  });

  it("do not include a creator that lives on", () => {
    dead.learn(full, snapshot([unshare], spaces));
    expect([dead.isDead(bash), dead.isDead(unshare)]).toEqual([true, false]);
  });

  it("make way when the kernel gives their inode to a new namespace", () => {
    dead.learn(full, empty);
    const again = snapshot([process([20], 2, "unshare", { pid_for_children: 200 }), process([21, 1], 20, "bash", { pid: 200 })]);
    dead.learn(empty, again);
    expect(dead.of(200)).toBeUndefined();
    expect(pids(again)).toEqual([1, 2, 20, 21]);
  });

  it.each(["found", "told"])("are in what they were in before they began to die: %s", (how) => {
    const init = process([10, 1], 9, "bash", { pid: 200, uts: 300 });
    const names = [...spaces, namespace("uts", 300, { hostname: "namespace1" })];
    const { uts: _, ...left } = init.namespaces;
    const halfDead = snapshot([unshare, { ...init, namespaces: left }, sleep], spaces);
    dead.learn(snapshot([unshare, init, sleep], names), halfDead);
    if (how === "told") dead.told(killed, halfDead);
    else dead.learn(halfDead, empty);
    expect(dead.of(200)?.init.namespaces.uts).toBe(300);
    expect(dead.with(empty).namespaces).toContainEqual(names[1]);
  });

  it("are limited in number", () => {
    for (let inode = 200; inode < 220; inode++) dead.learn(snapshot([process([inode, 1], 2, "true", { pid: inode })]), empty);
    expect(pids()).toHaveLength(2 + 4);
  });

  it("do not include a process that was never seen", () => {
    expect(dead.told(killed, empty)).toBe(false);
    expect(dead.told({ ...killed, init: null }, full)).toBe(false);
    expect(pids()).toEqual([1, 2]);
  });
});
