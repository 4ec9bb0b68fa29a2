import type { Terminal } from "@xterm/xterm";
import { copy } from "./clipboard";

/** The keys that the page takes for itself. All others go to the program in the terminal. */
export function addShortcuts(terminal: Terminal, search: () => void): void {
  terminal.attachCustomKeyEventHandler((event) => {
    if (!event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return true;
    switch (event.code) {
      case "KeyC":
        if (event.type === "keydown" && terminal.hasSelection()) void copy(terminal.getSelection());
        event.preventDefault();
        return false;
      case "KeyF":
        if (event.type === "keydown") search();
        event.preventDefault();
        return false;
      case "KeyV":
        // The browser makes a paste event of this key, without asking for permission.
        return false;
      default:
        return true;
    }
  });
}
