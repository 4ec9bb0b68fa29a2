import type { Lesson, LessonSummary } from "../../wire/lesson";
import { lessonApi } from "./api";
import { lessonAfter } from "./guide";

export interface LessonView {
  lesson(lesson: Lesson): void;
  /** Why the lesson can't be shown; undefined if it can. */
  failed(failure: unknown): void;
  /** Why the lesson can't be bound to the sandbox; undefined if it is bound. */
  unbound(failure: unknown): void;
  /** A request failed; everything else goes on. */
  refused(failure: unknown): void;
  next(lesson: LessonSummary | undefined): void;
}

/**
 * One lesson in one sandbox. Sends to the server what the learner does in the page. What comes of it is told over the sandbox's socket.
 */
export class LessonSession {
  private sandbox: string | undefined;

  constructor(
    private readonly id: string,
    private readonly view: LessonView,
  ) {}

  async load(): Promise<void> {
    try {
      this.view.lesson(await lessonApi.lesson(this.id));
      this.view.failed(undefined);
      this.view.next(lessonAfter(await lessonApi.catalogue(), this.id));
    } catch (failure) {
      this.view.failed(failure);
    }
  }

  /** The page has entered a sandbox, perhaps a new one. The lesson goes on in it. */
  async enter(sandbox: string): Promise<void> {
    this.sandbox = sandbox;
    await this.bind();
  }

  async bind(): Promise<void> {
    const { sandbox } = this;
    if (!sandbox) return;
    try {
      await lessonApi.bind(sandbox, this.id);
      this.view.unbound(undefined);
    } catch (failure) {
      this.view.unbound(failure);
    }
  }

  complete(step: string): Promise<void> {
    return this.ask((sandbox) => lessonApi.complete(sandbox, step));
  }

  predict(block: string, answer: string): Promise<void> {
    return this.ask((sandbox) => lessonApi.predict(sandbox, block, answer));
  }

  answer(block: string, answer: readonly number[]): Promise<void> {
    return this.ask((sandbox) => lessonApi.answer(sandbox, block, answer));
  }

  place(step: string): Promise<void> {
    return this.ask((sandbox) => lessonApi.place(sandbox, step));
  }

  anew(): Promise<void> {
    return this.ask((sandbox) => lessonApi.anew(sandbox));
  }

  arrive(step: string): Promise<void> {
    return this.ask((sandbox) => lessonApi.arrive(sandbox, step));
  }

  private async ask(what: (sandbox: string) => Promise<void>): Promise<void> {
    if (!this.sandbox) return;
    try {
      await what(this.sandbox);
    } catch (failure) {
      this.view.refused(failure);
    }
  }
}
