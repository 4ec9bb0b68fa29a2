import { expect, it } from "vitest";
import { text } from "./messages";
import { problemText, reasonText } from "./problems";

const problem = { name: "terminals", title: "Too many terminals", status: 409, detail: "32 of 32 terminals are open." };

it("English has the server's own words", () => {
  expect(problemText(problem, "en")).toBe(problem.detail);
  expect(reasonText("its init was killed from outside the sandbox", "en")).toBe("its init was killed from outside the sandbox");
});

it("another language has its own, and the server's below", () => {
  expect(problemText(problem, "zh-CN")).toBe(`${text("problemTerminals")}\n${problem.detail}`);
  expect(problemText({ ...problem, name: "weather" }, "zh-CN")).toBe(problem.detail);
  const told: [string, Parameters<typeof text>[0]][] = [
    ["its init was killed from outside the sandbox", "reasonOutside"],
    ["The sandbox was idle for 60 minutes.", "reasonIdle"],
    ["The sandbox reached its lifetime of 8 hours.", "reasonLifetime"],
    ["it was ended by request", "reasonRequest"],
    ["The server stops.", "reasonServer"],
    ["the server's watchdog ended it: its links took memory of the kernel's that belongs to nobody", "reasonWatchdog"],
  ];
  for (const [reason, key] of told) expect(reasonText(reason, "zh-CN")).toBe(`${text(key)}\n${reason}`);
  expect(reasonText("the moon fell", "zh-CN")).toBe("the moon fell");
  expect(reasonText(null, "zh-CN")).toBe(text("endedUnknown"));
});
