import { html, LitElement, type TemplateResult } from "lit";
import { text } from "../ui/messages";
import type { Snapshot } from "../wire/snapshot";
import { Freshness } from "./freshness";
import { moveFocus, setTabStop } from "./keyboard";
import { lens } from "./lens";
import { NamespaceModel } from "./model";
import { tableView } from "./table-view";
import { treeView } from "./tree-view";

export const views = ["tree", "table"] as const;
export type View = (typeof views)[number];

/** `<nslab-namespaces>`: which process is in which namespace, from the snapshots that it is given. */
export class NamespacesElement extends LitElement {
  static override properties = { view: {}, selected: { state: true }, model: { state: true } };
  declare view: View;
  declare private selected: number | undefined;
  declare private model: NamespaceModel | undefined;
  private focused: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: Snapshot | undefined;

  constructor() {
    super();
    this.view = "tree";
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.keyDown(event));
    this.addEventListener("focusin", (event) => this.focusIn(event));
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Shows `snapshot` with the next frame; of several that come before it the last. Null where there is no sandbox. */
  set snapshot(snapshot: Snapshot | null) {
    if (!snapshot) {
      this.waiting = undefined;
      this.model = undefined;
      this.selected = undefined;
      return;
    }
    if (!this.waiting) requestAnimationFrame(() => this.take());
    this.waiting = snapshot;
  }

  get snapshot(): Snapshot | null {
    return this.waiting ?? this.model?.snapshot ?? null;
  }

  override render(): TemplateResult {
    const { model } = this;
    if (!model) return html`<div class="panel-body"><p class="empty">${text("noSnapshot")}</p></div>`;
    const process = this.selected === undefined ? undefined : model.process(this.selected);
    return html`
      <div class="panel-body">${this.view === "tree" ? treeView(model, process?.pid) : tableView(model, process?.pid)}</div>
      ${process ? lens(process, model, () => this.select(undefined)) : html`<p class="lens-hint">${text("lensHint")}</p>`}
    `;
  }

  override updated(): void {
    setTabStop(this, this.focused);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private take(): void {
    const snapshot = this.waiting;
    this.waiting = undefined;
    if (!snapshot) return;
    const last = this.model?.snapshot.sandbox === snapshot.sandbox ? this.model : undefined;
    this.model = new NamespaceModel(snapshot, last);
    if (!this.model.news) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.requestUpdate(), Freshness.milliseconds + 50);
  }

  private select(pid: number | undefined): void {
    this.selected = pid;
    if (pid !== undefined) return;
    const item = this.querySelector<HTMLElement>(`[data-key="${CSS.escape(this.focused ?? "")}"]`);
    item?.focus();
  }

  private clicked(event: Event): void {
    const item = (event.target as HTMLElement).closest<HTMLElement>("[data-key]");
    if (!item) return;
    item.focus({ preventScroll: true });
    this.toggle(item);
  }

  private keyDown(event: KeyboardEvent): void {
    const item = (event.target as HTMLElement).closest<HTMLElement>("[data-key]");
    if (event.key === "Escape" && this.selected !== undefined) this.select(undefined);
    else if (item && (event.key === "Enter" || event.key === " ")) this.toggle(item);
    else return moveFocus(event, this);
    event.preventDefault();
  }

  private toggle(item: HTMLElement): void {
    const pid = Number(item.dataset.pid);
    if (!pid) return;
    this.selected = this.selected === pid ? undefined : pid;
    if (this.selected) void this.updateComplete.then(() => item.scrollIntoView({ block: "nearest" }));
  }

  private focusIn(event: FocusEvent): void {
    const item = (event.target as HTMLElement).closest<HTMLElement>("[data-key]");
    if (!item) return;
    this.focused = item.dataset.key;
    setTabStop(this, this.focused);
  }
}

customElements.define("nslab-namespaces", NamespacesElement);
