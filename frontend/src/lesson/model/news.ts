import type { Bilingual, Lesson, Progress } from "../../wire/lesson";
import { isDone } from "./guide";

/** What has changed between two states of the progress, as far as a learner who looks elsewhere wants to hear it. */
export type News =
  | { readonly kind: "met"; readonly step: string; readonly check: string }
  | { readonly kind: "hint"; readonly hint: Bilingual }
  | { readonly kind: "passed"; readonly step: string }
  | { readonly kind: "graded"; readonly right: boolean | null; readonly truth: string }
  | { readonly kind: "playing" }
  | { readonly kind: "problem"; readonly problem: Bilingual }
  | { readonly kind: "unkept" | "kept" }
  | { readonly kind: "done" };

export function newsOf(lesson: Lesson, before: Progress | undefined, now: Progress): News[] {
  // Nothing that is there when the page opens is news.
  if (before?.lesson !== now.lesson) return [];
  const news = now.steps.flatMap((step) => {
    const last = before.steps.find(({ id }) => id === step.id);
    const passed = step.passed && last?.passed === false;
    const checks = step.checks.flatMap((check): News[] => {
      const was = last?.checks.find(({ id }) => id === check.id);
      if (check.met) return was?.met === false && !passed ? [{ kind: "met", step: step.id, check: check.id }] : [];
      return check.hint && check.hint.en !== was?.hint?.en ? [{ kind: "hint", hint: check.hint }] : [];
    });
    return passed ? [...checks, { kind: "passed" as const, step: step.id }] : checks;
  });
  for (const [id, { answer, truth, right }] of Object.entries(now.predictions)) {
    const graded = truth !== null && (before.predictions[id]?.truth ?? null) === null;
    if (graded) news.push({ kind: "graded", right: answer === null ? null : right, truth });
  }
  if (now.playing !== null && before.playing === null) news.push({ kind: "playing" });
  if (now.problem && now.problem.en !== before.problem?.en) news.push({ kind: "problem", problem: now.problem });
  if (now.kept !== before.kept) news.push({ kind: now.kept ? "kept" : "unkept" });
  if (isDone(lesson, now) && !isDone(lesson, before)) news.push({ kind: "done" });
  return news;
}
