import type { RunBlock } from "../../wire/lesson";
import { filled, type Values } from "./placeholders";

const interrupt = "\x03";
const enter = "\r";

/** What a run block types, item by item: ^C first if it interrupts, then each line with Enter. Undefined while a value is not known. */
export function keysOf(block: RunBlock, values: Values): string[] | undefined {
  const text = filled(block.text, values);
  if (text === undefined) return undefined;
  const lines = text.replace(/\s+$/, "").split(/\r?\n/);
  const typed = lines.length === 1 && lines[0] === "" ? [] : lines.map((line) => line + enter);
  return block.interrupt ? [interrupt, ...typed] : typed;
}
