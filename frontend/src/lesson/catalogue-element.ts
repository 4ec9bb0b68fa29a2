import { html, nothing, type TemplateResult } from "lit";
import { LightElement } from "../kit/element";
import { icon } from "../kit/icons";
import { failureText } from "../kit/problems";
import type { LessonSummary } from "../wire/lesson";
import { lessonApi } from "./model/api";
import { lessonAddress } from "./view/end-view";
import { lackingView } from "./view/lacking-view";
import { inline } from "./view/prose";
import { text } from "./words/messages";

/** `<nslab-lessons>`: all lessons in order, how far the learner is in each, and why a broken one is broken. */
export class LessonsElement extends LightElement {
  static override properties = { lessons: { attribute: false }, failure: { attribute: false } };
  declare lessons: readonly LessonSummary[] | undefined;
  declare failure: unknown;
  // A page from the browser's back/forward cache still shows the progress from when it was left.
  private readonly returned = (event: PageTransitionEvent) => {
    if (event.persisted) void this.load();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("pageshow", this.returned);
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("pageshow", this.returned);
  }

  override render(): TemplateResult | typeof nothing {
    if (this.failure) {
      return html`<p class="lessons-failed" role="alert"><strong>${text("lessonsFailed")}</strong> ${failureText(this.failure)}
        <button type="button" class="button" @click=${() => void this.load()}>${text("retry")}</button></p>`;
    }
    if (!this.lessons) return nothing;
    const next = nextOf(this.lessons);
    return html`<ol class="lessons" data-testid="lessons">${this.lessons.map((lesson, index) =>
      lesson.broken ? brokenCard(lesson, index) : card(lesson, index, lesson === next),
    )}</ol>`;
  }

  private async load(): Promise<void> {
    try {
      this.lessons = await lessonApi.catalogue();
      this.failure = undefined;
    } catch (failure) {
      this.failure = failure;
    }
  }
}

function stateOf({ steps, passed }: LessonSummary): "new" | "begun" | "done" {
  if (passed === 0) return "new";
  return passed < steps ? "begun" : "done";
}

/** The lesson to go on with: one that was begun, or else the first new one. */
function nextOf(lessons: readonly LessonSummary[]): LessonSummary | undefined {
  const sound = lessons.filter(({ broken }) => broken === null);
  return sound.find((lesson) => stateOf(lesson) === "begun") ?? sound.find((lesson) => stateOf(lesson) === "new");
}

const actions = { new: "lessonBegin", begun: "lessonContinue", done: "lessonAgain" } as const;

function card(lesson: LessonSummary, index: number, next: boolean): TemplateResult {
  const { id, title, summary, steps, passed } = lesson;
  const state = stateOf(lesson);
  return html`
    <li class="lesson-card" data-testid="lesson-card" data-lesson=${id} data-state=${state} data-passed=${passed} data-steps=${steps}>
      <span class="number" aria-hidden="true">${state === "done" ? icon("check") : index + 1}</span>
      <div class="what">
        <h3><a href=${lessonAddress(id)}>${inline(title)}</a></h3>
        <p>${inline(summary)}</p>
        ${lackingView(lesson.lacking)}
        <p class="facts">
          ${state === "begun" ? html`<span class="amount" aria-hidden="true">${Array.from({ length: steps }, (_, step) => html`<i ?data-passed=${step < passed}></i>`)}</span>` : nothing}
          ${facts(lesson).map((fact) => html`<span class="fact">${fact}</span>`)}
        </p>
      </div>
      <span class="button ${next ? "primary" : ""}" aria-hidden="true" data-testid="lesson-go">${text(actions[state])}</span>
    </li>
  `;
}

function facts(lesson: LessonSummary): string[] {
  const { minutes, steps, passed } = lesson;
  const time = minutes === null ? [] : [text("lessonMinutes", minutes)];
  switch (stateOf(lesson)) {
    case "new":
      return [...time, text("lessonSteps", steps)];
    case "begun":
      return [text("lessonPassed", passed, steps), ...time];
    case "done":
      return [text("lessonComplete"), ...time];
  }
}

function brokenCard({ id, title, broken }: LessonSummary, index: number): TemplateResult {
  return html`
    <li class="lesson-card" data-testid="lesson-card" data-lesson=${id} data-state="broken">
      <span class="number" aria-hidden="true">${index + 1}</span>
      <div class="what">
        <h3>${title} <span class="badge">${text("lessonBroken")}</span></h3>
        <p>${text("lessonBrokenDetail")}</p>
        <dl>${broken?.map(
          ({ file, line, reason }) =>
            html`<div data-testid="lesson-fault"><dt>${line === null ? file : text("lessonLine", file, line)}</dt><dd>${reason}</dd></div>`,
        )}</dl>
      </div>
    </li>
  `;
}

customElements.define("nslab-lessons", LessonsElement);
