import { ClipboardAddon, type IClipboardProvider } from "@xterm/addon-clipboard";
import type { Terminal } from "@xterm/xterm";
import { Disposables } from "../kit/disposables";
import { preferences } from "../kit/preferences";

const bracketed = /\x1b\[20[01]~/g;
const longestWrite = 1024 * 1024;

/** Copies `text`. On a page without HTTPS, which has no clipboard interface, the browser's old command copies xterm's selection. */
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    document.execCommand("copy");
  }
}

/**
 * Copy and paste for people and programs. A program may write to the clipboard if the person allows it (`ask` is called to ask), but
 * never read it.
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
  // There is not even an empty answer, so that a program that waits for one sees that there is none.
  disposables.add(terminal.parser.registerOscHandler(52, (data) => data.endsWith("?")));

  disposables.listen<MouseEvent>(host, "mouseup", () => {
    if (preferences().copyOnSelect && terminal.hasSelection()) void copy(terminal.getSelection());
  });
  // This runs before xterm's handler, which would also leave the text to its textarea, where ten megabytes freeze the page.
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

/** Pastes as one block (bracketed paste). A text that contains the end of the bracket can't break out of it. */
export function paste(terminal: Terminal, text: string): void {
  terminal.paste(text.replace(bracketed, ""));
}
