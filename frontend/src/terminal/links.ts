import { WebLinksAddon } from "@xterm/addon-web-links";
import type { ILinkHandler, Terminal } from "@xterm/xterm";
import { plainLine } from "../kit/plain-text";
import { text } from "./words/messages";

/**
 * Links open by a click with Ctrl (⌘), in a tab that knows nothing of this one. Text in a terminal is not trusted: a program may write
 * one address and link to another (OSC 8), so the target is shown while the pointer is on the link.
 */
export function addLinks(terminal: Terminal): void {
  const handler: ILinkHandler = {
    activate: open,
    hover: (_event, uri) => hint(terminal, text("linkHint", plainLine(uri, 200))),
    leave: () => hint(terminal, ""),
  };
  terminal.options.linkHandler = handler;
  terminal.loadAddon(
    new WebLinksAddon(open, { hover: (event, uri, range) => handler.hover?.(event, uri, range), leave: () => hint(terminal, "") }),
  );
}

function open(event: MouseEvent, uri: string): void {
  if ((event.ctrlKey || event.metaKey) && /^https?:/i.test(uri)) window.open(uri, "_blank", "noopener,noreferrer");
}

function hint(terminal: Terminal, title: string): void {
  if (terminal.element) terminal.element.title = title;
}
