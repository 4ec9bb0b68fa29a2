import { expect, it } from "vitest";
import { middleOut, plainLine } from "./plain-text";

it("keeps text, drops controls and marks that turn the direction", () => {
  expect(plainLine("root@lab: ~/你好")).toBe("root@lab: ~/你好");
  expect(plainLine("a\u0000\u001b[31m\u202eevil\u2066\n\u200b")).toBe("a[31mevil");
  expect(plainLine("<img src=x onerror=alert(1)>")).toBe("<img src=x onerror=alert(1)>");
});

it("has a greatest length, and cuts no character in two", () => {
  const line = plainLine("😀".repeat(1000), 10);
  expect(Array.from(line)).toHaveLength(10);
  expect(line.endsWith("😀…")).toBe(true);
});

it("leaves out the middle of a long path", () => {
  expect(middleOut("/srv/a\u202e", 10)).toBe("/srv/a");
  expect(middleOut("/one/two/three/four", 10)).toBe("/on…e/four");
});
