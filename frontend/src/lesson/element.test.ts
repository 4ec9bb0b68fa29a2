import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Progress } from "../wire/lesson";
import type { LessonElement } from "./element";
import type { LessonCommands } from "./model/context";
import "./element";
import { process, snapshot } from "../wire/snapshot.test-data";
import { check, hinting, lesson, progressOf, ungraded } from "./model/scene.test-data";

describe("<nslab-lesson>", () => {
  let element: LessonElement;
  let commands: { [name in keyof LessonCommands]: ReturnType<typeof vi.fn> };

  beforeEach(() => {
    const names = ["type", "complete", "predict", "answer", "place", "arrive", "anew", "fresh", "bind", "reload", "reveal"] as const;
    commands = Object.fromEntries(names.map((name) => [name, vi.fn()])) as typeof commands;
    element = document.createElement("nslab-lesson") as LessonElement;
    element.commands = commands as unknown as LessonCommands;
    element.lesson = lesson;
    document.body.append(element);
  });
  afterEach(() => element.remove());

  async function show(progress: Progress): Promise<void> {
    element.progress = progress;
    await element.updateComplete;
  }
  const one = (testid: string) => element.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
  const all = (testid: string) => [...element.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
  async function press(testid: string): Promise<void> {
    one(testid)?.click();
    await element.updateComplete;
  }
  async function submit(form: Element | null | undefined): Promise<void> {
    form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await element.updateComplete;
  }
  const shown = () => one("step-body")?.dataset.step;

  it("shows where the learner is, and all steps with their states", async () => {
    await show(progressOf(["first"]));
    expect(shown()).toBe("read");
    expect(all("step").map(({ dataset }) => [dataset.step, dataset.state])).toEqual([
      ["first", "passed"],
      ["read", "current"],
      ["kill", "ahead"],
    ]);
    expect(one("lesson-progress")?.dataset.passed).toBe("1");
  });

  it("stays at its step when that is passed, and says so", async () => {
    await show(progressOf([]));
    const passed = vi.fn();
    element.addEventListener("lesson-passed", passed);
    await show(progressOf(["first"]));
    expect(shown()).toBe("first");
    expect(one("step-body")?.dataset.state).toBe("passed");
    expect(one("lesson-said")?.textContent).toContain("A shell that is PID 1");
    expect(passed).toHaveBeenCalledOnce();
  });

  it("stays at its step also if the lesson arrived after the progress", async () => {
    element.lesson = undefined;
    await show(progressOf([]));
    element.lesson = lesson;
    await element.updateComplete;
    expect(shown()).toBe("first");
    await show(progressOf(["first"]));
    expect(shown()).toBe("first");
    await press("next-step");
    expect(shown()).toBe("read");
    expect(commands.place).toHaveBeenCalledExactlyOnceWith("read");
  });

  it("says once that progress is not kept, and until the learner goes on that it is kept again", async () => {
    const kinds = () => all("lesson-banner").map(({ dataset }) => dataset.kind);
    await show(progressOf([]));
    expect(kinds()).toEqual([]);
    await show(progressOf([], { kept: false }));
    expect(kinds()).toEqual(["unkept"]);
    expect(one("lesson-said")?.textContent).toContain("can’t be saved");
    await show(progressOf([], { kept: false, place: "first" }));
    expect(kinds()).toEqual(["unkept"]);
    await show(progressOf([]));
    expect(kinds()).toEqual(["kept"]);
    expect(one("lesson-said")?.textContent).toContain("saved again");
    await press("next-step");
    expect(kinds()).not.toContain("kept");
  });

  it("offers a fresh sandbox if something is left over, until the learner has chosen", async () => {
    const kinds = () => all("lesson-banner").map(({ dataset }) => dataset.kind);
    await show(progressOf([], { leftOver: true }));
    expect(kinds()).toEqual(["left-over"]);
    await press("start-fresh");
    expect(commands.fresh).toHaveBeenCalledOnce();
    await press("keep-mine");
    expect(kinds()).toEqual([]);
  });

  it("passes a step by going on only if it is just to be read", async () => {
    await show(progressOf([]));
    await press("next-step");
    expect(shown()).toBe("read");
    expect(commands.complete).not.toHaveBeenCalled();
    expect(commands.place).toHaveBeenCalledWith("read");
    await show(progressOf(["first"]));
    await press("next-step");
    expect(commands.complete).toHaveBeenCalledWith("read");
    expect(shown()).toBe("kill");
  });

  it("goes on and back by N and P, which are letters in an answer", async () => {
    await show(progressOf([]));
    const key = async (target: Element | null, name: string) => {
      target?.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
      await element.updateComplete;
    };
    await key(element.querySelector("h2"), "n");
    expect(shown()).toBe("read");
    await key(element.querySelector("h2"), "P");
    expect(shown()).toBe("first");
    const input = document.createElement("input");
    element.querySelector(".blocks")?.append(input);
    await key(input, "n");
    expect(shown()).toBe("first");
    input.remove();
  });

  it("types a command into its terminal", async () => {
    await show(progressOf([]));
    await press("run-button");
    expect(commands.type).toHaveBeenCalledWith(1, ["unshare -p -f bash\r"]);
  });

  it("does not type a command while a value in it is not known", async () => {
    await show(progressOf(["first", "read"]));
    expect(one("run-button")?.hasAttribute("disabled")).toBe(true);
    expect(one("run")?.textContent).not.toContain("{{");
    await show(progressOf(["first", "read"], { values: { "first[0].pid": "13" } }));
    expect(one("run")?.querySelector("pre")?.textContent).toBe("kill -9 13");
    await press("run-button");
    expect(commands.type).toHaveBeenCalledWith(2, ["kill -9 13\r"]);
  });

  it("shows for a check what was seen and what may help, then what was found", async () => {
    await show(progressOf([], {}, { first: hinting("first") }));
    expect(one("check")?.dataset.met).toBe("false");
    expect(one("observed")?.textContent).toBe("no bash yet");
    expect(one("check-hint")?.textContent).toContain("You forgot -f.");
    element.snapshot = snapshot([process([13, 1], 12, "bash", { pid: 200 })]);
    await show(progressOf(["first"], {}, { first: check("first", { met: true, matched: [13] }) }));
    expect(one("check")?.dataset.met).toBe("true");
    expect(one("check-hint")).toBeNull();
    expect(one("found")?.textContent).toBe("bash 13 · 1");
    one("found")?.querySelector("button")?.click();
    expect(commands.reveal).toHaveBeenCalledWith(13);
    element.snapshot = snapshot([]);
    await element.updateComplete;
    expect(one("found")?.querySelector("[data-gone]")?.textContent).toBe("bash 13 · 1");
  });

  it("locks a prediction once it is given", async () => {
    await show(progressOf([]));
    const form = one("predict")?.querySelector("form");
    await submit(form);
    expect(commands.predict).not.toHaveBeenCalled();
    const choice = form?.querySelector<HTMLInputElement>("input[value='13']");
    if (choice) choice.checked = true;
    await submit(form);
    expect(commands.predict).toHaveBeenCalledWith("inner", "13");
    await show(progressOf([], { predictions: { inner: { ...ungraded, answer: "13", truth: null, right: null } } }));
    expect(one("predict")?.dataset.state).toBe("locked");
    expect(one("predict")?.querySelector("form")).toBeNull();
    await show(progressOf(["first"], { predictions: { inner: { ...ungraded, answer: "13", truth: "1", right: false } } }));
    expect(one("predict")?.dataset.state).toBe("wrong");
    expect(one("predict-outcome")?.textContent).toContain("13");
  });

  it("lets a quiz be answered until the answer is right, then explains", async () => {
    await show(progressOf(["first", "read"]));
    const choice = element.querySelector<HTMLInputElement>("[data-choice='1']");
    if (choice) choice.checked = true;
    await submit(one("quiz")?.querySelector("form"));
    expect(commands.answer).toHaveBeenCalledWith("why", [1]);
    await show(progressOf(["first", "read"], { quizzes: { why: { answer: [1], right: false, explanation: null } } }));
    expect(one("quiz")?.dataset.state).toBe("wrong");
    expect(one("quiz-answer")).not.toBeNull();
    await show(
      progressOf(["first", "read"], {
        quizzes: { why: { answer: [0], right: true, explanation: { en: "<p>Because.</p>", "zh-CN": "<p>因为。</p>" } } },
      }),
    );
    expect(one("quiz-outcome")?.textContent).toContain("Because.");
    expect(one("quiz-answer")).toBeNull();
  });

  it("asks before it resets the sandbox to take the learner to a step", async () => {
    await show(progressOf([], { place: "kill" }));
    expect(one("lesson-banner")?.dataset.kind).toBe("ahead");
    await press("take-me-here");
    expect(commands.arrive).not.toHaveBeenCalled();
    await submit(element.querySelector("form.question"));
    expect(commands.arrive).toHaveBeenCalledWith("kill");
    await show(progressOf([], { playing: "kill" }));
    expect(one("lesson-banner")?.dataset.kind).toBe("playing");
    expect(one("take-me-here")).toBeNull();
  });

  it("asks before it forgets the learner's progress", async () => {
    await show(progressOf(["first"]));
    await press("begin-anew");
    await submit(element.querySelector("form.question"));
    expect(commands.anew).toHaveBeenCalledWith(true);
    expect(shown()).toBe("first");
  });

  it("says in each step what this lab was started without", async () => {
    await show(progressOf([]));
    expect(one("lesson-lacking")).toBeNull();
    element.lesson = { ...lesson, lacking: ["network-admin"] };
    await element.updateComplete;
    expect(one("lesson-lacking")?.textContent).toContain("ip link add");
  });

  it("ends with a link to the next lesson", async () => {
    element.next = {
      id: "next",
      title: "What comes then",
      summary: "",
      order: 2,
      minutes: null,
      steps: 1,
      passed: 0,
      broken: null,
      lacking: [],
    };
    await show(progressOf(["first", "read", "kill"]));
    expect(one("next-lesson")?.textContent).toContain("What comes then");
    expect(one("next-lesson")?.getAttribute("href")).toMatch(/\/lessons\/next$/);
  });

  it("does not take another window's lesson for its own", async () => {
    await show(progressOf(["first"], { lesson: "another" }));
    expect(all("step").map(({ dataset }) => dataset.state)).toEqual(["current", "ahead", "ahead"]);
    expect(one("lesson-banner")?.dataset.kind).toBe("elsewhere");
    await press("lesson-bind");
    expect(commands.bind).toHaveBeenCalled();
  });
});
