import { html, type TemplateResult } from "lit";
import { LightElement } from "../../kit/element";
import { icon } from "../../kit/icons";
import { onPreferences, prefer, preferences } from "../../kit/preferences";
import { text } from "./messages";

const themes = ["system", "light", "dark"] as const;
const names = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;

/** `<nslab-theme>`: a button that goes through the themes: the system's, light, dark. */
export class ThemeButton extends LightElement {
  private subscription: { dispose(): void } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.subscription = onPreferences(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.subscription?.dispose();
  }

  override render(): TemplateResult {
    const { theme } = preferences();
    const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
    const label = text("themeTitle", text(names[theme]));
    return html`<button type="button" class="button icon-only" title=${label} aria-label=${label} data-testid="theme" data-wish=${theme}
      @click=${() => prefer({ theme: next })}>${icon(theme)}</button>`;
  }
}

customElements.define("nslab-theme", ThemeButton);
