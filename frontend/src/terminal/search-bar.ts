import type { SearchAddon } from "@xterm/addon-search";
import { html, type TemplateResult } from "lit";
import { LightElement } from "../kit/element";
import { icon } from "../kit/icons";
import { theme } from "../kit/theme";
import { searchColors } from "./colors";
import { text } from "./words/messages";

/** `<nslab-search>`: finds text in one terminal's screen and scrollback. */
export class SearchBar extends LightElement {
  static override properties = { count: { state: true } };
  declare private count: string;
  private search: SearchAddon | undefined;
  /** Called when the bar is closed, to give the focus back. */
  closed: () => void = () => {};

  constructor() {
    super();
    this.count = "";
    this.hidden = true;
  }

  attach(search: SearchAddon): void {
    this.search = search;
    search.onDidChangeResults(({ resultIndex, resultCount }) => {
      this.count = resultCount === 0 ? text("searchNone") : text("searchCount", resultIndex + 1, resultCount);
    });
  }

  open(): void {
    this.hidden = false;
    this.input?.focus();
    this.input?.select();
  }

  close(): void {
    this.hidden = true;
    this.count = "";
    this.search?.clearDecorations();
    this.closed();
  }

  override render(): TemplateResult {
    return html`
      <input type="search" aria-label=${text("search")} placeholder=${text("search")} autocomplete="off" spellcheck="false"
        @input=${() => this.find(true, true)} @keydown=${this.keyDown} />
      <output aria-live="polite">${this.count}</output>
      <button type="button" class="icon-button" title=${text("searchPrevious")} aria-label=${text("searchPrevious")} @click=${() => this.find(false)}>${icon("up")}</button>
      <button type="button" class="icon-button" title=${text("searchNext")} aria-label=${text("searchNext")} @click=${() => this.find(true)}>${icon("down")}</button>
      <button type="button" class="icon-button" title=${text("close")} aria-label=${text("close")} @click=${() => this.close()}>${icon("close")}</button>
    `;
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector("input");
  }

  private keyDown(event: KeyboardEvent): void {
    if (event.key === "Enter") this.find(!event.shiftKey);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  private find(forwards: boolean, incremental = false): void {
    const wanted = this.input?.value ?? "";
    const options = { incremental, decorations: searchColors(theme()) };
    if (wanted === "") {
      this.count = "";
      this.search?.clearDecorations();
    } else if (forwards) this.search?.findNext(wanted, options);
    else this.search?.findPrevious(wanted, options);
  }
}

customElements.define("nslab-search", SearchBar);
