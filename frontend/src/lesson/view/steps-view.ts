import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import { fromRoot } from "../../kit/root";
import type { Scene } from "../model/context";
import { passedIn, type StepState, stateOf } from "../model/guide";
import { type MessageKey, text } from "../words/messages";
import { inline } from "./prose";

const words = { passed: "stepPassed", current: "stepCurrent", ahead: "stepAhead" } as const satisfies Record<StepState, MessageKey>;

/** How far the learner is: one bar for each step, and a summary that opens the list of steps. */
export function stepsView(scene: Scene, go: (step: string) => void, anew: TemplateResult): TemplateResult {
  const { lesson, progress, shown } = scene;
  const passed = passedIn(lesson, progress);
  const index = lesson.steps.findIndex(({ id }) => id === shown);
  return html`
    <div class="bar" role="progressbar" aria-label=${text("stepProgress", passed, lesson.steps.length)} aria-valuemin="0" aria-valuemax=${lesson.steps.length}
      aria-valuenow=${passed} data-testid="lesson-progress" data-passed=${passed} data-steps=${lesson.steps.length}>
      ${lesson.steps.map(({ id }) => html`<i data-state=${stateOf(id, lesson, progress)} ?data-shown=${id === shown}></i>`)}
    </div>
    <details class="steps">
      <summary data-testid="steps">${text("stepOf", index + 1, lesson.steps.length)}</summary>
      <nav aria-label=${text("stepList")}><ol>${lesson.steps.map((step) => item(step, scene, go))}</ol></nav>
      <div class="more">${anew}<a href=${fromRoot("./").href}>${text("lessonsAll")}</a></div>
    </details>
  `;
}

function item(
  { id, title }: { id: string; title: string },
  { lesson, progress, shown }: Scene,
  go: (step: string) => void,
): TemplateResult {
  const state = stateOf(id, lesson, progress);
  const choose = (event: Event) => {
    (event.currentTarget as HTMLElement).closest("details")?.removeAttribute("open");
    go(id);
  };
  return html`<li data-testid="step" data-step=${id} data-state=${state} ?data-shown=${id === shown}>
    <button type="button" aria-current=${id === shown ? "step" : nothing} @click=${choose}>
      <span class="mark">${state === "passed" ? icon("check") : nothing}</span>
      <span>${inline(title)}<span class="unseen">, ${text(words[state])}</span></span>
    </button>
  </li>`;
}
