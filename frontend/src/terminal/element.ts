import "@xterm/xterm/css/xterm.css";
import "./key-row";
import "./search-bar";
import { html, type nothing, type PropertyValues, type TemplateResult } from "lit";
import { Disposables } from "../kit/disposables";
import { PaneElement } from "../kit/element";
import { plainLine } from "../kit/plain-text";
import { onPreferences, preferences } from "../kit/preferences";
import { addClipboard } from "./clipboard";
import { clipboardQuestion } from "./clipboard-question";
import type { KeyRow } from "./key-row";
import { type LineState, Session } from "./line/session";
import { note } from "./note";
import { quiet } from "./quiet";
import { Screen, terminalFont } from "./screen";
import type { SearchBar } from "./search-bar";
import { addShortcuts } from "./shortcuts";
import { text } from "./words/messages";

const settleMs = 60;

/**
 * `<nslab-terminal>`: one terminal of the sandbox. `show(id)` attaches it. It lives until `dispose()`, whether or not it is in the
 * document. Fires `terminal-title` (detail: the sanitised title) and `terminal-restart` (Enter after the shell's end).
 */
export class TerminalElement extends PaneElement {
  static override properties = { state: { state: true }, foreign: { state: true }, question: { state: true } };
  declare private state: LineState;
  declare private foreign: boolean;
  /** The text that a program wants to put on the clipboard, until the person has decided. */
  declare private question: string | undefined;
  /** The name for people and screen readers: tty1. */
  name = "";
  private readonly screen = new Screen();
  private readonly disposables = new Disposables();
  private session: Session | undefined;
  private id_: string | undefined;
  private opened = false;
  private becomeReady: () => void = () => {};
  private readonly ready = new Promise<void>((resolve) => {
    this.becomeReady = resolve;
  });
  private visible = false;
  private wantsFocus = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.state = "connecting";
    this.foreign = false;
    this.question = undefined;
  }

  /** Attaches to a terminal of the server, instead of the previous one. */
  show(id: string): void {
    if (this.id_ === id) return;
    if (this.id_) this.screen.terminal.reset();
    this.id_ = id;
    this.session?.dispose();
    this.session = undefined;
    this.state = "connecting";
    if (this.opened) this.connect();
  }

  /** The id of the terminal to which it is attached. */
  get terminalId(): string | undefined {
    return this.id_;
  }

  /** All text of the terminal, scrollback included. */
  get text(): string {
    return this.screen.text();
  }

  /** Takes the focus as soon as there is something to type into. */
  override focus(): void {
    this.wantsFocus = true;
    this.takeFocus();
  }

  openSearch(): void {
    this.searchBar?.open();
  }

  /** Presses `keys` item by item, each after the effect of the one before is drawn. */
  async type(keys: readonly string[]): Promise<void> {
    await this.ready;
    const { terminal } = this.screen;
    // A shell that has just started has no prompt yet.
    if (this.text === "") await quiet(terminal);
    for (const key of keys) {
      this.session?.type(key);
      await quiet(terminal);
    }
  }

  /** Says whether its pane is shown. A hidden terminal takes output, but draws nothing. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    if (!this.opened) return;
    this.screen.setVisible(visible);
    if (visible) this.layout();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.session?.dispose();
    this.disposables.dispose();
    this.screen.dispose();
    this.remove();
  }

  override firstUpdated(): void {
    void terminalFont().then(() => this.open());
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("foreign") && this.opened) this.layout();
  }

  override render(): TemplateResult {
    return html`
      <div class="terminal-pane" data-state=${this.state} ?data-foreign=${this.foreign} data-testid="terminal">
        <div class="terminal-host"></div>
        <nslab-search></nslab-search>
        ${this.banner()}
      </div>
      <nslab-keys></nslab-keys>
    `;
  }

  private banner(): TemplateResult | typeof nothing {
    if (this.question === undefined) return note(this.state, this.foreign);
    return clipboardQuestion(this.question, () => {
      this.question = undefined;
      this.focus();
    });
  }

  private open(): void {
    const host = this.querySelector<HTMLElement>(".terminal-host");
    if (this.opened || !host) return;
    this.opened = true;
    this.screen.open(host);
    const { terminal } = this.screen;
    terminal.textarea?.setAttribute("aria-label", text("terminalLabel", this.name));
    // There is only one question at a time, so that the text does not change that a person is about to allow.
    this.disposables.add(addClipboard(terminal, host, (wanted) => (this.question ??= wanted)));
    this.disposables.add(terminal.onTitleChange((title) => this.fire("terminal-title", plainLine(title))));
    this.disposables.add(onPreferences(() => this.layout()));
    addShortcuts(terminal, () => this.openSearch());
    this.wireSearch();
    this.wireKeys();
    const observer = new ResizeObserver(() => this.settle());
    observer.observe(host);
    this.disposables.add({ dispose: () => observer.disconnect() });
    this.setVisible(this.visible);
    if (this.id_) this.connect();
  }

  /** Tries again later if needed: a new pane is hidden until the dock has placed it, and what is hidden can't take the focus. */
  private takeFocus(): void {
    if (!this.wantsFocus || !this.opened) return;
    const { terminal } = this.screen;
    terminal.focus();
    this.wantsFocus = document.activeElement !== terminal.textarea;
  }

  private connect(): void {
    const view = {
      layout: () => this.layout(),
      state: (state: LineState) => {
        this.state = state;
        if (state === "connected") this.becomeReady();
      },
      restart: () => this.fire("terminal-restart"),
    };
    this.session = new Session(this.id_ ?? "", this.screen.terminal, view, (typed) => this.keyRow?.modify(typed) ?? typed);
  }

  private settle(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.layout(), settleMs);
  }

  private layout(): void {
    if (!this.visible || !this.opened) return;
    this.takeFocus();
    const { fitting } = this.screen;
    const { fontSize } = preferences();
    const foreign = this.session?.owner.foreign;
    this.foreign = foreign !== undefined;
    const size = foreign ?? fitting.room(fontSize);
    if (!size) return;
    fitting.show(size, fontSize);
    this.session?.offer(size);
  }

  private wireSearch(): void {
    this.searchBar?.attach(this.screen.search);
    if (this.searchBar) this.searchBar.closed = () => this.focus();
  }

  private wireKeys(): void {
    if (!this.keyRow) return;
    const { terminal } = this.screen;
    this.keyRow.press = (sends, arrow) => {
      const prefix = arrow ? (terminal.modes.applicationCursorKeysMode ? "\x1bO" : "\x1b[") : "";
      terminal.input(prefix + sends);
    };
  }

  private get searchBar(): SearchBar | null {
    return this.querySelector<SearchBar>("nslab-search");
  }

  private get keyRow(): KeyRow | null {
    return this.querySelector<KeyRow>("nslab-keys");
  }

  private fire(type: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

customElements.define("nslab-terminal", TerminalElement);
