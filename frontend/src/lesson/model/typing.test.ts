import { describe, expect, it } from "vitest";
import type { RunBlock } from "../../wire/lesson";
import { filled, pieces, wordsOf } from "./placeholders";
import { keysOf } from "./typing";

const run = (text: string, interrupt = false): RunBlock => ({ type: "run", terminal: 1, text, interrupt });

describe("placeholders", () => {
  it("are filled with the values that are known", () => {
    const values = { "first[0].pid": "13", "size(processes)": "4" };
    expect(filled("kill -9 {{first[0].pid}} # of {{ size(processes) }}", values)).toBe("kill -9 13 # of 4");
    expect(filled("no braces, { one } and }} neither", values)).toBe("no braces, { one } and }} neither");
  });

  it("leave the text undefined while a value is not known", () => {
    expect(filled("kill {{first[0].pid}} {{other}}", { "first[0].pid": "13" })).toBeUndefined();
    expect(filled("{{constructor}}", {})).toBeUndefined();
    expect(pieces("kill {{x}}", {})).toEqual([
      { kind: "plain", text: "kill " },
      { kind: "value", expression: "x", value: null },
    ]);
  });

  it("bring no keys of their own: a host name may hold anything", () => {
    expect(filled("echo {{name}}", { name: "a\rreboot\x1b[A\n" })).toBe("echo areboot[A");
    expect(filled("echo {{name}}", { name: "{{other}} $&" })).toBe("echo {{other}} $&");
  });
});

it("words stay whole, whatever is in them", () => {
  const words = wordsOf(pieces("ls  /proc/{{p}}/ns\n--all", { p: "7" }));
  expect(words.map((word) => word.map((piece) => (piece.kind === "plain" ? piece.text : piece.value)).join(""))).toEqual([
    "ls",
    "  ",
    "/proc/7/ns",
    "\n",
    "--all",
  ]);
});

describe("what a run block types", () => {
  it("is each line with Enter", () => {
    expect(keysOf(run("unshare -u bash\nhostname a\n\necho b\n"), {})).toEqual(["unshare -u bash\r", "hostname a\r", "\r", "echo b\r"]);
    expect(keysOf(run("  indented \t\r\n"), {})).toEqual(["  indented\r"]);
  });

  it("begins with ^C where it interrupts", () => {
    expect(keysOf(run("", true), {})).toEqual(["\x03"]);
    expect(keysOf(run("ps\n", true), {})).toEqual(["\x03", "ps\r"]);
  });

  it("is not known while a value is not", () => {
    expect(keysOf(run("kill {{p}}"), {})).toBeUndefined();
    expect(keysOf(run("kill {{p}}"), { p: "7" })).toEqual(["kill 7\r"]);
  });
});
