import { html, render } from "lit";
import { icon } from "../../kit/icons";
import { text } from "../shared/messages";

/** Stands where the terminals are while there is none. */
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
