import type { Lesson, LessonSummary, Progress } from "../wire/lesson";
import { lessonApi } from "./api";
import { lessonAfter } from "./guide";

export interface LessonView {
  lesson(lesson: Lesson): void;
  progress(progress: Progress): void;
  /** The lesson can't be shown; undefined: it can again. */
  failed(failure: unknown): void;
  /** The lesson can't be bound to the sandbox; undefined: it is. */
  unbound(failure: unknown): void;
  /** Something that was asked for did not work; all else goes on. */
  refused(failure: unknown): void;
  next(lesson: LessonSummary | undefined): void;
}

/** One lesson in one sandbox: what the learner does in the page goes to the server, and what the server says of it comes back. */
export class LessonSession {
  private sandbox: string | undefined;
  private told = 0;

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

  /** This page's sandbox is that one now, perhaps a new one: the lesson goes on in it. */
  async enter(sandbox: string): Promise<void> {
    this.sandbox = sandbox;
    await this.bind();
  }

  async bind(): Promise<void> {
    try {
      await this.take((sandbox) => lessonApi.bind(sandbox, this.id));
      this.view.unbound(undefined);
    } catch (failure) {
      this.view.unbound(failure);
    }
  }

  /** The line to the server is back: what was told meanwhile is missing. */
  async refresh(): Promise<void> {
    await this.attempt(() => this.take((sandbox) => lessonApi.progress(sandbox)));
  }

  received(progress: Progress): void {
    this.told++;
    this.view.progress(progress);
  }

  complete(step: string): Promise<void> {
    return this.attempt(() => this.take((sandbox) => lessonApi.complete(sandbox, step)));
  }

  predict(block: string, answer: string): Promise<void> {
    return this.attempt(() => this.take((sandbox) => lessonApi.predict(sandbox, block, answer)));
  }

  answer(block: string, answer: readonly number[]): Promise<void> {
    return this.attempt(() => this.take((sandbox) => lessonApi.answer(sandbox, block, answer)));
  }

  place(step: string): Promise<void> {
    return this.attempt(async () => {
      if (this.sandbox) await lessonApi.place(this.sandbox, step);
    });
  }

  anew(): Promise<void> {
    return this.attempt(async () => {
      if (!this.sandbox) return;
      await lessonApi.anew(this.sandbox);
      await this.take((sandbox) => lessonApi.progress(sandbox));
    });
  }

  arrive(step: string): Promise<void> {
    return this.attempt(async () => {
      if (this.sandbox) await lessonApi.arrive(this.sandbox, step);
    });
  }

  /** Takes an answer up unless the server has said something since it was asked: after each change it says what is true then. */
  private async take(ask: (sandbox: string) => Promise<Progress>): Promise<void> {
    const { sandbox, told } = this;
    if (!sandbox) return;
    const progress = await ask(sandbox);
    if (told === this.told && sandbox === this.sandbox) this.view.progress(progress);
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (failure) {
      this.view.refused(failure);
    }
  }
}
