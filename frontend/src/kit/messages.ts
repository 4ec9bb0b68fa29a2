import { english } from "./messages-en";
import { chinese } from "./messages-zh";

export type MessageKey = keyof typeof english;

export type Language = "en" | "zh-CN";

/** The page's language, as `<html lang>` has it. */
export const language: Language = document.documentElement.lang.toLowerCase().startsWith("zh") ? "zh-CN" : "en";

const messages = messagesIn(language);

export function messagesIn(which: Language): Readonly<Record<MessageKey, string>> {
  return which === "en" ? english : chinese;
}

/** The message in the page's language, with its `{0}`, `{1}`… filled in. */
export function text(key: MessageKey, ...values: readonly (string | number)[]): string {
  return fill(messages[key], values);
}

/** The message with its places unfilled. */
export function message(key: MessageKey): string {
  return messages[key];
}

/** A small number as a word ("three"), a large one in digits. */
export function countWord(count: number): string {
  return messages.numbers.split(" ")[count] ?? String(count);
}

export function fill(message: string, values: readonly (string | number)[]): string {
  return message.replace(/\{(\d)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
}
