import { html, type TemplateResult } from "lit";
import type { PredictBlock } from "../../wire/lesson";
import type { Scene } from "../model/context";
import { type PredictionState, predictionState } from "../model/guide";
import { text } from "../words/messages";
import { inline, prose } from "./prose";

/** A question about what will happen: open, locked in, graded by what the kernel did, or missed. */
export function predictView(block: PredictBlock, scene: Scene): TemplateResult {
  const state = predictionState(scene.progress?.predictions[block.id], block.choices);
  return html`
    <section class="predict" data-testid="predict" data-predict=${block.id} data-state=${outcome(state)} aria-label=${text("predict")}>
      <p class="kind">${text("predict")}</p>
      ${prose(block.html)}
      ${state.kind === "open" ? form(block, scene) : html`<p class="outcome" data-testid="predict-outcome">${words(state)}</p>`}
    </section>
  `;
}

function outcome(state: PredictionState): string {
  return state.kind === "graded" ? (state.right ? "right" : "wrong") : state.kind;
}

function words(state: Exclude<PredictionState, { kind: "open" }>): string {
  switch (state.kind) {
    case "locked":
      return text("predictLocked", state.answer);
    case "graded":
      return state.right ? text("predictRight", state.answer) : text("predictWrong", state.answer, state.truth);
    case "missed":
      return text("predictMissed", state.truth);
  }
}

function form(block: PredictBlock, { progress, commands }: Scene): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const answer = String(new FormData(event.currentTarget as HTMLFormElement).get("answer") ?? "").trim();
    if (answer) commands.predict(block.id, answer);
  };
  return html`<form @submit=${submit}>
    ${block.choices.length > 0 ? choices(block) : free()}
    <button type="submit" class="button" data-testid="predict-lock" ?disabled=${!progress}>${text("predictLock")}</button>
  </form>`;
}

function choices({ choices }: PredictBlock): TemplateResult {
  return html`<div class="choices" role="radiogroup" aria-label=${text("predictAnswer")}>${choices.map(
    (choice) =>
      html`<label class="chip-choice"><input type="radio" name="answer" value=${choice} required /><span>${inline(choice)}</span></label>`,
  )}</div>`;
}

function free(): TemplateResult {
  const label = text("predictAnswer");
  return html`<input class="answer" name="answer" required maxlength="200" autocomplete="off" autocapitalize="off" spellcheck="false"
    placeholder=${label} aria-label=${label} data-testid="predict-answer" />`;
}
