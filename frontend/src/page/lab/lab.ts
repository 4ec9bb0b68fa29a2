import "./lab.css";
import "../../namespace/element";
import "../../terminal/element";
import "./ending";
import "./notice";
import "./toolbar";
import { failureText } from "../../kit/problems";
import { followTheme } from "../../kit/theme";
import type { NamespacesElement } from "../../namespace/element";
import type { Size } from "../../terminal/line/size-owner";
import { tasksIn } from "../../wire/snapshot";
import { Dock } from "../dock/dock";
import { text } from "../shared/messages";
import type { Ending } from "./ending";
import { LabSession, type LabView, type Phase } from "./lab-session";
import { LessonGuide } from "./lesson-guide";
import { Narrow } from "./narrow";
import type { Notice } from "./notice";
import { toast } from "./toast";
import type { Toolbar } from "./toolbar";

const usual: Size = { cols: 80, rows: 24 };

/** The lab page. It connects the sandbox's session with the panes, the toolbar and the notices. */
class LabPage implements LabView {
  private readonly namespaces = document.createElement("nslab-namespaces") as NamespacesElement;
  private readonly toolbar = find<Toolbar>("nslab-toolbar");
  private readonly notice = find<Notice>("nslab-notice");
  private readonly endingNote = find<Ending>("nslab-ending");
  private readonly session = new LabSession(this);
  private readonly guide = this.guideTo(document.body.dataset.lesson);
  private readonly dock = new Dock(
    find("#dock"),
    this.namespaces,
    {
      open: (group, below) => {
        this.dock.placeNext(group, below);
        this.open();
      },
      close: (terminal) => void this.attempt(text("terminalFailed"), () => this.session.close(terminal)),
      restart: (name, terminal) =>
        void this.attempt(text("terminalFailed"), async () => this.dock.focusTerminal(await this.restart(name, terminal))),
    },
    this.guide?.element,
  );
  private readonly narrow = new Narrow(this.dock, this.namespaces, this.guide?.element, find("#pane-switch"), find("#side"));
  private focused = false;

  run(): void {
    document.addEventListener("lab-start", () => void this.session.start(usual));
    document.addEventListener("lab-layout", () => this.dock.resetLayout());
    document.addEventListener("lab-reset", () => void this.reset());
    document.addEventListener("lab-extend", () => void this.extend());
    document.addEventListener("lab-shell", (event) => this.open((event as CustomEvent<readonly string[]>).detail));
    this.namespaces.addEventListener("namespace-select", (event) => this.dock.light((event as CustomEvent<string | null>).detail));
    document.addEventListener("keydown", (event) => this.keyDown(event), { capture: true });
    this.guide?.start();
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
    if (!this.narrow.hidesTerminal) this.dock.focusTerminal();
  }

  ending(seconds: number | null): void {
    this.endingNote.seconds = seconds;
  }

  linksDown(): void {
    toast(text("linksDown"), text("linksDownDetail"));
  }

  entered(sandbox: string): void {
    this.guide?.entered(sandbox);
  }

  progress(progress: Parameters<LabView["progress"]>[0]): void {
    this.guide?.received(progress);
  }

  snapshot(snapshot: Parameters<LabView["snapshot"]>[0]): void {
    this.namespaces.snapshot = snapshot;
    this.guide?.snapshot(snapshot);
    this.toolbar.tasks = snapshot ? tasksIn(snapshot) : undefined;
  }

  happened(message: Parameters<LabView["happened"]>[0]): void {
    this.namespaces.tell(message);
  }

  limits(limits: Readonly<Record<string, number>>): void {
    this.toolbar.limit = limits.processes;
  }

  private guideTo(lesson: string | undefined): LessonGuide | undefined {
    if (!lesson) return undefined;
    return new LessonGuide(lesson, {
      type: (terminal, keys) => this.attempt(text("terminalFailed"), () => this.type(`tty${terminal}`, keys)),
      mark: (marks) => {
        this.namespaces.marks = marks;
      },
      reveal: (pid) => {
        this.narrow.show("namespaces");
        this.namespaces.reveal(pid);
      },
      reset: () => this.reset(),
      passed: () => this.narrow.tell(),
    });
  }

  private open(command?: readonly string[]): void {
    void this.attempt(text("terminalFailed"), async () => {
      const created = await this.session.open(usual, command);
      if (created) this.dock.focusTerminal(created.name);
    });
  }

  /** Opens another shell in place of one that has ended. Returns the terminal's name, which may be a new one. */
  private async restart(name: string, terminal: string): Promise<string> {
    let now = name;
    await this.session.replace(terminal, usual, (created) => {
      this.dock.rename(name, created);
      now = created.name;
    });
    return now;
  }

  private async type(name: string, keys: readonly string[]): Promise<void> {
    await this.provide(name);
    this.narrow.show("terminal");
    this.dock.focusTerminal(name);
    await this.dock.type(name, keys);
  }

  /**
   * Makes sure that there is a terminal of that name with a running shell. A new terminal gets the lowest free name, so several may have
   * to be opened.
   */
  private async provide(name: string): Promise<void> {
    const most = this.session.most;
    for (let opened = 0; opened < most; opened++) {
      const there = this.session.terminal(name);
      if (there && there.exit === null) return;
      if (there) await this.restart(name, there.id);
      else await this.session.open(usual);
    }
  }

  private async reset(): Promise<void> {
    this.phase({ name: "resetting" });
    await this.attempt(text("resetFailed"), () => this.session.reset(usual));
    if (!this.narrow.hidesTerminal) this.dock.focusTerminal();
  }

  private async extend(): Promise<void> {
    this.endingNote.busy = true;
    await this.attempt(text("extendFailed"), () => this.session.extend());
    this.endingNote.busy = false;
    // The button that had the focus is gone.
    if (!this.narrow.hidesTerminal) this.dock.focusTerminal();
  }

  private async attempt(title: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (failure) {
      toast(title, failureText(failure));
    }
  }

  /** Handles keys before the terminals do: this is how people without a mouse get out of a terminal. */
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
