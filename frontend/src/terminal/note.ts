import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../kit/icons";
import type { LineState } from "./line/session";
import { text } from "./words/messages";

/** One calm line over the terminal if something about it is not as usual. */
export function note(state: LineState, foreign: boolean): TemplateResult | typeof nothing {
  if (state === "lost")
    return html`<div class="terminal-note" role="status" data-testid="reconnecting">${icon("link")}${text("reconnecting")}</div>`;
  if (state === "gone") return html`<div class="terminal-note" role="status">${text("terminalGone")}</div>`;
  if (foreign) return html`<div class="terminal-note faint" role="status" data-testid="foreign-size">${text("foreignSize")}</div>`;
  return nothing;
}
