import "./styles/lab.css";
import "../namespace/element";
import "../terminal/element";
import "./notice";
import "./toolbar";
import type { NamespacesElement } from "../namespace/element";
import type { Size } from "../terminal/size-owner";
import { Dock } from "./dock";
import { LabSession, type LabView, type Phase } from "./lab-session";
import { text } from "./messages";
import { followWidth } from "./narrow";
import type { Notice } from "./notice";
import { failureText } from "./problems";
import { followTheme } from "./theme";
import { toast } from "./toast";
import type { Toolbar } from "./toolbar";

const usual: Size = { cols: 80, rows: 24 };

/** The lab page: the sandbox's session on one side, panes, toolbar and notices on the other. */
class LabPage implements LabView {
  private readonly namespaces = document.createElement("nslab-namespaces") as NamespacesElement;
  private readonly toolbar = find<Toolbar>("nslab-toolbar");
  private readonly notice = find<Notice>("nslab-notice");
  private readonly session = new LabSession(this);
  private readonly dock = new Dock(find("#dock"), this.namespaces, {
    open: (group, below) => {
      this.dock.placeNext(group, below);
      this.open();
    },
    close: (terminal) => void this.attempt(text("terminalFailed"), () => this.session.close(terminal)),
    restart: (name, terminal) =>
      void this.attempt(text("terminalFailed"), async () => {
        await this.session.replace(terminal, usual, (created) => {
          this.dock.rename(name, created);
          name = created.name;
        });
        this.dock.focusTerminal(name);
      }),
  });
  private focused = false;

  run(): void {
    followWidth(this.dock, this.namespaces, find("#pane-switch"), find("#side"));
    document.addEventListener("lab-start", () => void this.session.start(usual));
    document.addEventListener("lab-layout", () => this.dock.resetLayout());
    document.addEventListener("lab-reset", () => void this.reset());
    document.addEventListener("lab-shell", (event) => this.open((event as CustomEvent<readonly string[]>).detail));
    this.namespaces.addEventListener("namespace-select", (event) => this.dock.light((event as CustomEvent<string | null>).detail));
    document.addEventListener("keydown", (event) => this.keyDown(event), { capture: true });
    void this.session.start(usual);
  }

  phase(phase: Phase): void {
    this.toolbar.phase = phase;
    this.notice.phase = phase;
    document.body.dataset.phase = phase.name;
    const over = phase.name === "ended" || phase.name === "failed";
    find<HTMLElement>("#dock").inert = over;
    if (over) this.focused = false;
  }

  terminals(terminals: Parameters<LabView["terminals"]>[0]): void {
    this.dock.sync(terminals);
    if (this.focused || terminals.length === 0) return;
    this.focused = true;
    this.dock.focusTerminal();
  }

  snapshot(snapshot: Parameters<LabView["snapshot"]>[0]): void {
    this.namespaces.snapshot = snapshot;
    this.toolbar.processes = snapshot?.processes.length;
  }

  happened(message: Parameters<LabView["happened"]>[0]): void {
    this.namespaces.tell(message);
  }

  limits(limits: Readonly<Record<string, number>>): void {
    this.toolbar.limit = limits.processes;
  }

  private open(command?: readonly string[]): void {
    void this.attempt(text("terminalFailed"), async () => {
      const created = await this.session.open(usual, command);
      if (created) this.dock.focusTerminal(created.name);
    });
  }

  private async reset(): Promise<void> {
    this.phase({ name: "resetting" });
    await this.attempt(text("resetFailed"), () => this.session.reset(usual));
    this.dock.focusTerminal();
  }

  private async attempt(title: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (failure) {
      toast(title, failureText(failure));
    }
  }

  /** Before the terminals see the key: the way out of them for those who have no mouse. */
  private keyDown(event: KeyboardEvent): void {
    if (!event.ctrlKey || !event.shiftKey || (event.code !== "Period" && event.code !== "Comma")) return;
    event.preventDefault();
    event.stopPropagation();
    this.dock.cycle(event.code === "Period" ? 1 : -1);
  }
}

function find<E extends Element>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
}

followTheme();
new LabPage().run();
