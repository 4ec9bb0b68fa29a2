import { Fields } from "./json";

/**
 * One lesson in the catalogue; `passed` of its `steps` are passed. A broken one has only its id and says why it is broken. `lacking`
 * names settings that the lesson requires and this lab was started without, such as "network-admin".
 */
export interface LessonSummary {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly order: number;
  readonly minutes: number | null;
  readonly steps: number;
  readonly passed: number;
  readonly broken: readonly Fault[] | null;
  readonly lacking: readonly string[];
}

/** Why a lesson can't be shown. */
export interface Fault {
  readonly file: string;
  readonly line: number | null;
  readonly reason: string;
}

/** A lesson in the requested language. The server has rendered and sanitised all `html`. */
export interface Lesson {
  readonly id: string;
  readonly title: string;
  /** The first words of the lesson, as plain text. */
  readonly summary: string;
  readonly lacking: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly type: "prose"; readonly html: string }
  | RunBlock
  | { readonly type: "check"; readonly id: string; readonly html: string }
  | PredictBlock
  | { readonly type: "hint"; readonly html: string }
  | QuizBlock;

/** Lines for terminal number `terminal`. `{{…}}` in them stands for a value of the progress. */
export interface RunBlock {
  readonly type: "run";
  readonly terminal: number;
  readonly text: string;
  readonly interrupt: boolean;
}

/** A question about what will happen. Without choices, any answer can be typed. */
export interface PredictBlock {
  readonly type: "predict";
  readonly id: string;
  readonly html: string;
  readonly choices: readonly string[];
}

/** The choices are HTML. If `several`, more than one may be right. */
export interface QuizBlock {
  readonly type: "quiz";
  readonly id: string;
  readonly html: string;
  readonly choices: readonly string[];
  readonly several: boolean;
}

/** How far the learner is, and what is now so in the kernel. `current` is null when all steps are passed. */
export interface Progress {
  readonly type: "progress";
  readonly lesson: string | null;
  readonly place: string | null;
  readonly current: string | null;
  readonly steps: readonly StepProgress[];
  readonly predictions: Readonly<Record<string, Prediction>>;
  readonly quizzes: Readonly<Record<string, QuizAnswer>>;
  /** The values of the placeholders in run blocks, as far as they are known. */
  readonly values: Readonly<Record<string, string>>;
  /** The step to which the learner is being taken, while the solutions of earlier steps are played; otherwise null. */
  readonly playing: string | null;
  readonly problem: Bilingual | null;
  /** Whether the progress would now outlive the server. */
  readonly kept: boolean;
  /** Whether the sandbox had something in it when the lesson was begun, and nothing has been done in the lesson since. */
  readonly leftOver: boolean;
}

export interface StepProgress {
  readonly id: string;
  readonly passed: boolean;
  readonly checks: readonly CheckState[];
}

/** `matched` has the PIDs of the found processes in the sandbox's first PID namespace. */
export interface CheckState {
  readonly id: string;
  readonly met: boolean;
  readonly matched: readonly number[];
  readonly observed: Bilingual | null;
  readonly hint: Bilingual | null;
}

/**
 * If an answer was given but not yet graded, truth and right are null. If it was graded before one was given, answer is null. Answer and
 * truth are in the language in which they were given or graded. If they are among the choices, the indexes say which.
 */
export interface Prediction {
  readonly answer: string | null;
  readonly truth: string | null;
  readonly right: boolean | null;
  readonly answerChoice: number | null;
  readonly truthChoice: number | null;
}

export interface QuizAnswer {
  readonly answer: readonly number[];
  readonly right: boolean;
  /** HTML. */
  readonly explanation: Bilingual | null;
}

export interface Bilingual {
  readonly en: string;
  readonly "zh-CN": string;
}

/** Body of `GET /api/lessons`. */
export function readCatalogue(body: unknown): LessonSummary[] {
  return new Fields(body).objects("lessons", readSummary);
}

function readSummary(fields: Fields): LessonSummary {
  const id = fields.text("id");
  return {
    id,
    title: optionalText(fields, "title") ?? id,
    summary: optionalText(fields, "summary") ?? "",
    order: fields.optional("order", (name) => fields.number(name)) ?? 0,
    minutes: fields.optional("minutes", (name) => fields.number(name)),
    steps: fields.optional("steps", (name) => fields.number(name)) ?? 0,
    passed: fields.optional("passed", (name) => fields.number(name)) ?? 0,
    broken: fields.optional("broken", (name) => fields.objects(name, readFault)),
    lacking: readLacking(fields),
  };
}

