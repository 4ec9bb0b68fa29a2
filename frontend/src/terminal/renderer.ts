import { WebglAddon } from "@xterm/addon-webgl";
import type { Terminal } from "@xterm/xterm";

/**
 * Draws by WebGL while the terminal shows, and by the DOM where there is no WebGL or its context was lost (xterm 6 has no canvas renderer).
 * A hidden terminal gives its context back: browsers have about 16 for all pages.
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

  /** The font has come, or the pixel ratio changed: what was drawn with the old one is wrong. */
  refresh(): void {
    this.webgl?.clearTextureAtlas();
  }
}
