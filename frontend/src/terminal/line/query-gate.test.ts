import { Terminal } from "@xterm/xterm";
import { describe, expect, it } from "vitest";
import { isReport, QueryGate } from "./query-gate";

const queries = {
  "primary device attributes": "\x1b[c",
  "secondary device attributes": "\x1b[>c",
  "device status": "\x1b[5n",
  "cursor position": "\x1b[6n",
  "private cursor position": "\x1b[?6n",
  "mode (DECRQM)": "\x1b[?2004$p",
  "ANSI mode": "\x1b[4$p",
  "setting (DECRQSS)": "\x1bP$qm\x1b\\",
};

/** What a terminal answers to `output`, including its reports. */
async function answers(output: string, open: boolean): Promise<string[]> {
  const terminal = new Terminal({ allowProposedApi: true });
  const gate = new QueryGate(terminal);
  gate.open = open;
  const said: string[] = [];
  terminal.onData((data) => said.push(data));
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  gate.dispose();
  terminal.dispose();
  return said;
}

describe("query gate", () => {
  it.each(Object.entries(queries))("swallows %s in a replay", async (_name, query) => {
    expect(await answers(`before${query}after`, false)).toEqual([]);
  });

  it.each(Object.entries(queries))("lets xterm answer %s in live output, as a report", async (_name, query) => {
    const said = await answers(query, true);
    expect(said).toHaveLength(1);
    expect(said.every(isReport)).toBe(true);
  });

  it("leaves alone what is no query", async () => {
    const terminal = new Terminal({ allowProposedApi: true });
    new QueryGate(terminal);
    const titles: string[] = [];
    terminal.onTitleChange((title) => titles.push(title));
    await new Promise<void>((resolve) => terminal.write("\x1b]0;a title\x07\x1b[31mred\x1b[0m", resolve));
    expect(titles).toEqual(["a title"]);
    expect(terminal.buffer.active.getLine(0)?.translateToString(true)).toBe("red");
  });
});

describe("reports", () => {
  it.each(["\x1b[I", "\x1b[O", "\x1b[?1;2c", "\x1b[>0;276;0c", "\x1b[24;80R", "\x1b[0n", "\x1bP1$r0m\x1b\\", "\x1b]10;rgb:ff/ff/ff\x1b\\"])(
    "%j is one",
    (data) => {
      expect(isReport(data)).toBe(true);
    },
  );

  it.each(["a", "\r", "\x1b", "\x1b[A", "\x1bOP", "\x1b[3~", "\x1b[200~text\x1b[201~", "\x1b[<0;10;10M", "cnR", "\x1bc"])(
    "%j is typed",
    (data) => {
      expect(isReport(data)).toBe(false);
    },
  );
});
