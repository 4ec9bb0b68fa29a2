import { html, render } from "lit";
import type { NamespacesElement } from "../../namespace/element";
import type { Dock } from "../dock/dock";
import { text } from "../shared/messages";

const all = ["lesson", "terminal", "namespaces"] as const;
type Pane = (typeof all)[number];

/** On a narrow screen, lesson, terminals and namespaces are shown one at a time. A switch below the header chooses which. */
export class Narrow {
  private readonly query = matchMedia("(max-width: 720px)");
  private readonly panes: readonly Pane[];
  private shown: Pane;
  /** Whether something has happened in the lesson while it was out of sight. */
  private news = false;

  constructor(
    private readonly dock: Dock,
    private readonly namespaces: NamespacesElement,
    private readonly lesson: HTMLElement | undefined,
    private readonly switcher: HTMLElement,
    private readonly side: HTMLElement,
  ) {
    this.panes = lesson ? all : all.slice(1);
    this.shown = lesson ? "lesson" : "terminal";
    this.query.addEventListener("change", () => this.update());
    this.update();
  }

  /** Whether the terminals are out of sight, so that nobody can type into them. */
  get hidesTerminal(): boolean {
    return this.query.matches && this.shown !== "terminal";
  }

  show(pane: Pane): void {
    this.shown = pane;
    if (pane === "lesson") this.news = false;
    this.draw();
  }

  tell(): void {
    this.news = this.query.matches && this.shown !== "lesson";
    this.draw();
  }

  private update(): void {
    this.dock.setNarrow(this.query.matches);
    if (this.query.matches) this.side.append(...(this.lesson ? [this.lesson] : []), this.namespaces);
    this.namespaces.switchable = this.query.matches;
    this.draw();
  }

  private draw(): void {
    document.body.dataset.narrow = this.query.matches ? this.shown : "";
    const button = (
      pane: Pane,
    ) => html`<button type="button" aria-pressed=${pane === this.shown ? "true" : "false"} ?data-news=${pane === "lesson" && this.news} data-testid=${`pane-${pane}`}
      @click=${() => this.show(pane)}>${text(pane)}</button>`;
    render(html`<div class="segments" role="group">${this.panes.map(button)}</div>`, this.switcher);
  }
}
