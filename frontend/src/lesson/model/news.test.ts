import { expect, it } from "vitest";
import { newsOf } from "./news";
import { check, hinting, lesson, progressOf, ungraded } from "./scene.test-data";

it("nothing that is there when a lesson opens is news", () => {
  expect(newsOf(lesson, undefined, progressOf(["first"]))).toEqual([]);
  expect(newsOf(lesson, progressOf([], { lesson: "another" }), progressOf(["first"]))).toEqual([]);
});

it("a passed step is told once, without its checks one by one", () => {
  const before = progressOf([]);
  const now = progressOf(["first"]);
  expect(newsOf(lesson, before, now)).toEqual([{ kind: "passed", step: "first" }]);
  expect(newsOf(lesson, now, now)).toEqual([]);
});

it("a check is told if the step needs more, a hint when it is a new one", () => {
  const before = progressOf(["first", "read"]);
  const met = progressOf(["first", "read"], {}, { kill: check("kill", { met: true }) });
  expect(newsOf(lesson, before, met)).toEqual([{ kind: "met", step: "kill", check: "kill" }]);
  const hinted = progressOf([], {}, { first: hinting("first") });
  expect(newsOf(lesson, progressOf([]), hinted)).toMatchObject([{ kind: "hint", hint: { en: "You forgot -f." } }]);
  expect(newsOf(lesson, hinted, hinted)).toEqual([]);
});

it("a graded prediction, and the end", () => {
  const before = progressOf(["first", "read"], { predictions: { inner: { ...ungraded, answer: "1", truth: null, right: null } } });
  const now = progressOf(["first", "read", "kill"], { predictions: { inner: { ...ungraded, answer: "1", truth: "1", right: true } } });
  expect(newsOf(lesson, before, now)).toEqual([
    { kind: "passed", step: "kill" },
    { kind: "graded", right: true, truth: "1" },
    { kind: "done" },
  ]);
});

it("that progress is not kept, and that it is again", () => {
  const unkept = progressOf([], { kept: false });
  expect(newsOf(lesson, progressOf([]), unkept)).toEqual([{ kind: "unkept" }]);
  expect(newsOf(lesson, unkept, unkept)).toEqual([]);
  expect(newsOf(lesson, unkept, progressOf([]))).toEqual([{ kind: "kept" }]);
});

it("that steps are being played, and why that stopped", () => {
  const before = progressOf([]);
  const playing = progressOf([], { playing: "kill" });
  expect(newsOf(lesson, before, playing)).toEqual([{ kind: "playing" }]);
  const problem = { en: "It took too long.", "zh-CN": "用时太久。" };
  expect(newsOf(lesson, playing, progressOf([], { problem }))).toEqual([{ kind: "problem", problem }]);
});
