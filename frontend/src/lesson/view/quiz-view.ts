import { html, nothing, type TemplateResult } from "lit";
import { language } from "../../kit/messages";
import type { QuizBlock } from "../../wire/lesson";
import type { Scene } from "../model/context";
import { quizState } from "../model/guide";
import { text } from "../words/messages";
import { prose } from "./prose";

/** A question with choices. The server tells which are right only after they were chosen. */
export function quizView(block: QuizBlock, { progress, commands }: Scene): TemplateResult {
  const given = progress?.quizzes[block.id];
  const state = quizState(given);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget as HTMLFormElement).getAll("choice").map(Number);
    if (chosen.length > 0) commands.answer(block.id, chosen);
  };
  return html`
    <section class="quiz" data-testid="quiz" data-quiz=${block.id} data-state=${state} aria-label=${text("quiz")}>
      <p class="kind">${text("quiz")}</p>
      ${prose(block.html)}
      ${block.several && state !== "right" ? html`<p class="several">${text("quizSeveral")}</p>` : nothing}
      <form @submit=${submit}>
        <div class="options" role=${block.several ? "group" : "radiogroup"} aria-label=${text("quiz")}>
          ${block.choices.map((choice, index) => option(block, choice, index, given?.answer.includes(index) === true, state === "right"))}
        </div>
        ${state === "right" ? nothing : html`<button type="submit" class="button" data-testid="quiz-answer" ?disabled=${!progress}>${text("quizAnswer")}</button>`}
      </form>
      ${state === "wrong" ? html`<p class="outcome" data-testid="quiz-outcome">${text("quizAgain")}</p>` : nothing}
      ${state === "right" ? html`<div class="outcome" data-testid="quiz-outcome"><strong>${text("quizRight")}</strong>${given?.explanation ? prose(given.explanation[language]) : nothing}</div>` : nothing}
    </section>
  `;
}

function option({ several }: QuizBlock, choice: string, index: number, chosen: boolean, locked: boolean): TemplateResult {
  // This sets the attribute and not the property, so that a choice that somebody is about to make stays when something else changes.
  return html`<label class="option" ?data-chosen=${chosen && locked}>
    <input type=${several ? "checkbox" : "radio"} name="choice" value=${index} ?checked=${chosen} ?disabled=${locked} data-choice=${index} />
    ${prose(choice)}
  </label>`;
}
