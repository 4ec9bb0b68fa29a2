import { LitElement } from "lit";

/** An element without a shadow root (in "light DOM"): the page's CSS and labels reach what it shows. */
export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
