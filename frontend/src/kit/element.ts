import { LitElement } from "lit";

/** An element without a shadow root (in "light DOM"), so that the page's CSS and labels reach its content. */
export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** An element that fills a pane of the dock. Its `.pane-body` scrolls. */
export abstract class PaneElement extends LightElement {
  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add("pane");
  }
}
