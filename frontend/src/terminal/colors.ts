import type { ITheme } from "@xterm/xterm";
import type { Theme } from "../kit/theme";

const dark: ITheme = {
  background: "#0a0d12",
  foreground: "#d6dde6",
  cursor: "#d6dde6",
  cursorAccent: "#0a0d12",
  selectionBackground: "#2b4a6f",
  selectionInactiveBackground: "#243447",
  scrollbarSliderBackground: "#8793a333",
  scrollbarSliderHoverBackground: "#8793a366",
  scrollbarSliderActiveBackground: "#8793a399",
  black: "#1c2430",
  red: "#ff7b7b",
  green: "#4cc38a",
  yellow: "#f0b429",
  blue: "#6cb6ff",
  magenta: "#d58bd0",
  cyan: "#4fc1d6",
  white: "#c3ccd6",
  brightBlack: "#76839a",
  brightRed: "#ff9d9d",
  brightGreen: "#7fdcae",
  brightYellow: "#ffd166",
  brightBlue: "#9ccfff",
  brightMagenta: "#e9b3e5",
  brightCyan: "#86dbea",
  brightWhite: "#ffffff",
};

const light: ITheme = {
  background: "#fbfcfd",
  foreground: "#1d2733",
  cursor: "#1d2733",
  cursorAccent: "#fbfcfd",
  selectionBackground: "#b6d5f5",
  selectionInactiveBackground: "#d9e3ee",
  scrollbarSliderBackground: "#5b687733",
  scrollbarSliderHoverBackground: "#5b687766",
  scrollbarSliderActiveBackground: "#5b687799",
  black: "#1d2733",
  red: "#c92a2a",
  green: "#14804a",
  yellow: "#8a5f00",
  blue: "#0969c8",
  magenta: "#a23c9a",
  cyan: "#0f7285",
  white: "#667384",
  brightBlack: "#5b6877",
  brightRed: "#b02525",
  brightGreen: "#0f6e3f",
  brightYellow: "#7a5200",
  brightBlue: "#0557a6",
  brightMagenta: "#8a2f83",
  brightCyan: "#0b6070",
  brightWhite: "#3d4855",
};

export function terminalColors(theme: Theme): ITheme {
  return theme === "dark" ? dark : light;
}

/** The colours of matches in a search. The addon takes only #rrggbb. */
export function searchColors(theme: Theme) {
  const [match, active] = theme === "dark" ? ["#4a3b12", "#8a6a10"] : ["#fff0c2", "#ffd166"];
  return {
    matchBackground: match,
    activeMatchBackground: active,
    matchOverviewRuler: active,
    activeMatchColorOverviewRuler: active,
  };
}
