import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Process, Snapshot } from "../wire/snapshot";
import type { NamespacesElement } from "./element";
import "./element";
import { call, killed, mount, namespace, own, process, snapshot } from "../wire/snapshot.test-data";

const unshare = process([9], 2, "unshare", { uts: 201, pid_for_children: 200 });
const bash = { ...process([10, 1], 9, "bash", { uts: 201, pid: 200 }), terminal: "tty1" };
const sleep = process([11, 2], 10, "sleep", { uts: 201, pid: 200 });
const spaces = [namespace("pid", 200, { parent: 100 }), namespace("uts", 201, { hostname: "lab" })];

describe("<nslab-namespaces> shows", () => {
  let element: NamespacesElement;

  beforeEach(() => {
    element = document.createElement("nslab-namespaces") as NamespacesElement;
    document.body.append(element);
  });
  afterEach(() => element.remove());

  async function frame(): Promise<void> {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await element.updateComplete;
  }

  async function show(scene: Snapshot): Promise<void> {
    element.snapshot = scene;
    await frame();
  }

  const all = (testid: string) => [...element.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
  const row = (pid: number) => element.querySelector<HTMLElement>(`[data-testid="process"][data-pid="${pid}"]`);
  const key = (target: Element | null | undefined, name: string) =>
    target?.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));

  it("the timeline, whose entries open the details of what they are about", async () => {
    await show(snapshot([]));
    element.tell(call({ pid: 9, flags: ["CLONE_NEWPID"] }));
    await show(snapshot([unshare, bash, sleep], spaces));
    expect(all("latest")[0]?.textContent).toContain("unshare(9) asked for CLONE_NEWPID");
    element.view = "timeline";
    await element.updateComplete;
    const entries = all("timeline-entry");
    expect(entries.map((entry) => entry.querySelector(".said")?.textContent)).toEqual([
      "unshare(9) asked for CLONE_NEWPID",
      "unshare(9) is in the new uts 201",
      "bash(10) became PID 1 of 200",
    ]);
    entries[2]?.click();
    await element.updateComplete;
    expect(all("lens")[0]?.dataset.pid).toBe("10");
    expect(entries[2]?.getAttribute("aria-selected")).toBe("true");
  });

  it("of many outer PIDs the first and the last, and all of them to who points or listens", async () => {
    await show(snapshot([process([19, 15, 12, 8, 4, 1], 2, "bash", { pid: 200 }), process([20, 5, 3, 2], 2, "sleep", { pid: 300 })]));
    const outside = row(19)?.querySelector(".outside");
    expect(outside?.textContent).toBe("19 · … · 4");
    expect(outside?.getAttribute("title")).toContain("19 · 15 · 12 · 8 · 4:");
    expect(row(19)?.getAttribute("aria-label")).toContain("outside 19, 15, 12, 8, 4");
    expect(row(20)?.querySelector(".outside")?.textContent).toBe("20 · 5 · 3");
  });

  it("less, when boxes are folded and equals grouped, by click and by key", async () => {
    localStorage.clear();
    const sleeps = Array.from({ length: 60 }, (_, index) => process([100 + index], 2, "sleep"));
    await show(snapshot([...sleeps, unshare, bash, sleep], spaces));
    const [group] = all("equals");
    expect(group?.querySelector(".what")?.textContent).toContain("sleep× 60");
    expect(row(100)).toBeNull();
    group?.focus();
    key(group, "ArrowRight");
    await element.updateComplete;
    expect(group?.querySelectorAll("[data-testid='process']")).toHaveLength(60);
    key(group, "ArrowLeft");
    await element.updateComplete;
    expect(row(100)).toBeNull();
    element.reveal(130);
    await element.updateComplete;
    expect(row(130)?.getAttribute("aria-selected")).toBe("true");
    const inner = all("pid-namespace")[1];
    inner?.querySelector<HTMLElement>("[data-fold]")?.click();
    await element.updateComplete;
    expect(inner?.getAttribute("aria-expanded")).toBe("false");
    expect(inner?.textContent).toContain("processes: 2");
    expect(row(10)).toBeNull();
    element.reveal(11);
    await element.updateComplete;
    expect(row(11)).not.toBeNull();
  });

  it("only those that somebody looks for", async () => {
    await show(snapshot([unshare, bash, sleep], spaces));
    const [field] = all("find") as HTMLInputElement[];
    const find = async (words: string) => {
      if (field) field.value = words;
      field?.dispatchEvent(new Event("input", { bubbles: true }));
      await element.updateComplete;
      return all("process").map(({ dataset }) => Number(dataset.pid));
    };
    expect(await find("uts tty1")).toEqual([10]);
    expect(element.querySelector(".find output")?.textContent).toBe("1 of 5");
    element.view = "table";
    await element.updateComplete;
    expect([...element.querySelectorAll<HTMLElement>(".line[data-pid]")].map(({ dataset }) => dataset.pid)).toEqual(["10"]);
    element.view = "tree";
    expect(await find("nobody")).toEqual([]);
    expect(element.textContent).toContain("No process is like that.");
    element.reveal(2);
    await element.updateComplete;
    expect(row(2)).not.toBeNull();
    expect(field?.value).toBe("");
  });

  it("what died, at its place, and how", async () => {
    await show(snapshot([unshare, bash, sleep], spaces));
    element.tell(killed);
    await show(snapshot([]));
    expect(all("autopsy").map((line) => line.textContent)).toEqual([
      "PID 1 was killed by SIGKILL: the kernel killed the other process in here.",
    ]);
    expect([9, 10, 11].map((pid) => row(pid)?.hasAttribute("data-dead"))).toEqual([true, true, true]);
    expect(row(2)?.hasAttribute("data-dead")).toBe(false);
    expect(row(10)?.closest<HTMLElement>("[data-testid='pid-namespace']")?.hasAttribute("data-dead")).toBe(true);
    expect(element.snapshot?.processes).toHaveLength(2);
  });

  it("why a process's children would be elsewhere, or nowhere", async () => {
    const { pid_for_children: _, ...unreadable } = own;
    const waiting: Process = { ...process([12], 2, "bash"), namespaces: unreadable };
    const barren = process([13], 2, "bash", { pid_for_children: 300 });
    await show(snapshot([unshare, bash, waiting, barren], [...spaces, namespace("pid", 300, { parent: 100, members: 0 })]));
    expect(row(12)?.querySelector("[data-testid='next-first']")?.getAttribute("title")).toContain("its next child will be PID 1");
    expect(row(13)?.querySelector("[data-testid='no-children']")?.getAttribute("title")).toContain("Cannot allocate memory");
    row(9)?.click();
    await element.updateComplete;
    expect(all("fate")[0]?.textContent).toContain("--fork");
  });

  it("namespaces without a process, and what keeps them", async () => {
    const kept = namespace("net", 400, {
      members: 0,
      heldBy: ["mount"],
      holders: [{ kind: "mount", pid: 2, path: "/run/netns/\u202eblue" }],
      interfaces: ["lo", "veth0"],
    });
    await show(snapshot([], [kept]));
    const [line] = all("kept-namespace");
    expect(line?.textContent).toContain("net 400");
    expect(line?.textContent).toContain("the bind mount /run/netns/blue (seen by bash(2))");
    line?.click();
    await element.updateComplete;
    expect(all("namespace-lens")[0]?.textContent).toContain("lo veth0");
  });

  it("namespaces that a thread or a socket keeps", async () => {
    const thread = namespace("uts", 400, { members: 0, heldBy: ["thread"], holders: [{ kind: "thread", pid: 2, tid: 12 }] });
    const socket = namespace("net", 401, { members: 0, heldBy: ["socket"], holders: [{ kind: "socket", pid: 2, fd: 5 }] });
    const unknown = namespace("net", 402, { members: 0, heldBy: ["socket", "thread"] });
    await show(snapshot([], [thread, socket, unknown]));
    expect(all("kept-namespace").map((line) => line.querySelector(".by")?.textContent)).toEqual([
      "the thread 12 of bash(2)",
      "the socket 5 of bash(2)",
      "a socket · a thread",
    ]);
    const holders = [{ kind: "thread", pid: 2, tid: 12 } as const, { kind: "namespace", inode: 101 } as const];
    await show(snapshot([process([10], 2, "sleep", { uts: 403 })], [namespace("uts", 403, { holders })]));
    row(10)?.querySelector<HTMLElement>("[data-ns='uts:403']")?.click();
    await element.updateComplete;
    expect(all("kept-by")[0]?.textContent?.trim()).toBe("the thread 12 of bash(2)");
  });

  it("the mounts of a namespace, compared with the sandbox's own, and who shares them", async () => {
    const long = `/srv/${"deep/".repeat(40)}end`;
    const outside = [
      mount(1, 0, "/", { source: "nslab" }),
      mount(2, 1, "/usr"),
      mount(4, 1, "/opt"),
      mount(3, 1, "/data", { propagation: "shared", peerGroup: 9 }),
    ];
    const inside = [
      mount(30, 9, "/data", { propagation: "slave", master: 9 }),
      mount(31, 9, "/mnt", { source: "secret", options: ["ro", "relatime"], superOptions: ["size=1024k"] }),
      mount(32, 31, "/mnt", { root: "/sub", propagation: "unbindable" }),
      mount(33, 9, long),
      mount(34, 9, "/opt", { options: ["ro", "relatime"] }),
    ];
    const scene = snapshot(
      [process([10], 2, "bash", { mnt: 202 })],
      [namespace("mnt", 202, { mounts: { base: own.mnt, without: [2, 3, 4], mounts: inside, more: 120 } })],
    );
    await show({
      ...scene,
      namespaces: scene.namespaces.map((one) =>
        one.inode === own.mnt ? { ...one, mounts: { base: null, without: [], mounts: outside, more: 0 } } : one,
      ),
    });
    row(10)?.querySelector<HTMLElement>("[data-ns='mnt:202']")?.click();
    await element.updateComplete;
    expect(all("namespace-lens")[0]?.dataset.inode).toBe("202");
    const words = (node: Element | null | undefined) => node?.textContent?.replace(/\s+/g, " ").trim();
    const said = (group: string) => [...(all(`mounts-${group}`)[0]?.querySelectorAll("li") ?? [])].map(words);
    expect(said("here")).toEqual([
      "/mnt covered private tmpfs · secret · ro size=1024k",
      "/mnt unbindable tmpfs · none · root /sub",
      "/srv/deep/deep…/deep/deep/deep/deep/deep/end private tmpfs · none",
    ]);
    expect(all("mounts-here")[0]?.querySelectorAll(".point")[2]?.getAttribute("title")).toBe(long);
    expect(said("changed")).toEqual(["/opt private tmpfs · none · ro · outside rw"]);
    expect(said("missing")).toEqual(["/usr private tmpfs · none"]);
    expect(said("retuned")).toEqual(["/data slave of group 9 tmpfs · none receives from mnt 102"]);
    expect(said("same")).toEqual(["/ private tmpfs · nslab"]);
    expect(words(all("mounts-retuned")[0]?.querySelector("summary"))).toBe("As outside, but slave 1");
    expect(all("border").map(words)).toEqual(["receives from mnt 102: /data What is mounted there appears here, too; not the other way."]);
    expect(words(all("mounts")[0])).toContain("and 120 more");

    const chip = all("border")[0]?.querySelector("button");
    chip?.focus();
    chip?.click();
    await element.updateComplete;
    await element.updateComplete;
    expect(all("namespace-lens")[0]?.dataset.inode).toBe(String(own.mnt));
    expect(all("mount").map((line) => line.dataset.point)).toEqual(["/", "/data", "/opt", "/usr"]);
    expect(document.activeElement).toBe(all("namespace-lens")[0]?.querySelector("h2"));
  });

  it("a process's root, signals and threads", async () => {
    const thread = { tid: 12, tids: [12], command: "perl", namespaces: { ...own, net: 300 } };
    const signals = { caught: ["SIGINT", "SIGWINCH"], ignored: ["SIGTERM"], blocked: [] };
    const busy = { ...process([10], 2, "perl"), ...signals, root: "/opt/rootfs", threads: 3, otherThreads: [thread] };
    await show(snapshot([busy], [namespace("net", 300, { members: 0, heldBy: ["thread"] })]));
    const words = (testid: string) => all(testid)[0]?.textContent?.replace(/\s+/g, " ").trim();
    expect(row(10)?.querySelector("[data-type='thread-12']")?.textContent).toBe("thread 12: net 300");
    row(10)?.querySelector<HTMLElement>(".command")?.click();
    await element.updateComplete;
    expect(words("root")).toBe("/opt/rootfs");
    expect(words("signals")).toBe("catches INT ignores TERM all signalscatches INT WINCHignores TERM");
    expect(words("threads")).toBe("3 12 perl net 300");
    row(2)?.querySelector<HTMLElement>(".command")?.click();
    await element.updateComplete;
    expect([words("root"), words("signals"), words("threads")]).toEqual([undefined, "as by default", undefined]);
    row(1)?.querySelector<HTMLElement>(".command")?.click();
    await element.updateComplete;
    expect(words("signals")).toBe("as by default As PID 1 it gets from inside only the signals that it catches or blocks.");
  });

  it("the outcome of a call, in place of what it asked for", async () => {
    await show(snapshot([]));
    element.tell(call({ id: 4, command: "mount", syscall: "mount" }));
    await frame();
    expect(all("latest")[0]?.textContent).toContain("mount(21) called mount");
    element.tell({ type: "outcome", event: 4, outcome: "none", point: null, fileSystem: null, source: null });
    await frame();
    expect(all("latest")[0]?.textContent).toContain("mount(21) tried to mount");
  });

  it("everything that shares a namespace, under the pointer or the focus", async () => {
    await show(snapshot([unshare, bash, sleep], spaces));
    const chip = row(10)?.querySelector("[data-ns='uts:201']");
    chip?.dispatchEvent(new Event("pointerover", { bubbles: true }));
    const marked = () => [...element.querySelectorAll<HTMLElement>(".row[data-same]")].map(({ dataset }) => dataset.pid);
    expect(marked()).toEqual(["9", "10", "11"]);
    row(2)?.dispatchEvent(new Event("pointerover", { bubbles: true }));
    expect(marked()).toEqual([]);
    row(10)?.focus();
    key(document.activeElement, "ArrowRight");
    expect((document.activeElement as HTMLElement).dataset.ns).toBe("uts:201");
    expect(marked()).toEqual(["9", "10", "11"]);
    key(document.activeElement, "ArrowLeft");
    expect(document.activeElement).toBe(row(10));
  });

  it("the terminal of the selected process", async () => {
    const lit: unknown[] = [];
    element.addEventListener("namespace-select", (event) => lit.push((event as CustomEvent).detail));
    await show(snapshot([unshare, bash], spaces));
    row(10)?.click();
    await element.updateComplete;
    row(10)?.click();
    await element.updateComplete;
    expect(lit).toEqual(["tty1", null]);
  });

  it("complete names in the details, with invisible characters spelled out", async () => {
    const line = `${"a".repeat(4096)}\u001b[31m\u202e`;
    await show(snapshot([{ ...process([30], 2, "x\u0007"), arguments: [line] }]));
    row(30)?.click();
    await element.updateComplete;
    const [lens] = all("lens");
    expect(lens?.querySelector("h2 bdi")?.textContent).toBe("x\\x07");
    expect(lens?.querySelector(".facts code")?.textContent).toBe(`${"a".repeat(4096)}\\x1b[31m\\u202e`);
  });

  it("nothing of before after a reset", async () => {
    await show(snapshot([]));
    await show(snapshot([unshare, bash], spaces));
    const fresh = snapshot([]);
    await show({ ...fresh, namespaces: fresh.namespaces.map((one) => ({ ...one, inode: one.inode + 1000, id: 7 })) });
    expect(all("autopsy")).toEqual([]);
    expect(all("latest")[0]?.textContent).not.toContain("became PID 1");
  });
});
