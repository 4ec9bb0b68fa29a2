import { expect, it } from "vitest";
import { impliedBy, readChoice, type ShellChoice, typesOf, unshareCommand, usualChoice, warningsOf } from "./unshare";

const nothing: ShellChoice = { types: [], fork: false, mountProc: false, killChild: null, mapRoot: false };

it("makes the article's command from the default choice", () => {
  expect(unshareCommand(usualChoice).join(" ")).toBe("unshare -p -u -f --mount-proc bash");
  expect(warningsOf(usualChoice)).toEqual([]);
});

it("leaves out options that another one brings with it", () => {
  const all: ShellChoice = { types: ["pid", "mnt", "user", "net"], fork: true, mountProc: true, killChild: "SIGTERM", mapRoot: true };
  expect(unshareCommand(all)).toEqual(["unshare", "-p", "-n", "--mount-proc", "--kill-child=SIGTERM", "-r", "bash"]);
  expect(typesOf(all)).toEqual(["pid", "mnt", "net", "user"]);
  expect([impliedBy("mnt", all), impliedBy("user", all), impliedBy("fork", all), impliedBy("pid", all)]).toEqual([
    "--mount-proc",
    "-r",
    "--kill-child",
    undefined,
  ]);
  expect(unshareCommand({ ...nothing, types: ["pid"], killChild: "SIGKILL" })).toEqual(["unshare", "-p", "--kill-child", "bash"]);
});

it("warns of what will be surprising", () => {
  expect(warningsOf(nothing)).toEqual(["shellWarnNothing"]);
  expect(warningsOf({ ...nothing, types: ["pid"] })).toEqual(["shellWarnFork"]);
  expect(warningsOf({ ...nothing, types: ["pid"], fork: true })).toEqual(["shellWarnProc"]);
  expect(warningsOf({ ...nothing, types: ["pid"], killChild: "SIGKILL", mountProc: true })).toEqual([]);
  expect(warningsOf({ ...nothing, mountProc: true })).toEqual(["shellWarnMountProc"]);
  expect(warningsOf({ ...nothing, types: ["user"] })).toEqual(["shellWarnMap"]);
  expect(warningsOf({ ...nothing, mapRoot: true })).toEqual([]);
});

it("remembers a choice, and takes the default if what is remembered is broken", () => {
  const choice: ShellChoice = { types: ["net"], fork: false, mountProc: false, killChild: "SIGHUP", mapRoot: true };
  expect(readChoice(JSON.stringify(choice))).toEqual(choice);
  expect(readChoice(null)).toEqual(usualChoice);
  expect(readChoice("{broken")).toEqual(usualChoice);
  expect(readChoice('{"types":["weather",7],"killChild":"SIGWEATHER","fork":"yes"}')).toEqual({ ...usualChoice, types: [] });
});
