import { LitElement } from "lit";

/** An element without a shadow root (in "light DOM"): the page's CSS and labels reach what it shows. */
export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** One that fills a pane of the dock: `.pane-body` in it scrolls. */
export abstract class PaneElement extends LightElement {
  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add("pane");
  }
}
