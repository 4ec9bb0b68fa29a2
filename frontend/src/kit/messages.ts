import { english } from "./messages-en";
import { chinese } from "./messages-zh";

export type MessageKey = keyof typeof english;

export type Language = "en" | "zh-CN";

/** The page's language, from `<html lang>`. */
export const language: Language = document.documentElement.lang.toLowerCase().startsWith("zh") ? "zh-CN" : "en";

export function messagesIn(which: Language): Readonly<Record<MessageKey, string>> {
  return which === "en" ? english : chinese;
}

/**
 * The words of a folder in the page's language, together with those of this folder. TypeScript checks that both languages have them all.
 */
export function messagesOf<K extends string>(ownEnglish: Readonly<Record<K, string>>, ownChinese: Readonly<Record<NoInfer<K>, string>>) {
  const all = { ...messagesIn(language), ...(language === "en" ? ownEnglish : ownChinese) };
  const messages = all as Readonly<Record<K | MessageKey, string>>;
  return {
    /** The message with its `{0}`, `{1}`… filled in. */
    text: (key: K | MessageKey, ...values: readonly (string | number)[]): string => fill(messages[key], values),
    /** The message with its `{0}`, `{1}`… left as they are. */
    message: (key: K | MessageKey): string => messages[key],
  };
}

export const { text } = messagesOf({}, {});

/** A small number as a word ("three"), a large one in digits. */
export function countWord(count: number): string {
  return text("numbers").split(" ")[count] ?? String(count);
}

export function fill(message: string, values: readonly (string | number)[]): string {
  return message.replace(/\{(\d)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
}
