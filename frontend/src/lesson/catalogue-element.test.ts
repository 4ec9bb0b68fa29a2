import { afterEach, expect, it, vi } from "vitest";
import type { LessonsElement } from "./catalogue-element";
import "./catalogue-element";

const sound = (id: string, passed: number) => ({
  id,
  order: 1,
  title: `Lesson \`${id}\``,
  summary: "<b>plain</b>",
  minutes: 10,
  steps: 3,
  passed,
  broken: null,
  lacking: [],
});
const broken = {
  ...sound("own", 0),
  broken: [
    { file: "own/lesson.yaml", line: 7, reason: "no field <i>" },
    { file: "own/en.md", line: null, reason: "missing" },
  ],
};

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

async function list(...lessons: object[]): Promise<HTMLElement[]> {
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ lessons })));
  const element = document.createElement("nslab-lessons") as LessonsElement;
  document.body.append(element);
  await vi.waitFor(() => expect(element.querySelector("[data-testid='lesson-card']")).not.toBeNull());
  return [...element.querySelectorAll<HTMLElement>("[data-testid='lesson-card']")];
}

it("lists the lessons with the learner's progress, and one button that stands out", async () => {
  const cards = await list(sound("a", 3), sound("b", 1), sound("c", 0));
  expect(cards.map(({ dataset }) => dataset.state)).toEqual(["done", "begun", "new"]);
  expect(cards.map((card) => card.querySelector("[data-testid='lesson-go']")?.textContent)).toEqual(["Look again", "Continue", "Begin"]);
  expect(cards.map((card) => card.querySelector(".primary") !== null)).toEqual([false, true, false]);
  expect(cards[1]?.textContent).toContain("1 of 3 steps");
  expect(cards[1]?.querySelector("a")?.getAttribute("href")).toMatch(/\/lessons\/b$/);
  expect(cards[0]?.querySelector("b")).toBeNull();
});

it("says of a broken lesson where and why it is broken, without a link", async () => {
  const [card] = await list(broken);
  const faults = [...(card?.querySelectorAll("[data-testid='lesson-fault']") ?? [])].map((fault) =>
    [...fault.children].map((part) => part.textContent),
  );
  expect(faults).toEqual([
    ["own/lesson.yaml, line 7", "no field <i>"],
    ["own/en.md", "missing"],
  ]);
  expect(card?.querySelector("a")).toBeNull();
});

it("says of a lesson what it needs and this lab was started without, and lets it be read", async () => {
  const [card, other] = await list({ ...sound("a", 0), lacking: ["network-admin", "later"] }, sound("b", 0));
  const notice = card?.querySelector("[data-testid='lesson-lacking']")?.textContent;
  expect(notice).toContain("unshare -n");
  expect(notice).toContain("without what this lesson requires: later");
  expect(card?.querySelector("a")).not.toBeNull();
  expect(other?.querySelector("[data-testid='lesson-lacking']")).toBeNull();
});
