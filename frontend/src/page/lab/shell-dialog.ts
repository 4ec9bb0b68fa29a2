import { html, nothing, type TemplateResult } from "lit";
import { LightElement } from "../../kit/element";
import { icon } from "../../kit/icons";
import { store, stored } from "../../kit/preferences";
import { type NamespaceType, namespaceTypes } from "../../wire/snapshot";
import { type MessageKey, text } from "../shared/messages";
import {
  flagOf,
  impliedBy,
  type KillSignal,
  killSignals,
  readChoice,
  type ShellChoice,
  unshareCommand,
  usualChoice,
  warningsOf,
} from "./unshare";

const key = "nslab.shell";
const copiedMs = 1500;

const isolates = {
  pid: "shellPid",
  uts: "shellUts",
  mnt: "shellMnt",
  ipc: "shellIpc",
  net: "shellNet",
  user: "shellUser",
  cgroup: "shellCgroup",
  time: "shellTime",
} as const satisfies Record<NamespaceType, MessageKey>;

/** `<nslab-shell-dialog>`: lets people choose a namespaced shell, and shows its command. Fires `lab-shell` (detail: the command). */
export class ShellDialog extends LightElement {
  static override properties = { choice: { state: true }, copied: { state: true } };
  declare private choice: ShellChoice;
  declare private copied: boolean;

  constructor() {
    super();
    this.choice = usualChoice;
    this.copied = false;
  }

  open(): void {
    this.choice = readChoice(stored(key));
    this.copied = false;
    this.dialog?.showModal();
  }

  override render(): TemplateResult {
    return html`
      <dialog class="shell-dialog" aria-labelledby="shell-title" data-testid="shell-dialog" @click=${this.clickOutside}>
        <form method="dialog" @submit=${this.run}>
          <header>
            <h2 id="shell-title">${text("shellTitle")}</h2>
            <button type="button" class="icon-button" aria-label=${text("close")} title=${text("close")} @click=${this.close}>${icon("close")}</button>
          </header>
          <fieldset class="types"><legend>${text("shellLead")}</legend>${namespaceTypes.map((type) => this.type(type))}</fieldset>
          <fieldset class="options"><legend>${text("shellOptions")}</legend>${this.options()}</fieldset>
          ${this.outcome()}
          <footer class="actions">
            <button type="submit" class="button primary" data-testid="namespaced-shell-run">${icon("plus")}${text("shellRun")}</button>
            <button type="button" class="button" @click=${this.close}>${text("cancel")}</button>
          </footer>
        </form>
      </dialog>
    `;
  }

  private type(type: NamespaceType): TemplateResult {
    const by = impliedBy(type, this.choice);
    const chosen = this.choice.types.includes(type) || by !== undefined;
    const toggle = ({ target }: Event) => {
      const others = this.choice.types.filter((other) => other !== type);
      this.change({ types: (target as HTMLInputElement).checked ? [...others, type] : others });
    };
    return html`<label class="choice">
      <input type="checkbox" name=${type} data-testid="shell-${type}" ?autofocus=${type === "pid"} .checked=${chosen} ?disabled=${by !== undefined} @change=${toggle} />
      <span class="name"><b>${type}</b> <code>${flagOf(type)}</code>${implied(by)}</span>
      <span class="why">${text(isolates[type])}</span>
    </label>`;
  }

  private options(): TemplateResult {
    const { fork, mountProc, mapRoot, killChild } = this.choice;
    const by = impliedBy("fork", this.choice);
    return html`
      ${option("fork", "-f", text("shellFork"), text("shellForkWhy"), fork || by !== undefined, (on) => this.change({ fork: on }), by)}
      ${option("mount-proc", "--mount-proc", text("shellMountProc"), text("shellMountProcWhy"), mountProc, (on) => this.change({ mountProc: on }))}
      ${option("map-root", "-r", text("shellMapRoot"), text("shellMapRootWhy"), mapRoot, (on) => this.change({ mapRoot: on }))}
      <div class="choice with-signal">
        ${option("kill-child", "--kill-child", text("shellKillChild"), text("shellKillChildWhy"), killChild !== null, (on) => this.change({ killChild: on ? "SIGKILL" : null }))}
        <select aria-label=${text("shellKillSignal")} data-testid="shell-signal" ?disabled=${killChild === null}
          @change=${({ target }: Event) => this.change({ killChild: (target as HTMLSelectElement).value as KillSignal })}>
          ${killSignals.map((signal) => html`<option value=${signal} ?selected=${signal === (killChild ?? "SIGKILL")}>${signal}</option>`)}
        </select>
      </div>
    `;
  }

  /** The command, and what will be surprising about it. The height is constant, so that nothing moves under the pointer. */
  private outcome(): TemplateResult {
    const command = unshareCommand(this.choice).join(" ");
    const label = text(this.copied ? "copied" : "copy");
    return html`
      <div class="outcome">
        <h3 id="shell-command">${text("shellCommand")}</h3>
        <div class="command-line">
          <code aria-labelledby="shell-command" data-testid="shell-command">${command}</code>
          <button type="button" class="button" data-testid="shell-copy" @click=${() => this.copy(command)}>${label}</button>
        </div>
        <ul class="warnings" role="status" data-testid="shell-warnings">${warningsOf(this.choice).map((warning) => html`<li>${text(warning)}</li>`)}</ul>
      </div>
    `;
  }

  private change(change: Partial<ShellChoice>): void {
    this.choice = { ...this.choice, ...change };
    store(key, JSON.stringify(this.choice));
  }

  private async copy(command: string): Promise<void> {
    // A page without HTTPS has no clipboard; the command can still be selected.
    await navigator.clipboard?.writeText(command).catch(() => {});
    this.copied = true;
    setTimeout(() => {
      this.copied = false;
    }, copiedMs);
  }

  private run(): void {
    store(key, JSON.stringify(this.choice));
    this.dispatchEvent(new CustomEvent("lab-shell", { detail: unshareCommand(this.choice), bubbles: true }));
  }

  private close(): void {
    this.dialog?.close();
  }

  private clickOutside(event: MouseEvent): void {
    if (event.target === this.dialog) this.close();
  }

  private get dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }
}

function implied(by: string | undefined): TemplateResult | typeof nothing {
  return by ? html` <span class="implied">${text("shellImpliedBy", by)}</span>` : nothing;
}

function option(
  name: string,
  flag: string,
  what: string,
  why: string,
  checked: boolean,
  change: (on: boolean) => void,
  by?: string,
): TemplateResult {
  return html`<label class="choice">
    <input type="checkbox" name=${name} data-testid="shell-${name}" .checked=${checked} ?disabled=${by !== undefined}
      @change=${({ target }: Event) => change((target as HTMLInputElement).checked)} />
    <span class="name">${what} <code>${flag}</code>${implied(by)}</span>
    <span class="why">${why}</span>
  </label>`;
}

customElements.define("nslab-shell-dialog", ShellDialog);
