import type { IContentRenderer } from "dockview-core";
import { TerminalElement } from "../../terminal/element";

export interface TerminalPaneListener {
  /** The program in the terminal has set this title. */
  titled(name: string, title: string): void;
  /** Enter was pressed in the terminal `name` after its shell had ended; `id` is that terminal's id. */
  restart(name: string, id: string): void;
}

/** The terminals on the page, by name. They outlive their panes: a new layout uses the same ones. */
export class TerminalPanes {
  private readonly terminals = new Map<string, TerminalElement>();

  constructor(private readonly listener: TerminalPaneListener) {}

  get names(): string[] {
    return [...this.terminals.keys()];
  }

  get(name: string): TerminalElement | undefined {
    return this.terminals.get(name);
  }

  /** Draws a frame around the terminal of that name, and no other. */
  light(lit: string | null): void {
    for (const [name, terminal] of this.terminals) terminal.toggleAttribute("data-lit", name === lit);
  }

  drop(name: string): void {
    this.terminals.get(name)?.dispose();
    this.terminals.delete(name);
  }

  /** The content of the pane `name`. */
  content(name: string): IContentRenderer {
    const terminal = this.terminals.get(name) ?? this.create(name);
    return {
      element: terminal,
      init: ({ api }) => {
        terminal.setVisible(api.isVisible);
        api.onDidVisibilityChange(({ isVisible }) => terminal.setVisible(isVisible));
      },
    };
  }

  private create(name: string): TerminalElement {
    const terminal = new TerminalElement();
    terminal.name = name;
    terminal.dataset.name = name;
    terminal.addEventListener("terminal-title", (event) => this.listener.titled(name, (event as CustomEvent<string>).detail));
    terminal.addEventListener("terminal-restart", () => this.listener.restart(name, terminal.terminalId ?? ""));
    this.terminals.set(name, terminal);
    return terminal;
  }
}
