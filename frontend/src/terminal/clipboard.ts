import { ClipboardAddon, type IClipboardProvider } from "@xterm/addon-clipboard";
import type { Terminal } from "@xterm/xterm";
import { Disposables } from "../kit/disposables";
import { preferences } from "../kit/preferences";

const bracketed = /\x1b\[20[01]~/g;
const longestWrite = 1024 * 1024;

/** Copies `text`; without the clipboard's interface (a page that is not secure) by the browser's old command on xterm's selection. */
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    document.execCommand("copy");
  }
}

/**
 * Copy, paste, and what programs may do with the clipboard: write, where the person allows it (`ask` is called to ask), never read.
 */
export function addClipboard(terminal: Terminal, host: HTMLElement, ask: (text: string) => void): Disposables {
  const disposables = new Disposables();
  const provider: IClipboardProvider = {
    readText: () => "",
    writeText: (_selection, text) => {
      const permission = preferences().clipboardWrite;
      if (permission === "never" || text.length === 0 || text.length > longestWrite) return;
      if (permission === "always") void copy(text);
      else ask(text);
    },
  };
  terminal.loadAddon(new ClipboardAddon(undefined, provider));
  // Not even an empty answer: a program that waits for one learns that there is none.
  disposables.add(terminal.parser.registerOscHandler(52, (data) => data.endsWith("?")));

  disposables.listen<MouseEvent>(host, "mouseup", () => {
    if (preferences().copyOnSelect && terminal.hasSelection()) void copy(terminal.getSelection());
  });
  // Before xterm: it would leave the text to its textarea too, and ten megabytes there freeze the page.
  disposables.listen<ClipboardEvent>(
    host,
    "paste",
    (event) => {
      if (event.target !== terminal.textarea) return;
      event.preventDefault();
      event.stopPropagation();
      paste(terminal, event.clipboardData?.getData("text/plain") ?? "");
    },
    { capture: true },
  );
  return disposables;
}

/** Pastes as one block; a text that holds the end of the bracket can't break out of it. */
export function paste(terminal: Terminal, text: string): void {
  terminal.paste(text.replace(bracketed, ""));
}
