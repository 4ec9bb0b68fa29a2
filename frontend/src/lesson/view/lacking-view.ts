import { html, nothing, type TemplateResult } from "lit";
import { text } from "../words/messages";

/** Why a lesson can't be followed to its end in this lab; nothing where it can. What is not known yet is named as it is. */
export function lackingView(lacking: readonly string[]): TemplateResult | typeof nothing {
  if (lacking.length === 0) return nothing;
  return html`<p class="lacking" role="note" data-testid="lesson-lacking">${lacking.map((setting) =>
    setting === "network-admin" ? text("lackingNetworkAdmin") : text("lacking", setting),
  )}</p>`;
}
