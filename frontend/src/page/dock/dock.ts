import "dockview/dist/styles/dockview.css";
import { createDockview, type DockviewApi, type DockviewGroupPanel, type IContentRenderer, type IDockviewPanel } from "dockview-core";
import { store, stored } from "../../kit/preferences";
import type { NamespacesElement } from "../../namespace/element";
import type { TerminalInfo } from "../../wire/sandbox";
import { text } from "../shared/messages";
import { type DockCommands, PaneActions, TabActions } from "./dock-actions";
import { DockTab } from "./dock-tab";
import { emptyPane } from "./empty-pane";
import { TerminalPanes } from "./terminal-panes";

const namespacesId = "namespaces";
const emptyId = "empty";
const lessonId = "lesson";
const smallest = { width: 200, height: 90 };

export interface DockHandlers {
  /** The person wants a new terminal, as a tab of `group` or below it. */
  open(group: DockviewGroupPanel | undefined, below: boolean): void;
  close(terminal: string): void;
  /** The person wants another shell in the pane `name`, whose terminal has ended. */
  restart(name: string, terminal: string): void;
}

type Place = { group: DockviewGroupPanel; below: boolean } | undefined;

/**
 * The panes of the lab page: one for each terminal, by its name, one for the namespaces, and one for the lesson, if there is one. The
 * browser remembers their places.
 */
export class Dock {
  private readonly api: DockviewApi;
  private readonly terminals: TerminalPanes;
  private restored = false;
  private narrow = false;
  private unsized = false;
  private lit: string | null = null;
  /** The key of the remembered layout. A lesson takes a third of the page, so the layout with one is remembered separately. */
  private readonly key: string;
  /** Where the next new terminal goes. */
  private place: Place;

  constructor(
    private readonly host: HTMLElement,
    private readonly namespaces: NamespacesElement,
    private readonly handlers: DockHandlers,
    private readonly lesson?: HTMLElement,
  ) {
    this.key = lesson ? "nslab.layout.lesson" : "nslab.layout";
    this.terminals = new TerminalPanes({
      titled: (name, title) => this.api.getPanel(name)?.api.updateParameters({ title }),
      restart: (name, id) => handlers.restart(name, id),
    });
    const commands: DockCommands = {
      newTerminal: (group) => handlers.open(group, false),
      split: (group) => handlers.open(group, true),
      search: (group) => this.terminals.get(group.activePanel?.id ?? "")?.openSearch(),
    };
    this.api = createDockview(host, {
      theme: { name: "nslab", className: "dock-theme", dndOverlayMounting: "absolute", dndPanelOverlay: "group" },
      // Panes stay in the document while they are hidden or dragged, so that a terminal keeps its drawing context and selection.
      defaultRenderer: "always",
      disableFloatingGroups: true,
      messages: { panelOpened: (title) => text("paneOpened", title), panelClosed: (title) => text("paneClosed", title) },
      createComponent: ({ id }) => this.content(id),
      defaultTabComponent: "tab",
      createTabComponent: ({ id }) => new DockTab(id, this.isTerminal(id) ? () => this.closed(id) : undefined),
      createLeftHeaderActionComponent: (group) => new TabActions(group, commands),
      createRightHeaderActionComponent: (group) => new PaneActions(group, commands, namespaces),
    });
    this.api.onDidLayoutChange(() => {
      this.save();
      this.markTab();
    });
  }

  /** Makes the terminal panes agree with the given list of terminals. */
  sync(terminals: readonly TerminalInfo[]): void {
    if (!this.restored) this.restore();
    const names = new Set(terminals.map(({ name }) => name));
    // New panes are added first, because a group that loses its last pane is gone, and its size with it.
    for (const { id, name } of terminals) this.show(name, id);
    for (const name of this.terminals.names) if (!names.has(name)) this.drop(name);
    this.syncEmpty();
    this.proportion();
    this.place = undefined;
  }

  /** Sets where the next terminal opens: in `group`, or below it. */
  placeNext(group: DockviewGroupPanel | undefined, below: boolean): void {
    this.place = group && { group, below };
  }

