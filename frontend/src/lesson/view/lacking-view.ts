import { html, nothing, type TemplateResult } from "lit";
import { text } from "../words/messages";

/** Why a lesson can't be followed to its end in this lab; nothing if it can. What this page has no words for is shown by its code. */
export function lackingView(lacking: readonly string[]): TemplateResult | typeof nothing {
  if (lacking.length === 0) return nothing;
  return html`<p class="lacking" role="note" data-testid="lesson-lacking">${lacking.map((setting) =>
    setting === "network-admin" ? text("lackingNetworkAdmin") : text("lacking", setting),
  )}</p>`;
}
