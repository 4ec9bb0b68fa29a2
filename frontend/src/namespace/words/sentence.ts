import { html, type TemplateResult } from "lit";
import { fill } from "../../kit/messages";
import { plainLine } from "../../kit/plain-text";
import { type MessageKey, message } from "./messages";

/** A word that stands out in a sentence. */
export interface Strong {
  readonly strong: string;
}

export type Value = string | number | Strong;

/** A message with its values; a sentence is one or several of them, one after the other. */
export interface Part {
  readonly key: MessageKey;
  readonly values: readonly Value[];
}

export const part = (key: MessageKey, ...values: Value[]): Part => ({ key, values });

/** How a process is named in a sentence: bash(22). */
export function named(command: string, pid: number): Strong {
  return { strong: `${plainLine(command, 32) || "?"}(${pid})` };
}

export function sentence(parts: readonly Part[]): TemplateResult {
  return html`${parts.map(({ key, values }) => pieces(message(key)).map((piece) => (typeof piece === "string" ? piece : shown(values[piece]))))}`;
}

export function plainSentence(parts: readonly Part[]): string {
  return parts.map(({ key, values }) => fill(message(key), values.map(word))).join("");
}

/** The message cut at its placeholders: text and indices alternate. */
function pieces(text: string): (string | number)[] {
  return text.split(/\{(\d)\}/).map((piece, index) => (index % 2 === 1 ? Number(piece) : piece));
}

function shown(value: Value | undefined): TemplateResult | string {
  if (value === undefined) return "";
  return typeof value === "object" ? html`<b>${value.strong}</b>` : String(value);
}

function word(value: Value): string {
  return typeof value === "object" ? value.strong : String(value);
}
