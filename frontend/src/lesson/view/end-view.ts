import { html, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import { fromRoot } from "../../kit/root";
import type { LessonSummary } from "../../wire/lesson";
import { text } from "../words/messages";
import { inline } from "./prose";

export function lessonAddress(id: string): string {
  return fromRoot(`lessons/${encodeURIComponent(id)}`).href;
}

/** The end of a lesson that is done, with a link to the next one. */
export function endView(title: string, next: LessonSummary | undefined): TemplateResult {
  return html`
    <section class="done" data-testid="lesson-done">
      <span class="mark">${icon("check")}</span>
      <h3>${text("doneTitle")}</h3>
      <p><strong>${inline(title)}</strong></p>
      <p>${text("doneDetail")}</p>
      ${next ? html`<a class="button primary" href=${lessonAddress(next.id)} data-testid="next-lesson"><span><small>${text("doneNext")}</small>${inline(next.title)}</span>${icon("next")}</a>` : html`<p>${text("doneLast")}</p>`}
      <a href=${fromRoot("./").href}>${text("lessonsAll")}</a>
    </section>
  `;
}
