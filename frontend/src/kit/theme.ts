import { onPreferences, preferences } from "./preferences";

export type Theme = "light" | "dark";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** The theme that is shown now. */
export function theme(): Theme {
  const wish = preferences().theme;
  return wish === "system" ? (dark.matches ? "dark" : "light") : wish;
}

/**
 * Keeps `<html data-theme>` as the person wants it, and calls `listener` after each change. `public/theme.js` sets it before the first
 * paint.
 */
export function onTheme(listener: (theme: Theme) => void): { dispose(): void } {
  let last = theme();
  const update = () => {
    const next = theme();
    if (next === last) return;
    last = next;
    listener(next);
  };
  const preferred = onPreferences(update);
  dark.addEventListener("change", update);
  return {
    dispose: () => {
      preferred.dispose();
      dark.removeEventListener("change", update);
    },
  };
}

/** Makes the document follow the theme. To be called once for each page. */
export function followTheme(): void {
  const apply = (now: Theme) => {
    document.documentElement.dataset.theme = now;
  };
  apply(theme());
  onTheme(apply);
}
