import { html, nothing, type TemplateResult } from "lit";
import { plainLine } from "../kit/plain-text";
import { prefer } from "../kit/preferences";
import { copy } from "./clipboard";
import { text } from "./words/messages";

const shown = 40;

/** Asks whether a program in the terminal may put `wanted` on this computer's clipboard. Calls `done` when the person has decided. */
export function clipboardQuestion(wanted: string, done: () => void): TemplateResult {
  const answer = (allowed: boolean, remember: boolean) => () => {
    if (allowed) void copy(wanted);
    if (remember) prefer({ clipboardWrite: allowed ? "always" : "never" });
    done();
  };
  // The part that is not shown may be the one that does harm.
  const more = Array.from(wanted).length - shown;
  return html`
    <div class="terminal-note" role="alertdialog" aria-label=${text("clipboardQuestion")}>
      <span>${text("clipboardQuestion")} <code>${plainLine(wanted, shown)}</code>${more > 0 ? html` ${text("clipboardMore", more)}` : nothing}</span>
      <button type="button" class="primary" @click=${answer(true, false)}>${text("allowOnce")}</button>
      <button type="button" @click=${answer(true, true)}>${text("allowAlways")}</button>
      <button type="button" @click=${answer(false, false)}>${text("deny")}</button>
      <button type="button" @click=${answer(false, true)}>${text("denyAlways")}</button>
    </div>
  `;
}
