import { WebglAddon } from "@xterm/addon-webgl";
import type { Terminal } from "@xterm/xterm";

/**
 * Draws with WebGL while the terminal is shown, or with the DOM if there is no WebGL or its context was lost (xterm 6 has no canvas
 * renderer). A hidden terminal gives its context back, because browsers have only about 16 for all pages.
 */
export class Renderer {
  private webgl: WebglAddon | undefined;
  private broken = false;

  constructor(private readonly terminal: Terminal) {}

  show(): void {
    if (this.webgl || this.broken) return;
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => {
      this.broken = true;
      this.hide();
    });
    try {
      this.terminal.loadAddon(webgl);
      this.webgl = webgl;
    } catch {
      this.broken = true;
      webgl.dispose();
    }
  }

  hide(): void {
    this.webgl?.dispose();
    this.webgl = undefined;
  }

  /** To be called when the font has loaded or the pixel ratio has changed, because glyphs that were drawn before are wrong. */
  refresh(): void {
    this.webgl?.clearTextureAtlas();
  }
}
