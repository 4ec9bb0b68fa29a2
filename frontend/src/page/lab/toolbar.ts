import "./shell-dialog";
import "../shared/theme-button";
import { html, type TemplateResult } from "lit";
import { LightElement } from "../../kit/element";
import { icon } from "../../kit/icons";
import { language } from "../../kit/messages";
import { text } from "../shared/messages";
import type { Phase } from "./lab-session";
import { settingsPanel } from "./settings-panel";
import type { ShellDialog } from "./shell-dialog";

/** `<nslab-toolbar>`: the state of the sandbox, and the actions on the whole of it. Fires `lab-reset` and `lab-layout`. */
export class Toolbar extends LightElement {
  static override properties = { phase: { attribute: false }, tasks: { type: Number }, limit: { type: Number } };
  declare phase: Phase;
  /** How many tasks (threads of processes) the sandbox has, and how many it may have; undefined while this is not known. */
  declare tasks: number | undefined;
  declare limit: number | undefined;

  constructor() {
    super();
    this.phase = { name: "starting" };
    this.tasks = undefined;
    this.limit = undefined;
  }

  override render(): TemplateResult {
    return html`
      <span class="pill" data-testid="state" data-state=${this.phase.name}><span class="dot"></span>
        <span><span role="status">${this.state()}</span><span class="numbers" title=${text("tasksTitle")}>${this.numbers()}</span></span></span>
      <button type="button" class="button" title=${text("shellTitle")} aria-label=${text("shellButton")} aria-haspopup="dialog" ?disabled=${this.phase.name !== "running"}
        data-testid="namespaced-shell" @click=${this.openShell}>${icon("plus")}<span class="wide-only">${text("shellButton")}</span></button>
      <nslab-shell-dialog></nslab-shell-dialog>
      ${this.resetButton()}
      <button type="button" class="button icon-only" popovertarget="settings" title=${text("settings")} aria-label=${text("settings")}
        data-testid="settings">${icon("settings")}</button>
      ${settingsPanel(
        () => this.requestUpdate(),
        () => this.fire("lab-layout"),
      )}
      <nslab-theme></nslab-theme>
      <a class="button" href=${`?lang=${language === "en" ? "zh-CN" : "en"}`} hreflang=${language === "en" ? "zh-CN" : "en"}
        title=${text("languageTitle")} data-testid="language">${text("language")}</a>
    `;
  }

  private state(): string {
    switch (this.phase.name) {
      case "starting":
        return text("starting");
      case "resetting":
        return text("resetting");
      case "offline":
        return text("offline");
      case "ended":
        return text("ended");
      case "failed":
        return text("noSandbox");
      case "running":
        return text("sandboxUp");
    }
  }

  private numbers(): string {
    if (this.tasks === undefined || this.phase.name !== "running") return "";
    return ` · ${this.limit ? text("tasksOf", this.tasks, this.limit) : text("tasks", this.tasks)}`;
  }

  private resetButton(): TemplateResult {
    const busy = this.phase.name !== "running";
    return html`
      <button type="button" class="button" popovertarget="reset-question" title=${text("resetTitle")} ?disabled=${busy} data-testid="reset">${text("reset")}</button>
      <div id="reset-question" popover class="popover" role="dialog" aria-label=${text("resetQuestion")} @toggle=${focusFirst}>
        <strong>${text("resetQuestion")}</strong>
        <p>${text("resetDetail")}</p>
        <div class="actions">
          <button type="button" class="button primary" autofocus popovertarget="reset-question" popovertargetaction="hide" data-testid="reset-confirm"
            @click=${() => this.fire("lab-reset")}>${text("resetConfirm")}</button>
          <button type="button" class="button" popovertarget="reset-question" popovertargetaction="hide">${text("cancel")}</button>
        </div>
      </div>
    `;
  }

  private openShell(): void {
    this.querySelector<ShellDialog>("nslab-shell-dialog")?.open();
  }

  private fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true }));
  }
}

function focusFirst(event: Event): void {
  if ((event as ToggleEvent).newState === "open") (event.currentTarget as HTMLElement).querySelector<HTMLElement>("[autofocus]")?.focus();
}

customElements.define("nslab-toolbar", Toolbar);
