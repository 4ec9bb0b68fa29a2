import { describe, expect, it } from "vitest";
import type { ExitMessage, OutcomeMessage } from "../../wire/sandbox";
import { call, namespace, process, snapshot } from "../../wire/snapshot.test-data";
import { plainSentence } from "../words/sentence";
import { Journal } from "./journal";

const exit = (more: Partial<ExitMessage>): ExitMessage => ({
  type: "exit",
  at: "2026-11-24T10:22:40Z",
  pid: 10,
  pids: [10, 1],
  command: "bash",
  status: null,
  signal: null,
  init: null,
  along: [],
  ...more,
});
const told = (journal: Journal) => journal.entries.map(({ parts }) => plainSentence(parts));

describe("journal", () => {
  it("tells calls as sentences", () => {
    const journal = new Journal();
    journal.called(call({ flags: ["CLONE_NEWPID", "CLONE_NEWUTS"] }));
    journal.called(call({ command: "nsenter", syscall: "setns", flags: ["CLONE_NEWNET"] }));
    journal.called(call({ command: "hostname", syscall: "sethostname" }));
    journal.called(call({ command: "mount", syscall: "mount", flags: ["MS_BIND"] }));
    journal.called(call({ command: "bash", pid: 3, syscall: "kill", target: 10, signal: "SIGKILL" }));
    journal.called(call({ command: "bash", pid: 3, syscall: "kill", target: -10, signal: "SIGTERM" }));
    journal.called(call({ command: "bash", pid: 3, syscall: "kill", signal: "SIGKILL" }));
    expect(told(journal)).toEqual([
      "unshare(21) asked for CLONE_NEWPID, CLONE_NEWUTS",
      "nsenter(21) asked to join another namespace: CLONE_NEWNET",
      "hostname(21) called sethostname",
      "mount(21) called mount with MS_BIND",
      "bash(3) sent SIGKILL to 10",
      "bash(3) sent SIGTERM to the process group 10",
      "bash(3) sent SIGKILL",
    ]);
    expect(journal.entries[0]?.targets).toEqual([{ kind: "process", pid: 21 }]);
  });

  it("tells the outcome of a call as soon as it is known", () => {
    const journal = new Journal();
    let id = 0;
    const unknown = { point: null, fileSystem: null, source: null };
    const tell = (event: Parameters<typeof call>[0], outcome: Partial<OutcomeMessage>) => {
      journal.called(call({ ...event, id: ++id }));
      const before = journal.entries.map((entry) => entry.id);
      journal.became({ type: "outcome", event: id, outcome: "none", ...unknown, ...outcome });
      expect(journal.entries.map((entry) => entry.id)).toEqual(before);
    };
    const mount = { command: "mount", syscall: "mount" };
    tell(mount, { outcome: "mounted", point: "/mnt", fileSystem: "tmpfs", source: "secret" });
    tell({ ...mount, flags: ["MS_BIND"] }, { outcome: "mounted", point: "/b", fileSystem: "tmpfs" });
    tell(mount, {});
    tell({ ...mount, flags: ["MS_REC", "MS_SLAVE"] }, { outcome: "remounted", point: "/" });
    tell({ command: "umount", syscall: "umount2", flags: ["MNT_DETACH"] }, { outcome: "unmounted", point: "/old" });
    tell({ command: "umount", syscall: "umount2" }, {});
    tell({ command: "pivot_root", syscall: "pivot_root" }, { outcome: "pivoted" });
    tell({ command: "pivot_root", syscall: "pivot_root" }, {});
    tell({ flags: ["CLONE_NEWUTS"] }, { outcome: "joined" });
    tell({ flags: ["CLONE_NEWUSER"] }, {});
    tell({ command: "nsenter", syscall: "setns", flags: ["CLONE_NEWNET"] }, { outcome: "joined" });
    tell({ command: "nsenter", syscall: "setns" }, {});
    tell({ command: "hostname", syscall: "sethostname" }, { outcome: "named" });
    tell({ command: "bash", syscall: "kill", target: 10, signal: "SIGKILL" }, { outcome: "ended" });
    tell({ command: "bash", syscall: "kill", target: 1, signal: "SIGTERM" }, {});
    tell({ syscall: "mount" }, { outcome: "blessed" });
    expect(told(journal)).toEqual([
      "mount(21) mounted tmpfs on /mnt",
      "mount(21) mounted tmpfs on /b with MS_BIND",
      "mount(21) tried to mount",
      "mount(21) changed how / is mounted with MS_REC, MS_SLAVE",
      "umount(21) unmounted /old with MNT_DETACH",
      "umount(21) tried to unmount",
      "pivot_root(21) pivoted to a new root",
      "pivot_root(21) tried to pivot to a new root",
      "unshare(21) made new namespaces: CLONE_NEWUTS",
      "unshare(21) tried to make new namespaces: CLONE_NEWUSER",
      "nsenter(21) joined another namespace: CLONE_NEWNET",
      "nsenter(21) tried to join another namespace",
      "hostname(21) set the host name",
      "bash(21) ended 10 with SIGKILL",
      "bash(21) sent SIGTERM to 1, which lives on",
      "unshare(21) called mount",
    ]);
    expect(journal.entries.map(({ outcome }) => outcome).slice(0, 3)).toEqual(["mounted", "mounted", "none"]);
  });

  it("names the thread that called, if it is not the first", () => {
    const journal = new Journal();
    journal.called(call({ pid: 10, tid: 12, command: "perl", flags: ["CLONE_NEWUTS"] }));
    expect(told(journal)).toEqual(["thread 12 of perl(10) asked for CLONE_NEWUTS"]);
  });

  it("tells deaths", () => {
    const journal = new Journal();
    journal.exited(exit({ signal: "SIGTERM" }));
    const victims = [11, 12, 13].map((pid) => ({ pid, pids: [pid, pid - 9], command: "sleep" }));
    journal.exited(exit({ init: 4026532386, signal: "SIGKILL", along: victims }));
    journal.exited(exit({ pid: 20, init: 4026532387, status: 1, along: victims.slice(0, 1) }));
    expect(told(journal)).toEqual([
      "bash(10) was killed by SIGTERM",
      "bash(10), PID 1 of 4026532386, was killed by SIGKILL; 3 processes died with it",
      "bash(20), PID 1 of 4026532387, ended with status 1; 1 process died with it",
    ]);
  });

  it("tells what snapshots show, and a death once, in the server's words", () => {
    const unshare = process([9], 2, "unshare", { uts: 201, pid_for_children: 200 });
    const bash = process([10, 1], 9, "bash", { uts: 201, pid: 200 });
    const lab = [namespace("uts", 201, { hostname: "lab" })];
    const renamed = [namespace("uts", 201, { hostname: "namespace2" })];
    const journal = new Journal();
    journal.observed(snapshot([]), snapshot([unshare, bash], lab));
    journal.observed(snapshot([unshare, bash], lab), snapshot([unshare, bash], renamed));
    journal.observed(snapshot([unshare, bash], renamed), snapshot([], renamed));
    const before = journal.entries;
    expect(told(journal).at(-1)).toBe("bash(10), PID 1 of 200, ended");
    journal.exited(exit({ init: 200, signal: "SIGKILL" }));
    expect(told(journal)).toEqual([
      "unshare(9) is in the new uts 201",
      "bash(10) became PID 1 of 200",
      "host name of uts 201 is now namespace2",
      "bash(10), PID 1 of 200, was killed by SIGKILL",
    ]);
    expect(journal.entries.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it("does not tell a death again that the server has told first", () => {
    const bash = process([10, 1], 9, "bash", { pid: 200 });
    const journal = new Journal();
    journal.exited(exit({ init: 200, signal: "SIGKILL" }));
    journal.observed(snapshot([bash]), snapshot([]));
    expect(journal.entries).toHaveLength(1);
  });

  it("calls a newborn init by the program that it becomes", () => {
    const unshare = process([9], 2, "unshare", { pid_for_children: 200 });
    const copy = process([10, 1], 9, "unshare", { pid: 200 });
    const journal = new Journal();
    journal.observed(snapshot([]), snapshot([unshare, copy]));
    expect(told(journal)).toEqual(["unshare(10) became PID 1 of 200"]);
    journal.observed(snapshot([unshare, copy]), snapshot([unshare, { ...copy, command: "bash" }]));
    journal.observed(snapshot([unshare, copy]), snapshot([unshare, { ...copy, command: "vim" }]));
    expect(told(journal)).toEqual(["bash(10) became PID 1 of 200"]);
  });

  it("adds up lost calls, and does not grow without bound", () => {
    const journal = new Journal(() => new Date(0), 3);
    journal.lost(1000);
    journal.lost(234);
    expect(told(journal)).toEqual(["1,234 more calls came faster than they could be shown"]);
    for (let pid = 1; pid < 10; pid++) journal.called(call({ pid }));
    expect(told(journal)).toEqual(["unshare(7) called unshare", "unshare(8) called unshare", "unshare(9) called unshare"]);
  });

  it("shows names without invisible or misleading characters", () => {
    const journal = new Journal();
    journal.called(call({ command: "\u202e<b>x\u001b[31m" }));
    expect(told(journal)).toEqual(["<b>x[31m(21) called unshare"]);
  });
});
