import type { CheckState, Lesson, LessonSummary, Prediction, Progress, QuizAnswer, Step } from "../../wire/lesson";

export type StepState = "passed" | "current" | "ahead";

/** Where a step is, seen from where the learner is. As long as nothing is known, all but the first are ahead. */
export function stateOf(step: string, lesson: Lesson, progress: Progress | undefined): StepState {
  if (!progress) return lesson.steps[0]?.id === step ? "current" : "ahead";
  if (progress.steps.some(({ id, passed }) => id === step && passed)) return "passed";
  return progress.current === step ? "current" : "ahead";
}

export function passedIn(lesson: Lesson, progress: Progress | undefined): number {
  return lesson.steps.filter(({ id }) => stateOf(id, lesson, progress) === "passed").length;
}

export function isDone(lesson: Lesson, progress: Progress | undefined): boolean {
  return lesson.steps.length > 0 && passedIn(lesson, progress) === lesson.steps.length;
}

/** The step to show first: the one where the learner left, or else the current one, or else the last one of a lesson that is done. */
export function placeIn(lesson: Lesson, progress: Progress | undefined): string {
  const known = (id: string | null | undefined) => lesson.steps.find((step) => step.id === id)?.id;
  const last = isDone(lesson, progress) ? lesson.steps.at(-1)?.id : undefined;
  return known(progress?.place) ?? known(progress?.current) ?? last ?? lesson.steps[0]?.id ?? "";
}

export function neighbour(lesson: Lesson, step: string, distance: number): string | undefined {
  const index = lesson.steps.findIndex(({ id }) => id === step);
  return index < 0 ? undefined : lesson.steps[index + distance]?.id;
}

/** Whether a step has nothing that passes it, neither a check nor a quiz. Going on passes it. */
export function isPassedByReading(step: Step): boolean {
  return !step.blocks.some(({ type }) => type === "check" || type === "quiz");
}

/** A block's check, wherever it is evaluated; undefined if nothing is known about it yet. */
export function checkState(progress: Progress | undefined, step: string, check: string): CheckState | undefined {
  return progress?.steps.find(({ id }) => id === step)?.checks.find(({ id }) => id === check);
}

export type PredictionState =
  | { readonly kind: "open" }
  | { readonly kind: "locked"; readonly answer: string }
  | { readonly kind: "graded"; readonly answer: string; readonly truth: string; readonly right: boolean }
  | { readonly kind: "missed"; readonly truth: string };

/** `choices` are in the page's language, whichever language it was answered or graded in. */
export function predictionState(prediction: Prediction | undefined, choices: readonly string[] = []): PredictionState {
  if (!prediction) return { kind: "open" };
  const { right } = prediction;
  const answer = choices[prediction.answerChoice ?? -1] ?? prediction.answer;
  const truth = choices[prediction.truthChoice ?? -1] ?? prediction.truth;
  if (answer === null) return truth === null ? { kind: "open" } : { kind: "missed", truth };
  return truth === null ? { kind: "locked", answer } : { kind: "graded", answer, truth, right: right === true };
}

export function quizState(answer: QuizAnswer | undefined): "open" | "wrong" | "right" {
  if (!answer) return "open";
  return answer.right ? "right" : "wrong";
}

/** The next lesson after `id` that can be opened. The catalogue is sorted. */
export function lessonAfter(catalogue: readonly LessonSummary[], id: string): LessonSummary | undefined {
  const index = catalogue.findIndex((lesson) => lesson.id === id);
  return index < 0 ? undefined : catalogue.slice(index + 1).find(({ broken }) => broken === null);
}

/** The processes that were found by checks that are met, each with the title of the check's step. */
export function marksOf(lesson: Lesson, progress: Progress | undefined): Map<number, string> {
  const marks = new Map<number, string>();
  for (const { id, title } of lesson.steps) {
    for (const { met, matched } of progress?.steps.find((step) => step.id === id)?.checks ?? []) {
      if (met) for (const pid of matched) marks.set(pid, title);
    }
  }
  return marks;
}
