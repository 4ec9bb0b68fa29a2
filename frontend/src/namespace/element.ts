import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { PaneElement } from "../kit/element";
import type { Happening } from "../wire/sandbox";
import type { Snapshot } from "../wire/snapshot";
import { Announcer } from "./announcer";
import { Highlight, keyOf } from "./highlight";
import { moveFocus, setTabStop } from "./keyboard";
import { lens } from "./lens/lens";
import { namespaceLens } from "./lens/namespace-lens";
import { Filter } from "./model/filter";
import { Folds } from "./model/folds";
import { type NamespaceModel, rowKey } from "./model/model";
import { around, type Outlook, outline } from "./model/outline";
import { Scene } from "./model/scene";
import { Sticky } from "./sticky";
import { Ticker } from "./ticker";
import { findView } from "./view/find-view";
import type { Marks } from "./view/mark";
import { isSame, type Selection, targetOf } from "./view/selection";
import { tableView } from "./view/table-view";
import { latestView, targetNow, timelineView } from "./view/timeline-view";
import { treeView } from "./view/tree-view";
import { type View, viewSwitch } from "./view/views";
import { text } from "./words/messages";

/** An element that opens the details of the namespace that it names: a chip, a cell of the table, a number in the details. */
const namesNamespace = "button[data-ns], [data-cell][data-ns]";

/**
 * `<nslab-namespaces>`: shows which process is in which namespace, and what happened, from the snapshots and messages that it is given.
 * Fires `namespace-select` (detail: the name of the terminal in which the selected process runs, or null).
 */
export class NamespacesElement extends PaneElement {
  static override properties = { view: {}, switchable: { type: Boolean }, selected: { state: true }, said: { state: true } };
  declare view: View;
  /** Whether the panel itself offers the choice of views. In the dock, the pane's header does. */
  declare switchable: boolean;
  declare private selected: Selection;
  declare private said: string;
  private readonly scene = new Scene();
  private readonly folds = new Folds();
  private filter = new Filter("");
  private framed = false;
  private focused: string | undefined;
  private terminal: string | null = null;
  private marks_: Marks = new Map();
  private readonly highlight = new Highlight(this);
  private readonly sticky = new Sticky();
  private readonly ticker = new Ticker(() => this.take());
  private readonly announcer = new Announcer((last, more) => {
    this.said = more > 0 ? text("latestMore", last, more) : last;
  });