  /** From now on, the pane of the terminal `from` shows another terminal, which may have another name. */
  rename(from: string, to: { id: string; name: string }): void {
    const panel = this.api.getPanel(from);
    if (from === to.name || !panel) return;
    this.placeNext(panel.group, false);
    this.show(to.name, to.id);
    this.place = undefined;
  }

  /** Presses `keys`, item by item, in the terminal `name`. */
  async type(name: string, keys: readonly string[]): Promise<void> {
    await this.terminals.get(name)?.type(keys);
  }

  focusTerminal(name?: string): void {
    const wanted = name ?? this.lastTerminal()?.id;
    const panel = wanted === undefined ? undefined : this.api.getPanel(wanted);
    panel?.api.setActive();
    if (panel) this.terminals.get(panel.id)?.focus();
  }

  /** Marks the terminal `name`, and brings its tab to the front without moving the focus. Null marks none. */
  light(name: string | null): void {
    this.lit = name;
    this.terminals.light(name);
    const panel = name === null ? undefined : this.api.getPanel(name);
    if (panel && !panel.api.isActive) panel.group.model.openPanel(panel, { skipSetGroupActive: true });
    this.markTab();
  }

  /** Moves the focus to the pane after (1) or before (-1) the one that has it. */
  cycle(step: number): void {
    const panels = this.api.panels;
    const index = panels.findIndex(({ id }) => id === this.api.activePanel?.id);
    const next = panels[(index + step + panels.length) % panels.length];
    if (!next) return;
    next.api.setActive();
    const terminal = this.terminals.get(next.id);
    if (terminal) terminal.focus();
    else if (next.id === lessonId) this.lesson?.focus();
    else this.namespaces.querySelector<HTMLElement>("[tabindex='0']")?.focus();
  }

  /** Puts all panes back to where they were at first. */
  resetLayout(): void {
    store(this.key, null);
    this.rebuild();
    this.focusTerminal();
  }

  /** On a phone, the namespaces and the lesson are not in the dock, and all terminals are tabs of one group. */
  setNarrow(narrow: boolean): void {
    if (this.narrow === narrow) return;
    this.narrow = narrow;
    if (!this.restored) return;
    for (const id of [namespacesId, lessonId]) {
      const panel = this.api.getPanel(id);
      if (narrow && panel) this.api.removePanel(panel);
    }
    if (!narrow) this.rebuild();
  }

  /** Makes all panes anew, by the remembered layout, if there is one. The terminals themselves stay. */
  private rebuild(): void {
    const { names } = this.terminals;
    this.restored = false;
    this.api.clear();
    this.api.layout(this.host.clientWidth, this.host.clientHeight);
    this.restore();
    for (const name of names) if (!this.api.getPanel(name)) this.addTerminal(name);
    this.syncEmpty();
    this.proportion();
  }

  private markTab(): void {
    for (const tab of this.host.querySelectorAll<HTMLElement>(".tab"))
      tab.toggleAttribute("data-lit", tab.dataset.testid === `tab-${this.lit}`);
  }

  private isTerminal(id: string): boolean {
    return id !== namespacesId && id !== emptyId && id !== lessonId;
  }

  private restore(): void {
    this.restored = true;
    if (this.narrow) return;
    try {
      const saved = stored(this.key);
      if (saved) this.api.fromJSON(JSON.parse(saved));
    } catch {
      this.api.clear();
    }
    if (!this.api.getPanel(namespacesId)) this.addNamespaces();
    if (this.lesson && !this.api.getPanel(lessonId)) this.addLesson();
  }

  /** Sets the widths in a layout that nobody has changed yet. This is possible when there is a terminal beside the other panes. */
  private proportion(): void {
    if (!this.unsized || this.api.groups.length < (this.lesson ? 3 : 2)) return;
    this.unsized = false;
    const share = (of: number, least: number, most: number) => Math.round(Math.max(least, Math.min(most, this.api.width * of)));
    // The pane at the left comes first, because its width is taken from all those at its right.
    this.api.getPanel(lessonId)?.group.api.setSize({ width: share(0.26, 320, 460) });
    this.api.getPanel(namespacesId)?.group.api.setSize({ width: this.lesson ? share(0.29, 320, 520) : share(0.345, 320, 560) });
  }

