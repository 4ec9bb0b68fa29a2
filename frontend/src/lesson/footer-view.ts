import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../ui/icons";
import { text } from "../ui/messages";
import type { Step } from "../wire/lesson";
import type { Scene } from "./context";
import { isPassedByReading, neighbour, stateOf } from "./guide";

/** Back and on. On stands out once the step is passed, and where going on is what passes it. */
export function footerView({ lesson, progress, shown }: Scene, step: Step, go: { back(): void; next(): void }): TemplateResult {
  const state = stateOf(shown, lesson, progress);
  const following = neighbour(lesson, shown, 1);
  const passes = state === "current" && isPassedByReading(step);
  return html`
    <footer class="lesson-footer">
      <button type="button" class="button" title=${text("stepBackTitle")} ?disabled=${neighbour(lesson, shown, -1) === undefined} data-testid="previous-step"
        @click=${() => go.back()}>${icon("back")}${text("stepBack")}</button>
      <span class="state" data-state=${state}>${state === "passed" ? html`${icon("check")}${text("stepDone")}` : nothing}</span>
      <button type="button" class="button ${(state === "passed" && following !== undefined) || passes ? "primary" : ""}" title=${text("stepNextTitle")}
        ?disabled=${following === undefined && !passes} data-testid="next-step"
        @click=${() => go.next()}>${text(following === undefined && passes ? "stepFinish" : "stepNext")}${icon("next")}</button>
    </footer>
  `;
}
