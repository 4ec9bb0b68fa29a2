import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Fields } from "./json";
import { readCatalogue, readLesson, readProgress } from "./lesson";
import { readProblem, readSandboxCreated, readSandboxInfo, readTerminalCreated } from "./rest";
import { decodeSandboxMessage } from "./sandbox";
import { decodeTerminalMessage, type TerminalRequest } from "./terminal";

// The same files are read by the server's tests.
const folder = `${import.meta.dirname}/../../../src/test/resources/wire/`;
const text = (name: string) => readFileSync(`${folder}${name}`, "utf8");
const json = (name: string) => JSON.parse(text(name));
const names = (prefix: string) => readdirSync(folder).filter((name) => name.startsWith(prefix));
const fromPage = ["terminal-resize.json", "terminal-ack.json", "terminal-resume.json"];

describe("golden files", () => {
  it.each(names("terminal-").filter((name) => !fromPage.includes(name)))("%s is a terminal message", (name) => {
    expect(decodeTerminalMessage(text(name))).toEqual(json(name));
  });

  it.each(names("sandbox-"))("%s is a sandbox message", (name) => {
    // What is absent is read as null or as empty.
    expect(decodeSandboxMessage(text(name))).toMatchObject(json(name));
  });

  it("requests are what the server reads", () => {
    const requests: TerminalRequest[] = [
      { type: "resize", cols: 120, rows: 40 },
      { type: "ack", bytes: 65536 },
      { type: "resume", offset: 1310720 },
    ];
    expect(requests).toEqual(fromPage.map(json));
  });

  it("REST bodies", () => {
    expect(readSandboxCreated(json("rest-sandbox-created.json"))).toEqual(json("rest-sandbox-created.json"));
    expect(readTerminalCreated(json("rest-terminal-created.json"))).toEqual(json("rest-terminal-created.json"));
    const { limits, ...sandbox } = json("rest-sandbox.json");
    const read = readSandboxInfo(json("rest-sandbox.json"));
    expect(read).toMatchObject(sandbox);
    expect(read.limits.processes).toBe(limits.processes);
  });

  it("lessons and progress", () => {
    expect({ lessons: readCatalogue(json("rest-lessons.json")) }).toEqual(json("rest-lessons.json"));
    expect(json("rest-lesson.json")).toMatchObject(readLesson(json("rest-lesson.json")));
    for (const name of ["rest-progress.json", "rest-progress-none.json"])
      expect(readProgress(new Fields(json(name)))).toEqual({ type: "progress", ...json(name) });
  });

  it.each(names("problem-"))("%s is a problem", (name) => {
    const { type, ...rest } = json(name);
    expect(readProblem(json(name), rest.status, "")).toEqual({ name: type.split(":").at(-1), ...rest });
  });
});

describe("what is not in the contract", () => {
  it("reads what a server does not tell yet as nothing", () => {
    const message = decodeSandboxMessage(text("sandbox-snapshot.json"));
    expect(message?.type === "snapshot" && message.namespaces[0]).toMatchObject({ holders: [], uidMap: [], interfaces: [] });
    expect(decodeSandboxMessage(text("sandbox-event.json"))).toMatchObject({ target: null, signal: null });
  });

  it("ignores a holder of an unknown kind", () => {
    const held = json("sandbox-snapshot-held.json");
    held.namespaces[8].holders.push({ kind: "prayer" });
    const message = decodeSandboxMessage(JSON.stringify(held));
    expect(message?.type === "snapshot" && message.namespaces[8]?.holders).toHaveLength(1);
  });

  it("ignores a message of an unknown type", () => {
    expect(decodeTerminalMessage('{"type":"weather"}')).toBeUndefined();
    expect(decodeSandboxMessage('{"type":"weather"}')).toBeUndefined();
  });

  it("names the place in a malformed message", () => {
    expect(() => decodeTerminalMessage('{"type":"size","cols":"80","rows":24}')).toThrow("$.cols: expected a number");
    const broken = '{"type":"snapshot","sandbox":"s","revision":1,"namespaces":[],"processes":[{"pid":1,"pids":["x"]}]}';
    expect(() => decodeSandboxMessage(broken)).toThrow("$.processes[0].pids[0]");
  });

  it("still reports a refusal whose body is no problem detail", () => {
    expect(readProblem("<html>", 502, "Bad Gateway")).toEqual({ name: "unknown", title: "Bad Gateway", status: 502, detail: "" });
  });
});
