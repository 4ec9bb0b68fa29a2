import { SearchAddon } from "@xterm/addon-search";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { Terminal } from "@xterm/xterm";
import { Disposables } from "../kit/disposables";
import { onPreferences, preferences } from "../kit/preferences";
import { onTheme, theme } from "../kit/theme";
import { terminalColors } from "./colors";
import { Fitting } from "./fitting";
import { addLinks } from "./links";
import { Renderer } from "./renderer";

const fontFamily = '"JetBrains Mono Variable", ui-monospace, "Noto Sans Mono CJK SC", "Microsoft YaHei", monospace';

/** One xterm with everything that displays it: fonts, colours, renderer, search, links. It knows no server. */
export class Screen {
  readonly terminal: Terminal;
  readonly search = new SearchAddon({ highlightLimit: 1000 });
  readonly fitting: Fitting;
  private readonly renderer: Renderer;
  private readonly disposables = new Disposables();

  constructor() {
    this.terminal = this.disposables.add(
      new Terminal({
        allowProposedApi: true,
        cursorBlink: true,
        fontFamily,
        fontSize: preferences().fontSize,
        lineHeight: 1.2,
        // Sequences that it can't parse, as when somebody prints a binary, are not worth a line each on the console.
        logLevel: "off",
        // In neither theme may a program's colours be too faint to read.
        minimumContrastRatio: 4.5,
        screenReaderMode: preferences().screenReader,
        scrollback: 5000,
        theme: terminalColors(theme()),
      }),
    );
    this.fitting = new Fitting(this.terminal);
    this.renderer = new Renderer(this.terminal);
    this.terminal.loadAddon(this.search);
    // Like this version, the kernel's line editor, readline and vim add up the widths of a cluster's code points.
    this.terminal.loadAddon(new Unicode11Addon());
    this.terminal.unicode.activeVersion = "11";
  }

  open(host: HTMLElement): void {
    this.terminal.open(host);
    addLinks(this.terminal);
    this.disposables.add(
      onTheme((now) => {
        this.terminal.options.theme = terminalColors(now);
      }),
    );
    this.disposables.add(
      onPreferences(() => {
        this.terminal.options.screenReaderMode = preferences().screenReader;
      }),
    );
  }

  /** A hidden terminal draws nothing, but still takes output. */
  setVisible(visible: boolean): void {
    if (visible) this.renderer.show();
    else this.renderer.hide();
  }

  /** All lines of the active buffer, scrollback included, without trailing blank ones. */
  text(): string {
    const buffer = this.terminal.buffer.active;
    let lines = "";
    for (let y = 0; y < buffer.length; y++) {
      const line = buffer.getLine(y);
      if (!line) continue;
      if (y > 0 && !line.isWrapped) lines += "\n";
      lines += line.translateToString(!buffer.getLine(y + 1)?.isWrapped);
    }
    return lines.trimEnd();
  }

  dispose(): void {
    this.renderer.hide();
    this.disposables.dispose();
  }
}

/** Resolves when the terminal's font can be measured, or after a second, because a wrong font is better than no terminal. */
export async function terminalFont(): Promise<void> {
  const loaded = Promise.all(["400", "700"].map((weight) => document.fonts.load(`${weight} 13px "JetBrains Mono Variable"`)));
  await Promise.race([loaded.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 1000))]);
}