function readFault(fields: Fields): Fault {
  return { file: fields.text("file"), line: fields.optional("line", (name) => fields.number(name)), reason: fields.text("reason") };
}

/** Body of `GET /api/lessons/{id}`. */
export function readLesson(body: unknown): Lesson {
  const fields = new Fields(body);
  return {
    id: fields.text("id"),
    title: fields.text("title"),
    summary: optionalText(fields, "summary") ?? "",
    lacking: readLacking(fields),
    steps: fields.objects("steps", readStep),
  };
}

function readLacking(fields: Fields): readonly string[] {
  return fields.optional("lacking", (name) => fields.texts(name)) ?? [];
}

function readStep(fields: Fields): Step {
  return {
    id: fields.text("id"),
    title: fields.text("title"),
    blocks: fields.objects("blocks", readBlock).filter((block) => block !== undefined),
  };
}

/** Undefined if the kind is unknown, because a newer server may have more. */
function readBlock(fields: Fields): Block | undefined {
  const type = fields.text("type");
  switch (type) {
    case "prose":
    case "hint":
      return { type, html: fields.text("html") };
    case "run":
      return { type, terminal: fields.number("terminal"), text: fields.text("text"), interrupt: fields.flag("interrupt") };
    case "check":
      return { type, id: fields.text("id"), html: optionalText(fields, "html") ?? "" };
    case "predict":
      return { type, id: fields.text("id"), html: fields.text("html"), choices: fields.texts("choices") };
    case "quiz":
      return { type, id: fields.text("id"), html: fields.text("html"), choices: fields.texts("choices"), several: fields.flag("several") };
    default:
      return undefined;
  }
}

/** Reads the progress from a WebSocket message or a body of `…/progress`. */
export function readProgress(fields: Fields): Progress {
  return {
    type: "progress",
    lesson: optionalText(fields, "lesson"),
    place: optionalText(fields, "place"),
    current: optionalText(fields, "current"),
    steps: fields.optional("steps", (name) => fields.objects(name, readStepProgress)) ?? [],
    predictions: fields.optional("predictions", (name) => fields.object(name).all(readPrediction)) ?? {},
    quizzes: fields.optional("quizzes", (name) => fields.object(name).all(readQuizAnswer)) ?? {},
    values: fields.optional("values", (name) => fields.object(name).allTexts()) ?? {},
    playing: optionalText(fields, "playing"),
    problem: fields.optional("problem", (name) => readBilingual(fields.object(name))),
    kept: fields.optional("kept", (name) => fields.flag(name)) ?? true,
    leftOver: fields.optional("leftOver", (name) => fields.flag(name)) ?? false,
  };
}

function readStepProgress(fields: Fields): StepProgress {
  return { id: fields.text("id"), passed: fields.flag("passed"), checks: fields.objects("checks", readCheck) };
}

function readCheck(fields: Fields): CheckState {
  return {
    id: fields.text("id"),
    met: fields.flag("met"),
    matched: fields.numbers("matched"),
    observed: fields.optional("observed", (name) => readBilingual(fields.object(name))),
    hint: fields.optional("hint", (name) => readBilingual(fields.object(name))),
  };
}

function readPrediction(fields: Fields): Prediction {
  return {
    answer: optionalText(fields, "answer"),
    truth: optionalText(fields, "truth"),
    right: fields.optional("right", (name) => fields.flag(name)),
    answerChoice: fields.optional("answerChoice", (name) => fields.number(name)),
    truthChoice: fields.optional("truthChoice", (name) => fields.number(name)),
  };
}

function readQuizAnswer(fields: Fields): QuizAnswer {
  return {
    answer: fields.numbers("answer"),
    right: fields.flag("right"),
    explanation: fields.optional("explanation", (name) => readBilingual(fields.object(name))),
  };
}

function readBilingual(fields: Fields): Bilingual {
  return { en: fields.text("en"), "zh-CN": fields.text("zh-CN") };
}

function optionalText(fields: Fields, name: string): string | null {
  return fields.optional(name, () => fields.text(name));
}
