import { describe, expect, it } from "vitest";
import type { LessonSummary } from "../../wire/lesson";
import {
  isDone,
  isPassedByReading,
  lessonAfter,
  marksOf,
  neighbour,
  passedIn,
  placeIn,
  predictionState,
  quizState,
  stateOf,
} from "./guide";
import { check, lesson, progressOf } from "./scene.test-data";

const states = (progress?: ReturnType<typeof progressOf>) => lesson.steps.map(({ id }) => stateOf(id, lesson, progress));

describe("steps", () => {
  it("are passed, current or ahead", () => {
    expect(states()).toEqual(["current", "ahead", "ahead"]);
    expect(states(progressOf(["first"]))).toEqual(["passed", "current", "ahead"]);
    expect(states(progressOf(["first", "read", "kill"]))).toEqual(["passed", "passed", "passed"]);
    expect(passedIn(lesson, progressOf(["first"]))).toBe(1);
    expect([isDone(lesson, progressOf(["first", "read"])), isDone(lesson, progressOf(["first", "read", "kill"]))]).toEqual([false, true]);
  });

  it("open where the learner left, or else at the current step, or else at the end", () => {
    expect(placeIn(lesson, undefined)).toBe("first");
    expect(placeIn(lesson, progressOf(["first"]))).toBe("read");
    expect(placeIn(lesson, progressOf(["first"], { place: "kill" }))).toBe("kill");
    expect(placeIn(lesson, progressOf(["first"], { place: "a step of an older version" }))).toBe("read");
    expect(placeIn(lesson, progressOf(["first", "read", "kill"]))).toBe("kill");
  });

  it("have neighbours, but none beyond the ends", () => {
    expect([neighbour(lesson, "first", 1), neighbour(lesson, "first", -1), neighbour(lesson, "kill", 1)]).toEqual([
      "read",
      undefined,
      undefined,
    ]);
    expect(neighbour(lesson, "unknown", 1)).toBeUndefined();
  });

  it("without checks and quizzes are passed by reading on", () => {
    expect(lesson.steps.map(isPassedByReading)).toEqual([false, true, false]);
  });
});

it("a prediction is open, locked, graded or missed", () => {
  const prediction = { answer: null, truth: null, right: null, answerChoice: null, truthChoice: null };
  expect(predictionState(undefined)).toEqual({ kind: "open" });
  expect(predictionState(prediction)).toEqual({ kind: "open" });
  expect(predictionState({ ...prediction, answer: "1" })).toEqual({ kind: "locked", answer: "1" });
  const graded = { kind: "graded", answer: "13", truth: "1", right: false };
  expect(predictionState({ ...prediction, answer: "13", truth: "1", right: false })).toEqual(graded);
  expect(predictionState({ ...prediction, truth: "1", right: false })).toEqual({ kind: "missed", truth: "1" });
});

it("a prediction that was given in another language is shown in this one's words", () => {
  const given = { answer: "both", truth: "neither", right: false, answerChoice: 0, truthChoice: 1 };
  expect(predictionState(given, ["两次都成功", "两次都失败"])).toEqual({
    kind: "graded",
    answer: "两次都成功",
    truth: "两次都失败",
    right: false,
  });
});

it("a quiz is open until it is answered, and may be answered again until it is right", () => {
  expect(quizState(undefined)).toBe("open");
  expect(quizState({ answer: [1], right: false, explanation: null })).toBe("wrong");
  expect(quizState({ answer: [0], right: true, explanation: { en: "<p>Because.</p>", "zh-CN": "<p>因为。</p>" } })).toBe("right");
});

it("found processes are marked with their step while its check is met", () => {
  const found = progressOf(
    ["first"],
    {},
    { first: check("first", { met: true, matched: [13, 14] }), kill: check("kill", { matched: [2] }) },
  );
  expect([...marksOf(lesson, found)]).toEqual([
    [13, "A shell that is PID 1"],
    [14, "A shell that is PID 1"],
  ]);
  expect(marksOf(lesson, undefined).size).toBe(0);
});

it("the next lesson is the next one that is not broken", () => {
  const summary = (id: string, broken: LessonSummary["broken"] = null): LessonSummary => ({
    id,
    title: id,
    summary: "",
    order: 0,
    minutes: null,
    steps: 1,
    passed: 0,
    broken,
    lacking: [],
  });
  const catalogue = [summary("a"), summary("b", [{ file: "b/lesson.yaml", line: 3, reason: "no" }]), summary("c")];
  expect(lessonAfter(catalogue, "a")?.id).toBe("c");
  expect(lessonAfter(catalogue, "c")).toBeUndefined();
  expect(lessonAfter(catalogue, "unknown")).toBeUndefined();
});
