import "../../lesson/element";
import { failureText } from "../../kit/problems";
import type { LessonElement } from "../../lesson/element";
import { marksOf } from "../../lesson/model/guide";
import { LessonSession } from "../../lesson/model/session";
import type { Marks } from "../../namespace/view/mark";
import type { Lesson, Progress } from "../../wire/lesson";
import type { Snapshot } from "../../wire/snapshot";
import { text } from "../shared/messages";
import { toast } from "./toast";

/** What a lesson needs from the page around it. */
export interface LessonSurroundings {
  type(terminal: number, keys: readonly string[]): Promise<void>;
  mark(marks: Marks): void;
  reveal(pid: number): void;
  reset(): Promise<void>;
  /** The learner has passed a step. */
  passed(): void;
}

/** Connects the lesson's session, its pane and the page around them. */
export class LessonGuide {
  readonly element = document.createElement("nslab-lesson") as LessonElement;
  private readonly session: LessonSession;
  private lesson: Lesson | undefined;
  private progress: Progress | undefined;

  constructor(
    id: string,
    private readonly around: LessonSurroundings,
  ) {
    this.session = new LessonSession(id, {
      lesson: (lesson) => this.opened(lesson),
      failed: (failure) => {
        this.element.failure = failure;
      },
      unbound: (failure) => {
        this.element.unbound = failure;
      },
      refused: (failure) => toast(text("lesson"), failureText(failure)),
      next: (lesson) => {
        this.element.next = lesson;
      },
    });
    this.element.commands = this.commands();
    this.element.addEventListener("lesson-passed", () => this.around.passed());
  }

  start(): void {
    void this.session.load();
  }

  entered(sandbox: string): void {
    void this.session.enter(sandbox);
  }

  received(progress: Progress): void {
    this.progress = progress;
    this.element.progress = progress;
    this.mark();
  }

  snapshot(snapshot: Snapshot | null): void {
    this.element.snapshot = snapshot;
  }

  private commands(): NonNullable<LessonElement["commands"]> {
    const { session, around } = this;
    return {
      type: (terminal, keys) => around.type(terminal, keys),
      complete: (step) => void session.complete(step),
      predict: (block, answer) => void session.predict(block, answer),
      answer: (block, answer) => void session.answer(block, answer),
      place: (step) => void session.place(step),
      arrive: (step) => void session.arrive(step),
      // This order matters: in the old sandbox, steps might be passed again at once.
      anew: (reset) => void (reset ? around.reset() : Promise.resolve()).then(() => session.anew()),
      fresh: () => void around.reset(),
      bind: () => void session.bind(),
      reload: () => void session.load(),
      reveal: (pid) => around.reveal(pid),
    };
  }

  private opened(lesson: Lesson): void {
    this.lesson = lesson;
    this.element.lesson = lesson;
    document.title = `${lesson.title} · nslab`;
    this.mark();
  }

  private mark(): void {
    if (this.lesson && this.progress)
      this.around.mark(this.progress.lesson === this.lesson.id ? marksOf(this.lesson, this.progress) : new Map());
  }
}
