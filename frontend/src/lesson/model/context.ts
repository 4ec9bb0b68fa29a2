import type { Lesson, Progress } from "../../wire/lesson";

/** What a learner does in the lesson pane. */
export interface LessonCommands {
  /** Types `keys`, one after another, into terminal number `terminal`. Resolves when the effect of the last one is drawn. */
  type(terminal: number, keys: readonly string[]): Promise<void>;
  complete(step: string): void;
  predict(block: string, answer: string): void;
  answer(block: string, answer: readonly number[]): void;
  place(step: string): void;
  /** Resets the sandbox, and plays the solutions of the steps before. */
  arrive(step: string): void;
  anew(reset: boolean): void;
  /** Resets the sandbox; the lesson goes on in it. */
  fresh(): void;
  /** Makes this window's lesson the one that is checked. */
  bind(): void;
  reload(): void;
  /** Shows a process in the panel. */
  reveal(pid: number): void;
}

/** A found process, as the lesson names it: "bash 22 · 13 · 1". */
export interface Found {
  readonly label: string;
  readonly alive: boolean;
}

/** Everything that the views of one lesson draw from. */
export interface Scene {
  readonly lesson: Lesson;
  readonly progress: Progress | undefined;
  /** The step that is shown. */
  readonly shown: string;
  readonly commands: LessonCommands;
  found(pid: number): Found | undefined;
}
