import { html, type TemplateResult } from "lit";
import { LightElement } from "../kit/element";
import { text } from "./words/messages";

interface Key {
  readonly face: string;
  /** What the key sends. For an arrow it is only the letter, because the rest depends on the program's mode. */
  readonly sends: string;
  readonly name?: string;
  readonly arrow?: boolean;
}

const keys: readonly Key[] = [
  { face: "Esc", sends: "\x1b" },
  { face: "Tab", sends: "\t" },
  { face: "←", sends: "D", name: "keyLeft", arrow: true },
  { face: "↓", sends: "B", name: "keyDown", arrow: true },
  { face: "↑", sends: "A", name: "keyUp", arrow: true },
  { face: "→", sends: "C", name: "keyRight", arrow: true },
  { face: "|", sends: "|" },
  { face: "~", sends: "~" },
  { face: "-", sends: "-" },
  { face: "/", sends: "/" },
];

/** `<nslab-keys>`: the keys that a phone's keyboard lacks. The style sheet shows them if there is no fine pointer. */
export class KeyRow extends LightElement {
  static override properties = { ctrl: { state: true } };
  declare private ctrl: boolean;
  /** Called with what a key sends; for an arrow it is only the letter. */
  press: (sends: string, arrow: boolean) => void = () => {};

  constructor() {
    super();
    this.ctrl = false;
  }

  /** If Ctrl is held down in this row, turns what was typed into its control character, and releases Ctrl. */
  modify(typed: string): string {
    if (!this.ctrl || typed.length !== 1) return typed;
    this.ctrl = false;
    return control(typed);
  }

  override render(): TemplateResult {
    const [esc, tab, ...rest] = keys;
    return html`
      <div class="keys" role="toolbar" aria-label=${text("keys")} @pointerdown=${keepFocus}>
        ${[esc, tab].map((key) => key && this.button(key))}
        <button type="button" aria-pressed=${this.ctrl ? "true" : "false"} @click=${this.toggle}>Ctrl</button>
        ${rest.map((key) => this.button(key))}
      </div>
    `;
  }

  private button(key: Key): TemplateResult {
    const name = key.name ? text(key.name as "keyLeft") : key.face;
    return html`<button type="button" aria-label=${name} @click=${() => this.press(key.sends, key.arrow === true)}>${key.face}</button>`;
  }

  private toggle(): void {
    this.ctrl = !this.ctrl;
  }
}

/** The control character of a key: Ctrl+c is 0x03. A key that has none is returned as it is. */
export function control(character: string): string {
  const code = character.toUpperCase().charCodeAt(0);
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : character;
}

// The phone's keyboard must stay up.
function keepFocus(event: Event): void {
  event.preventDefault();
}

customElements.define("nslab-keys", KeyRow);
