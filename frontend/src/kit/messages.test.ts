import { expect, it } from "vitest";
import { fill } from "./messages";
import { english } from "./messages-en";
import { chinese } from "./messages-zh";

const places = (message: string) => (message.match(/\{\d\}/g) ?? []).sort();

it("both languages have the same messages with the same places", () => {
  expect(Object.keys(chinese)).toEqual(Object.keys(english));
  for (const [key, message] of Object.entries(english)) expect(places(chinese[key as keyof typeof english]), key).toEqual(places(message));
});

it("fills places, and fills nothing twice", () => {
  expect(fill("{0} of {1}", [1, "{0}"])).toBe("1 of {0}");
});
