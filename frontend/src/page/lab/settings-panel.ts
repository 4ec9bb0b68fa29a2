import { html, type TemplateResult } from "lit";
import { type Preferences, prefer, preferences } from "../../kit/preferences";
import { text } from "../shared/messages";

const permissions = ["ask", "always", "never"] as const;
const shortcuts = [
  ["shortcutCopy", "Ctrl+Shift+C"],
  ["shortcutPaste", "Ctrl+Shift+V"],
  ["shortcutSearch", "Ctrl+Shift+F"],
  ["shortcutPanes", "Ctrl+Shift+. / ,"],
  ["shortcutSteps", "N / P"],
] as const;

/** The settings that a person can choose for this browser. `changed` is called after each choice. */
export function settingsPanel(changed: () => void, resetLayout: () => void): TemplateResult {
  const now = preferences();
  const set = (change: Partial<Preferences>) => {
    prefer(change);
    changed();
  };
  return html`
    <div id="settings" popover class="popover settings" role="dialog" aria-label=${text("settings")}>
      <div class="setting"><span id="font-size">${text("fontSize")}</span>
        <span class="stepper" role="group" aria-labelledby="font-size">
          <button type="button" aria-label=${text("smaller")} data-testid="font-smaller" @click=${() => set({ fontSize: now.fontSize - 1 })}>−</button>
          <output>${now.fontSize}</output>
          <button type="button" aria-label=${text("larger")} data-testid="font-larger" @click=${() => set({ fontSize: now.fontSize + 1 })}>+</button>
        </span></div>
      ${toggle("copyOnSelect", now.copyOnSelect, (copyOnSelect) => set({ copyOnSelect }))}
      ${toggle("screenReader", now.screenReader, (screenReader) => set({ screenReader }))}
      <label class="setting"><span>${text("clipboardWrite")}</span>
        <select @change=${(event: Event) => set({ clipboardWrite: (event.target as HTMLSelectElement).value as Preferences["clipboardWrite"] })}>
          ${permissions.map((value) => html`<option value=${value} ?selected=${value === now.clipboardWrite}>${text(value)}</option>`)}
        </select></label>
      <dl class="shortcuts" aria-label=${text("shortcuts")}>${shortcuts.map(([name, keys]) => html`<div><dt>${text(name)}</dt><dd>${keys}</dd></div>`)}</dl>
      <button type="button" class="button" data-testid="reset-layout" popovertarget="settings" popovertargetaction="hide" @click=${resetLayout}>${text("resetLayout")}</button>
    </div>
  `;
}

function toggle(name: "copyOnSelect" | "screenReader", value: boolean, set: (value: boolean) => void): TemplateResult {
  return html`<label class="setting"><span>${text(name)}</span>
    <input type="checkbox" data-testid=${name} .checked=${value} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)} /></label>`;
}
