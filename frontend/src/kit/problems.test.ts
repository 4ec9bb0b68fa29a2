import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { endCodes, offences, problemTypes } from "../wire/codes";
import { decodeSandboxMessage, type EndReason } from "../wire/sandbox";
import type { Language } from "./messages";
import { english } from "./messages-en";
import { chinese } from "./messages-zh";
import { endText, problemText } from "./problems";

// The server's tests read the same file, and compare it with the server's enums.
const folder = `${import.meta.dirname}/../../../src/test/resources/wire/`;
const text = (name: string) => readFileSync(`${folder}${name}`, "utf8");
const codes = JSON.parse(text("codes.json"));

const problem = { name: "terminals", title: "Too many terminals", status: 409, detail: "32 of 32 terminals are open." };
const why = (code: string, more: Partial<EndReason> = {}): EndReason => ({ code, seconds: null, offence: null, detail: null, ...more });
const chineseLetters = /\p{Script=Han}/u;

it("knows all codes of the server", () => {
  expect([...endCodes]).toEqual(codes.endReasons);
  expect([...offences]).toEqual(codes.offences);
  expect([...problemTypes]).toEqual(codes.problemTypes);
});

describe.each<Language>(["en", "zh-CN"])("in %s", (language) => {
  const ofLanguage = (words: string) => chineseLetters.test(words) === (language === "zh-CN");
  const unknown = endText(null, language);

  it.each<string>(codes.endReasons)("the end %s has words of its own", (code) => {
    const words = endText(why(code, { seconds: 60 }), language);
    expect(words).toSatisfy(ofLanguage);
    expect(words).not.toContain("{");
    expect(words).not.toBe(unknown);
    expect(codes.endReasons.filter((other: string) => endText(why(other, { seconds: 60 }), language) === words)).toEqual([code]);
  });

  it.each<string>(codes.offences)("the offence %s has words of its own", (offence) => {
    const [, words = ""] = endText(why("watchdog", { offence }), language).split("\n");
    expect(words).toSatisfy(ofLanguage);
    expect(codes.offences.filter((other: string) => endText(why("watchdog", { offence: other }), language).includes(words))).toEqual([
      offence,
    ]);
  });

  it.each<string>(codes.problemTypes)("the problem %s has words of its own", (name) => {
    const of = (name: string) => problemText({ name, title: "", status: 400, detail: "" }, language);
    expect(of(name)).toSatisfy(ofLanguage);
    expect(of(name)).not.toBe("");
    expect(codes.problemTypes.filter((other: string) => of(other) === of(name))).toEqual([name]);
  });
});

it("explains a problem in English by the server's own words, and in another language by both", () => {
  expect(problemText(problem, "en")).toBe(problem.detail);
  expect(problemText(problem, "zh-CN")).toBe(`${chinese.problemTerminals}\n${problem.detail}`);
  expect(problemText({ ...problem, name: "weather" }, "zh-CN")).toBe(problem.detail);
  expect(problemText({ ...problem, name: "toString" }, "zh-CN")).toBe(problem.detail);
});

it("says of an end what its code and parameters mean", () => {
  const told: [EndReason, string, string][] = [
    [why("idle", { seconds: 2 }), "The sandbox was idle for 2 seconds.", "沙箱已有2秒钟没有人使用。"],
    [why("idle", { seconds: 5400 }), "The sandbox was idle for 90 minutes.", "沙箱已有90分钟没有人使用。"],
    [why("lifetime", { seconds: 28_800 }), "The sandbox reached its lifetime of 8 hours.", "沙箱的最长存活时间（8小时）已到。"],
    [why("init-hijacked"), english.endInitHijacked, "它的 init 说了 init 从不会说的话，可能已被某个程序控制，因此被服务器结束。"],
    [why("reset-failed", { detail: "mount: EPERM" }), `${english.endResetFailed}\nmount: EPERM`, `${chinese.endResetFailed}\nmount: EPERM`],
  ];
  for (const [reason, inEnglish, inChinese] of told) {
    expect(endText(reason, "en")).toBe(inEnglish);
    expect(endText(reason, "zh-CN")).toBe(inChinese);
  }
});

it("says so if the reason of an end is unknown, to this page or to anybody", () => {
  expect(endText(why("toString"), "zh-CN")).toBe(chinese.endedUnknown);
  expect(endText(null, "zh-CN")).toBe(chinese.endedUnknown);
  expect(endText(why("watchdog", { offence: "valueOf" }), "zh-CN")).toBe(chinese.endWatchdog);
});

it("reads an end as the server writes it", () => {
  const message = decodeSandboxMessage(text("sandbox-state-expelled.json"));
  expect(message?.type === "state" && endText(message.endReason, "zh-CN")).toBe(`${chinese.endWatchdog}\n${chinese.offenceLoop}`);
});
