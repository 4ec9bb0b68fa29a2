import { html, render } from "lit";
import { icon } from "../../kit/icons";
import { text } from "../shared/messages";

/** The pane that stands in place of the terminals while there are none. */
export function emptyPane(open: () => void): HTMLElement {
  const element = document.createElement("div");
  element.className = "empty-pane";
  render(
    html`<p>${text("noTerminal")}</p>
      <button type="button" class="button primary" data-testid="new-terminal" @click=${open}>${icon("plus")}${text("newTerminal")}</button>`,
    element,
  );
  return element;
}