  constructor() {
    super();
    this.view = "tree";
    this.switchable = false;
    this.said = "";
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.keyDown(event));
    this.addEventListener("focusin", (event) => this.focusIn(event));
    this.addEventListener("pointerover", (event) => this.point(event.target as Element));
    this.addEventListener("pointerleave", () => this.point(null));
  }

  /** Shows `snapshot` with the next frame, or the last one if there are several by then. Null if there is no sandbox. */
  set snapshot(snapshot: Snapshot | null) {
    if (snapshot) {
      this.scene.put(snapshot);
      this.soon();
      return;
    }
    this.scene.forget();
    this.selected = undefined;
    this.requestUpdate();
  }

  get snapshot(): Snapshot | null {
    return this.scene.snapshot;
  }

  /** The processes that a lesson found. */
  set marks(marks: Marks) {
    if (marks.size === 0 && this.marks_.size === 0) return;
    this.marks_ = marks;
    this.requestUpdate();
  }

  /** Shows the details of a process, and scrolls to it if it is out of sight. */
  reveal(pid: number): void {
    this.view = this.view === "timeline" ? "tree" : this.view;
    this.unfold(pid);
    this.select({ kind: "process", pid });
    void this.updateComplete.then(() => this.querySelector(`[data-key="${rowKey(pid)}"]`)?.scrollIntoView({ block: "nearest" }));
  }

  /** Something happened in the sandbox. */
  tell(message: Happening): void {
    this.scene.tell(message);
    this.soon();
  }

  override render(): TemplateResult {
    const { model } = this.scene;
    if (!model) return html`<div class="pane-body"><p class="empty">${text("noSnapshot")}</p></div>`;
    return html`
      ${this.switchable ? html`<div class="panel-views">${viewSwitch(this.view, (view) => (this.view = view))}</div>` : nothing}
      ${this.view === "timeline" ? nothing : findView(this.filter.text, (words) => this.find(words), this.count(model))}
      <div class="pane-body" data-view=${this.view}>${this.body(model)}</div>
      ${this.details(model)} ${this.view === "timeline" ? nothing : latestView(this.scene.journal)}
      <p class="unseen" role="status">${this.said}</p>
    `;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("view")) this.sticky.restart();
    else this.sticky.look(this.querySelector(".pane-body"));
  }

  override updated(): void {
    setTabStop(this, this.focused);
    this.highlight.apply(this.scene.model);
    if (this.view === "timeline") this.sticky.keep(this.querySelector(".pane-body"));
    this.lightTerminal();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ticker.dispose();
    this.announcer.dispose();
  }

  private body(model: NamespaceModel): TemplateResult {
    switch (this.view) {
      case "tree":
        return treeView(model, model.tree && outline(model.tree, this.outlook(model)), this.selected, this.marks_);
      case "table":
        return tableView(model, this.selected, this.marks_, this.filter);
      case "timeline":
        return timelineView(this.scene.journal, model, this.selected);
    }
  }

  private outlook(model: NamespaceModel, folds = this.folds): Outlook {
    const { filter, marks_ } = this;
    return {
      folds,
      own: model.own,
      isDead: (process) => model.isDead(process),
      standsOut: ({ pid }) => marks_.has(pid),
      isFound: filter.isEmpty ? undefined : (process) => filter.matches(process, model.own),
    };
  }

  private find(words: string): void {
    this.filter = new Filter(words);
    this.requestUpdate();
  }

  private count({ snapshot: { processes }, own }: NamespaceModel): { found: number; all: number } | undefined {
    if (this.filter.isEmpty) return undefined;
    return { found: processes.filter((process) => this.filter.matches(process, own)).length, all: processes.length };
  }

  /** Opens everything around a process, so that it has a row. */
  private unfold(pid: number): void {
    const { model } = this.scene;
    if (!model?.tree) return;
    const process = model.process(pid);
    if (process && !this.filter.matches(process, model.own)) this.find("");
    for (const key of around(pid, outline(model.tree, this.outlook(model, new Folds()))) ?? []) this.folds.open(key);
  }

  private details(model: NamespaceModel): TemplateResult {
    const { selected } = this;
    const close = () => this.select(undefined);
    if (selected?.kind === "namespace") {
      return namespaceLens(selected.type, selected.inode, model, close, (pid) => this.select({ kind: "process", pid }));
    }
    const process = selected && model.process(selected.pid);
    return process ? lens(process, model, close) : html`<p class="lens-hint">${text("lensHint")}</p>`;
  }

  /** Renders with the next frame, once for everything that comes before it. */
  private soon(): void {
    if (this.framed) return;
    this.framed = true;
    requestAnimationFrame(() => {
      this.framed = false;
      this.take();
    });
  }

  private take(): void {
    if (this.scene.take()) this.selected = undefined;
    if (this.scene.model) this.folds.enter(sceneOf(this.scene.model.living));
    const next = this.scene.next();
    if (next !== undefined) this.ticker.in(next);
    const news = this.scene.model && this.scene.news();
    if (news) this.announcer.tell(news.last, news.count);
    this.requestUpdate();
  }

  private select(selection: Selection): void {
    const inDetails = this.querySelector(".lens")?.contains(document.activeElement) ?? false;
    this.selected = selection;
    this.highlight.show(keyOf(selection), this.scene.model);
    if (selection === undefined) this.querySelector<HTMLElement>(`[data-key="${CSS.escape(this.focused ?? "")}"]`)?.focus();
    else void this.updateComplete.then(() => this.begin(inDetails));
  }

  /** New details are shown from their beginning. A focus that was in the old details moves to the new ones. */
  private begin(focus: boolean): void {
    const details = this.querySelector(".lens");
    if (details) details.scrollTop = 0;
    if (focus) details?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  private clicked(event: Event): void {
    const named = (event.target as HTMLElement).closest<HTMLElement>(namesNamespace);
    const item = (event.target as HTMLElement).closest<HTMLElement>("[data-key]");
    if (item) (named ?? item).focus({ preventScroll: true });
    if (item && (event.target as HTMLElement).closest("[data-fold]")) this.turn(item);
    else if (named) this.choose(named, targetOf(named));
    else if (item) this.toggle(item);
  }

  private keyDown(event: KeyboardEvent): void {
    const named = (event.target as HTMLElement).closest<HTMLElement>("[data-cell][data-ns]");
    const item = (event.target as HTMLElement).closest<HTMLElement>("[data-key]");
    if (event.key === "Escape" && this.selected !== undefined) this.select(undefined);
    else if (named && (event.key === "Enter" || event.key === " ")) this.choose(named, targetOf(named));
    else if (item && (event.key === "Enter" || event.key === " ")) this.toggle(item);
    else if (item && item === event.target && turnsBy(event.key, item)) this.turn(item);
    else return moveFocus(event, this);
    event.preventDefault();
  }

  /** Folds or unfolds a box or a group. While somebody looks for processes, nothing is folded. */
  private turn(item: HTMLElement): void {
    if (!this.filter.isEmpty) return;
    this.folds.turn(item.dataset.key ?? "");
    this.requestUpdate();
  }

  private toggle(item: HTMLElement): void {
    if (item.dataset.group !== undefined) return this.turn(item);
    const entry = item.dataset.entry && this.scene.journal.entries.find(({ id }) => String(id) === item.dataset.entry);
    this.choose(item, entry && this.scene.model ? targetNow(entry, this.scene.model) : targetOf(item));
  }

  /** Shows the details of `target`, or closes them if they are shown already. */
  private choose(item: HTMLElement, target: Selection): void {
    if (!target) return;
    const chosen = isSame(target, this.selected) ? undefined : target;
    this.select(chosen);
    if (chosen) void this.updateComplete.then(() => item.scrollIntoView({ block: "nearest" }));
  }

  private focusIn(event: FocusEvent): void {
    const item = (event.target as HTMLElement).closest<HTMLElement>("[data-key]");
    if (!item) return;
    this.focused = item.dataset.key;
    setTabStop(this, this.focused);
    this.point(event.target as Element);
  }

  private point(element: Element | null): void {
    this.highlight.show(this.highlight.point(element) ?? keyOf(this.selected), this.scene.model);
  }

  private lightTerminal(): void {
    const process = this.selected?.kind === "process" ? this.scene.model?.process(this.selected.pid) : undefined;
    const terminal = process?.terminal ?? null;
    if (terminal === this.terminal) return;
    this.terminal = terminal;
    this.dispatchEvent(new CustomEvent("namespace-select", { detail: terminal, bubbles: true }));
  }
}

/** The arrows to the right and to the left unfold and fold, as in every tree. */
function turnsBy(key: string, item: HTMLElement): boolean {
  const expanded = item.getAttribute("aria-expanded");
  return expanded !== null && key === (expanded === "true" ? "ArrowLeft" : "ArrowRight");
}

/** Names the sandbox and its first PID namespace: after a reset, the same id has another one. */
function sceneOf({ sandbox, namespaces }: Snapshot): string {
  const root = namespaces.find(({ type, sandboxRoot }) => type === "pid" && sandboxRoot);
  return `${sandbox} ${root?.inode} ${root?.id}`;
}

customElements.define("nslab-namespaces", NamespacesElement);
