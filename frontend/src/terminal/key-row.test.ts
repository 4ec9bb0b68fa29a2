import { expect, it } from "vitest";
import { control } from "./key-row";

it("makes control characters of keys", () => {
  expect(["c", "D", "z", "[", " ", "5"].map(control)).toEqual(["\x03", "\x04", "\x1a", "\x1b", " ", "5"]);
});
