import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import { language } from "../../kit/messages";
import type { CheckState } from "../../wire/lesson";
import type { Scene } from "../model/context";
import { checkState, stateOf } from "../model/guide";
import { text } from "../words/messages";
import { inline, prose } from "./prose";

/** A check: what has to be true in the kernel, whether it is, what was found, and what may help. */
export function checkView({ id, html: words }: { id: string; html: string }, scene: Scene): TemplateResult {
  const state = checkState(scene.progress, scene.shown, id);
  const met = state?.met === true;
  const looked = state !== undefined && (met || stateOf(scene.shown, scene.lesson, scene.progress) !== "ahead");
  return html`
    <section class="check" data-testid="check" data-check=${id} data-met=${met ? "true" : "false"}>
      <span class="mark">${met ? icon("check") : nothing}<span class="unseen">${text(met ? "checkMet" : looked ? "checkOpen" : "checkWaiting")}</span></span>
      <div class="said">
        ${words ? prose(words) : html`<p>${text("checkPlain")}</p>`}
        ${state && met ? foundView(state, scene) : nothing}
        ${state && !met && looked ? help(state) : nothing}
      </div>
    </section>
  `;
}

function foundView({ matched }: CheckState, { found, commands }: Scene): TemplateResult | typeof nothing {
  const known = matched.map((pid) => ({ pid, ...found(pid) })).filter(({ label }) => label !== undefined);
  if (known.length === 0) return nothing;
  return html`<p class="found" data-testid="found">${known.map(({ pid, label = "", alive }) =>
    alive
      ? html`<button type="button" title=${text("checkFound", label)} data-pid=${pid} @click=${() => commands.reveal(pid)}>${label}</button>`
      : html`<span data-gone title=${text("checkGone", label)}>${label}</span>`,
  )}</p>`;
}

function help({ observed, hint }: CheckState): TemplateResult {
  return html`
    ${observed ? html`<p class="observed" data-testid="observed">${inline(observed[language])}</p>` : nothing}
    ${hint ? html`<p class="advice" data-testid="check-hint">${icon("hint")}<span><span class="unseen">${text("checkHint")}: </span>${inline(hint[language])}</span></p>` : nothing}
  `;
}
