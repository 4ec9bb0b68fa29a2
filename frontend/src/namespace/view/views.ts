import { html, type TemplateResult } from "lit";
import { text } from "../words/messages";

export const views = ["tree", "table", "timeline"] as const;
export type View = (typeof views)[number];

/** The choice of view, in the header of the pane or, if there is none, above the panel. */
export function viewSwitch(now: View, choose: (view: View) => void): TemplateResult {
  return html`<div class="segments" role="group" aria-label=${text("views")}>
    ${views.map(
      (view) => html`<button type="button" aria-pressed=${now === view ? "true" : "false"} data-testid=${`view-${view}`}
        @click=${() => choose(view)}>${text(view)}</button>`,
    )}
  </div>`;
}
