import type { ITabRenderer, TabPartInitParameters } from "dockview-core";
import { html, nothing, render } from "lit";
import { icon } from "../../kit/icons";
import { text } from "../shared/messages";

/** A pane's tab: the pane's name, the title that its program has set, and a button that closes it. */
export class DockTab implements ITabRenderer {
  readonly element = document.createElement("div");
  private title = "";
  private name = "";
  private subscription: { dispose(): void } | undefined;

  constructor(
    private readonly id: string,
    private readonly close: ((id: string) => void) | undefined,
  ) {
    this.element.className = "tab";
    this.element.dataset.testid = `tab-${id}`;
    this.element.addEventListener("auxclick", (event) => {
      if (event.button === 1 && this.close) this.close(this.id);
    });
  }

  init({ title, params, api }: TabPartInitParameters): void {
    this.name = title;
    this.title = String(params.title ?? "");
    this.subscription = api.onDidTitleChange((event) => {
      this.name = event.title;
      this.draw();
    });
    this.draw();
  }

  update({ params }: { params: Record<string, unknown> }): void {
    this.title = String(params.title ?? "");
    this.draw();
  }

  dispose(): void {
    this.subscription?.dispose();
  }

  private draw(): void {
    const { close } = this;
    const label = text("closeTerminal", this.name);
    const button = html`<button type="button" class="icon-button tab-close" title=${label} aria-label=${label}
      data-testid=${`close-${this.id}`} @pointerdown=${stop} @click=${() => close?.(this.id)}>${icon("close")}</button>`;
    render(
      html`<span class="tab-name">${this.name}</span>${this.title ? html`<span class="tab-title">${this.title}</span>` : nothing}${close ? button : nothing}`,
      this.element,
    );
  }
}

// Otherwise the press would start to drag the tab.
function stop(event: Event): void {
  event.stopPropagation();
}
