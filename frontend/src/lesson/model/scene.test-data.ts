import type { CheckState, Lesson, Progress, StepProgress } from "../../wire/lesson";

const bilingual = (en: string) => ({ en, "zh-CN": `中文 ${en}` });

export const ungraded = { answer: null, truth: null, right: null, answerChoice: null, truthChoice: null };

export const lesson: Lesson = {
  id: "nested-pid",
  title: "Nested PID namespaces",
  lacking: [],
  summary: "One process, three PIDs.",
  steps: [
    {
      id: "first",
      title: "A shell that is PID 1",
      blocks: [
        { type: "prose", html: "<p>Make a <em>namespace</em>.</p>" },
        { type: "predict", id: "inner", html: "<p>Which PID?</p>", choices: ["1", "13"] },
        { type: "run", terminal: 1, text: "unshare -p -f bash", interrupt: false },
        { type: "check", id: "first", html: "<p>A shell is PID 1</p>" },
        { type: "hint", html: "<p>Think of <code>-f</code></p>" },
      ],
    },
    { id: "read", title: "What happened", blocks: [{ type: "prose", html: "<p>Read.</p>" }] },
    {
      id: "kill",
      title: "Kill it",
      blocks: [
        { type: "run", terminal: 2, text: "kill -9 {{first[0].pid}}", interrupt: false },
        { type: "check", id: "kill", html: "" },
        { type: "quiz", id: "why", html: "<p>Why?</p>", choices: ["<p>a</p>", "<p>b</p>"], several: false },
      ],
    },
  ],
};

export function check(id: string, state: Partial<CheckState> = {}): CheckState {
  return { id, met: false, matched: [], observed: null, hint: null, ...state };
}

export const hinting = (id: string) => check(id, { observed: bilingual("no `bash` yet"), hint: bilingual("You forgot -f.") });

/** The progress of a learner who has passed the steps in `passed`. */
export function progressOf(passed: readonly string[], change: Partial<Progress> = {}, checks: Record<string, CheckState> = {}): Progress {
  const steps = lesson.steps.map(({ id, blocks }): StepProgress => {
    const own = blocks.flatMap((block) =>
      block.type === "check" ? [checks[block.id] ?? check(block.id, { met: passed.includes(id) })] : [],
    );
    return { id, passed: passed.includes(id), checks: own };
  });
  return {
    type: "progress",
    lesson: lesson.id,
    place: null,
    current: steps.find((step) => !step.passed)?.id ?? null,
    steps,
    predictions: {},
    quizzes: {},
    values: {},
    playing: null,
    problem: null,
    kept: true,
    leftOver: false,
    ...change,
  };
}
