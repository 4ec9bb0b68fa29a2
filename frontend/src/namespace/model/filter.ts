import type { Process } from "../../wire/snapshot";
import { differencesOf } from "./differences";

/**
 * What somebody looks for among the processes: each word has to be found. A number is a PID at any level, or the last digits of the inode
 * of a namespace that the process does not share with the sandbox. Other words are parts of the command, of its arguments, of the
 * terminal or of the types of such namespaces.
 */
export class Filter {
  private readonly words: readonly string[];

  constructor(readonly text: string) {
    this.words = text.toLowerCase().split(/\s+/).filter(Boolean);
  }

  /** Whether nothing is looked for, so that everything is shown. */
  get isEmpty(): boolean {
    return this.words.length === 0;
  }

  /** `own`: the inodes of the sandbox's own namespaces by type. */
  matches(process: Process, own: Readonly<Record<string, number>>): boolean {
    if (this.isEmpty) return true;
    const { pid } = process.namespaces;
    const others = [...differencesOf(process, own), ...(pid !== undefined && pid !== own.pid ? [{ type: "pid", inode: pid }] : [])];
    const words = [process.command, ...process.arguments, process.tty ?? "", process.terminal ?? "", ...others.map(({ type }) => type)];
    const text = words.join("\n").toLowerCase();
    return this.words.every((word) =>
      /^\d+$/.test(word)
        ? process.pids.includes(Number(word)) || (word.length > 2 && others.some(({ inode }) => String(inode).endsWith(word)))
        : text.includes(word),
    );
  }
}