  private save(): void {
    if (this.restored && !this.narrow) store(this.key, JSON.stringify(this.api.toJSON()));
  }

  private content(id: string): IContentRenderer {
    if (id === namespacesId) return wrap(this.namespaces);
    if (id === lessonId && this.lesson) return wrap(this.lesson);
    if (id === emptyId) return wrap(emptyPane(() => this.handlers.open(undefined, false)));
    return this.terminals.content(id);
  }

  private show(name: string, id: string): void {
    if (!this.api.getPanel(name)) this.addTerminal(name);
    this.terminals.get(name)?.show(id);
  }

  private drop(name: string): void {
    const panel = this.api.getPanel(name);
    if (this.terminals.names.length === 1) this.addEmpty(panel);
    if (panel) this.api.removePanel(panel);
    this.terminals.drop(name);
  }

  private closed(name: string): void {
    const id = this.terminals.get(name)?.terminalId;
    if (id) this.handlers.close(id);
  }

  private addNamespaces(): void {
    if (this.narrow) return;
    this.unsized = true;
    this.api.addPanel({
      id: namespacesId,
      component: namespacesId,
      title: text("namespaces"),
      minimumWidth: 240,
      position: { direction: "right" },
      inactive: true,
    });
  }

  private addLesson(): void {
    this.api.addPanel({
      id: lessonId,
      component: lessonId,
      title: text("lesson"),
      minimumWidth: 260,
      position: { direction: "left" },
      inactive: true,
    });
  }

  /** Whether the next terminal is the second of a lesson. It is for looking at what is done in the first, so both have to be visible. */
  private get isSecond(): boolean {
    return this.lesson !== undefined && !this.narrow && this.terminals.names.length === 1;
  }

  private addTerminal(name: string): void {
    const { place } = this;
    const beside = place?.group.id && this.api.getGroup(place.group.id) ? place : undefined;
    const last = this.lastTerminal();
    const options = { id: name, component: "terminal", title: name, minimumWidth: smallest.width, minimumHeight: smallest.height };
    if (beside) this.api.addPanel({ ...options, position: { referenceGroup: beside.group, direction: beside.below ? "below" : "within" } });
    else if (last)
      this.api.addPanel({ ...options, position: { referenceGroup: last.group, direction: this.isSecond ? "below" : "within" } });
    else this.addFirst(options);
  }

  /** Adds the first terminal, between the lesson and the namespaces if these are there. */
  private addFirst(options: { id: string; component: string; title: string }): void {
    const namespaces = this.api.getPanel(namespacesId);
    if (namespaces) this.api.addPanel({ ...options, position: { referencePanel: namespaces, direction: "left" } });
    else this.api.addPanel({ ...options, position: { direction: "right" } });
  }

  /** The active pane if it is a terminal's, or else any terminal's pane. The pane that stands for none counts as one. */
  private lastTerminal(): IDockviewPanel | undefined {
    const active = this.api.activePanel;
    const other = (id: string) => id === namespacesId || id === lessonId;
    return active && !other(active.id) ? active : this.api.panels.find(({ id }) => !other(id));
  }

  private addEmpty(beside: IDockviewPanel | undefined): void {
    const options = { id: emptyId, component: emptyId, title: text("terminals") };
    if (beside) this.api.addPanel({ ...options, position: { referenceGroup: beside.group, direction: "within" } });
    else this.addFirst(options);
  }

  private syncEmpty(): void {
    const empty = this.api.getPanel(emptyId);
    if (this.terminals.names.length === 0 && !empty) this.addEmpty(undefined);
    if (this.terminals.names.length > 0 && empty) this.api.removePanel(empty);
  }
}

function wrap(element: HTMLElement): IContentRenderer {
  return { element, init: () => {} };
}
