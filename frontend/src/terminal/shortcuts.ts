import type { Terminal } from "@xterm/xterm";
import { copy } from "./clipboard";

/** Keys of the page that go before those of the program in the terminal; all else is the program's. */
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
        // The browser makes a paste event of it, without asking for permission.
        return false;
      default:
        return true;
    }
  });
}
