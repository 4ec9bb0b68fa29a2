import type { Terminal } from "@xterm/xterm";
import { Disposables } from "../../kit/disposables";

// The queries that xterm answers by itself: device attributes and status, modes, window reports, version.
const csi = [
  { final: "c" },
  { prefix: ">", final: "c" },
  { prefix: "=", final: "c" },
  { final: "n" },
  { prefix: "?", final: "n" },
  { prefix: ">", final: "q" },
  { prefix: "?", final: "u" },
  { intermediates: "$", final: "p" },
  { prefix: "?", intermediates: "$", final: "p" },
] as const;
const dcs = [
  { intermediates: "$", final: "q" },
  { intermediates: "+", final: "q" },
] as const;
const colors = [4, 5, 10, 11, 12, 13, 14, 17, 19] as const;
const clipboard = 52;
const report = /^\x1b(?:\[[?>]?[\d;$]*[cnRytuIO]|[\]P].*)$/s;

/**
 * Lets queries in a terminal's output through to xterm only while the gate is open. Replayed output contains queries that were answered
 * long ago. If they were answered again, the answers would appear as typed garbage at the prompt. If several pages view a terminal, one
 * of them answers.
 */
export class QueryGate {
  open = false;
  private readonly disposables = new Disposables();

  constructor({ parser }: Pick<Terminal, "parser">) {
    const closed = () => !this.open;
    for (const id of csi) this.disposables.add(parser.registerCsiHandler(id, closed));
    for (const id of dcs) this.disposables.add(parser.registerDcsHandler(id, closed));
    for (const id of colors) this.disposables.add(parser.registerOscHandler(id, (data) => closed() && data.includes("?")));
    this.disposables.add(parser.registerOscHandler(clipboard, closed));
    // 11 to 21 ask for reports. The others act on the window or on the stack of titles.
    this.disposables.add(parser.registerCsiHandler({ final: "t" }, ([code]) => closed() && Number(code) >= 11 && Number(code) <= 21));
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** Whether this terminal input is a report that xterm made by itself, and not something that a person typed. */
export function isReport(data: string): boolean {
  return report.test(data);
}
