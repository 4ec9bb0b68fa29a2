import type { DockviewGroupPanel, IGroupHeaderProps, IHeaderActionsRenderer } from "dockview-core";
import { html, nothing, render, type TemplateResult } from "lit";
import { Disposables } from "../../kit/disposables";
import { icon } from "../../kit/icons";
import type { NamespacesElement } from "../../namespace/element";
import { viewSwitch } from "../../namespace/view/views";
import { text } from "../shared/messages";

export interface DockCommands {
  newTerminal(group: DockviewGroupPanel): void;
  split(group: DockviewGroupPanel): void;
  search(group: DockviewGroupPanel): void;
}

type Kind = "terminal" | "namespaces" | "other";

/** Draws the buttons beside a group's tabs. They depend on its active pane. */
abstract class DockActions implements IHeaderActionsRenderer {
  readonly element = document.createElement("div");
  private readonly disposables = new Disposables();

  constructor(protected readonly group: DockviewGroupPanel) {
    this.element.className = "dock-actions";
  }

  init({ api, containerApi }: IGroupHeaderProps): void {
    this.disposables.add(api.onDidActivePanelChange(() => this.draw()));
    this.disposables.add(containerApi.onDidLayoutChange(() => this.draw()));
    this.draw();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  protected draw(): void {
    const id = this.group.activePanel?.id;
    render(this.buttons(id === undefined || id === "lesson" ? "other" : id === "namespaces" ? "namespaces" : "terminal"), this.element);
  }

  protected abstract buttons(kind: Kind): TemplateResult | typeof nothing;
}

/** The button for a new terminal, right after the tabs. */
export class TabActions extends DockActions {
  constructor(
    group: DockviewGroupPanel,
    private readonly commands: DockCommands,
  ) {
    super(group);
  }

  protected buttons(kind: Kind): TemplateResult | typeof nothing {
    if (kind !== "terminal") return nothing;
    const label = text("newTerminal");
    return html`<button type="button" class="icon-button" title=${label} aria-label=${label} data-testid="new-terminal"
      @click=${() => this.commands.newTerminal(this.group)}>${icon("plus")}</button>`;
  }
}

/** The buttons at the right end: search and split for terminals, the choice of view for the namespaces. */
export class PaneActions extends DockActions {
  constructor(
    group: DockviewGroupPanel,
    private readonly commands: DockCommands,
    private readonly namespaces: NamespacesElement,
  ) {
    super(group);
  }

  protected buttons(kind: Kind): TemplateResult | typeof nothing {
    if (kind === "terminal") return this.terminalButtons();
    return kind === "namespaces" ? this.viewSwitch() : nothing;
  }

  private terminalButtons(): TemplateResult {
    return html`<button type="button" class="icon-button" title=${`${text("search")} (Ctrl+Shift+F)`} aria-label=${text("search")}
        data-testid="search" @click=${() => this.commands.search(this.group)}>${icon("search")}</button>
      <button type="button" class="icon-button" title=${text("splitTitle")} aria-label=${text("splitTitle")}
        data-testid="split" @click=${() => this.commands.split(this.group)}>${icon("split")}</button>`;
  }

  private viewSwitch(): TemplateResult {
    const { namespaces } = this;
    return viewSwitch(namespaces.view, (view) => {
      namespaces.view = view;
      this.draw();
    });
  }
}
