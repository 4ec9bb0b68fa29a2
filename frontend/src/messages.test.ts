import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fill } from "./kit/messages";

const english = import.meta.glob<Record<string, string>>("./**/messages-en.ts", { eager: true, import: "english" });
const chinese = import.meta.glob<Record<string, string>>("./**/messages-zh.ts", { eager: true, import: "chinese" });
const folders = Object.entries(english).map(([file, messages]) => ({ file, messages, other: chinese[file.replace("-en.", "-zh.")] ?? {} }));

const places = (message = "") => (message.match(/\{\d\}/g) ?? []).sort();

it.each(folders)("both languages have the same messages with the same placeholders: $file", ({ messages, other }) => {
  expect(Object.keys(other)).toEqual(Object.keys(messages));
  for (const [key, message] of Object.entries(messages)) expect(places(other[key]), key).toEqual(places(message));
});

it("each message is in one folder, and is used", () => {
  const keys = folders.flatMap(({ messages }) => Object.keys(messages));
  expect(keys.filter((key, index) => keys.indexOf(key) < index)).toEqual([]);
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((file) => /\.ts$/.test(file));
  const sources = files.map((file) => readFileSync(`${import.meta.dirname}/${file}`, "utf8")).join("\n");
  expect(keys.length).toBeGreaterThan(300);
  expect(keys.filter((key) => !sources.includes(`"${key}"`) && !sources.includes(`messages.${key}`))).toEqual([]);
});

it("fills in the arguments, but not those that an argument itself contains", () => {
  expect(fill("{0} of {1}", [1, "{0}"])).toBe("1 of {0}");
});
