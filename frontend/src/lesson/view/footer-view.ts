import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import { fromRoot } from "../../kit/root";
import type { LessonSummary, Step } from "../../wire/lesson";
import type { Scene } from "../model/context";
import { isDone, isPassedByReading, neighbour, stateOf } from "../model/guide";
import { text } from "../words/messages";
import { lessonAddress } from "./end-view";

export interface Ways {
  back(): void;
  on(): void;
  /** The lesson after this one. */
  readonly after: LessonSummary | undefined;
}

/** The buttons to go back and on. The second one stands out when the step is passed, or if going on passes it. */
export function footerView({ lesson, progress, shown }: Scene, step: Step, ways: Ways): TemplateResult {
  const state = stateOf(shown, lesson, progress);
  const following = neighbour(lesson, shown, 1);
  const end = following === undefined && isDone(lesson, progress);
  return html`
    <footer class="lesson-footer">
      <button type="button" class="button" title=${text("stepBackTitle")} ?disabled=${neighbour(lesson, shown, -1) === undefined} data-testid="previous-step"
        @click=${() => ways.back()}>${icon("back")}${text("stepBack")}</button>
      <span class="state" data-state=${state}>${state === "passed" && !end ? html`${icon("check")}${text("stepDone")}` : nothing}</span>
      ${end ? leave(ways.after) : forward(following, state === "current" && isPassedByReading(step), state === "passed", ways)}
    </footer>
  `;
}

function forward(following: string | undefined, passes: boolean, passed: boolean, ways: Ways): TemplateResult {
  const primary = passes || (passed && following !== undefined);
  return html`<button type="button" class="button ${primary ? "primary" : ""}" title=${text("stepNextTitle")} ?disabled=${following === undefined && !passes}
    data-testid="next-step" @click=${() => ways.on()}>${text(following === undefined && passes ? "stepFinish" : "stepNext")}${icon("next")}</button>`;
}

function leave(after: LessonSummary | undefined): TemplateResult {
  return after
    ? html`<a class="button primary" href=${lessonAddress(after.id)} title=${after.title}>${text("doneNext")}${icon("next")}</a>`
    : html`<a class="button" href=${fromRoot("./").href}>${text("lessonsAll")}${icon("next")}</a>`;
}
