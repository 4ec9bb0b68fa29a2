import { FitAddon } from "@xterm/addon-fit";
import type { Terminal } from "@xterm/xterm";
import { type Size, sameSize } from "./line/size-owner";

const smallestFont = 5;
const most = 1000;

/** Fits a terminal into its pane: as many cells as there is room for, or another viewer's size, in letters that are small enough. */
export class Fitting {
  private readonly addon = new FitAddon();

  constructor(private readonly terminal: Terminal) {
    terminal.loadAddon(this.addon);
  }

  /** How many cells the pane has room for at `fontSize`; undefined while it is not shown. */
  room(fontSize: number): Size | undefined {
    this.font(fontSize);
    const size = this.addon.proposeDimensions();
    if (!size || !Number.isFinite(size.cols) || !Number.isFinite(size.rows)) return undefined;
    return { cols: Math.min(size.cols, most), rows: Math.min(size.rows, most) };
  }

  /** Shows `size` cells, in smaller letters if the pane has no room for them at `fontSize`. */
  show(size: Size, fontSize: number): void {
    const room = this.room(fontSize);
    if (room) this.font(Math.max(smallestFont, Math.floor(fontSize * Math.min(1, room.cols / size.cols, room.rows / size.rows))));
    if (!sameSize(this.terminal, size)) this.terminal.resize(size.cols, size.rows);
  }

  private font(size: number): void {
    if (this.terminal.options.fontSize !== size) this.terminal.options.fontSize = size;
  }
}
