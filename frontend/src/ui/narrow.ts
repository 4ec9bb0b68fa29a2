import { html, render } from "lit";
import type { NamespacesElement } from "../namespace/element";
import type { Dock } from "./dock";
import { text } from "./messages";

const panes = ["terminal", "namespaces"] as const;

/** On a narrow screen terminals and namespaces take turns; a switch below the header says which shows. */
export function followWidth(dock: Dock, namespaces: NamespacesElement, switcher: HTMLElement, side: HTMLElement): void {
  const query = matchMedia("(max-width: 720px)");
  let shown: (typeof panes)[number] = "terminal";
  const draw = () => {
    document.body.dataset.narrow = query.matches ? shown : "";
    const button = (
      pane: (typeof panes)[number],
    ) => html`<button type="button" aria-pressed=${pane === shown ? "true" : "false"} data-testid=${`pane-${pane}`}
      @click=${() => {
        shown = pane;
        draw();
      }}>${text(pane)}</button>`;
    render(html`<div class="segments" role="group">${panes.map(button)}</div>`, switcher);
  };
  const update = () => {
    dock.setNarrow(query.matches);
    if (query.matches) side.append(namespaces);
    namespaces.switchable = query.matches;
    draw();
  };
  query.addEventListener("change", update);
  update();
}
