import { svg, type TemplateResult } from "lit";

// Each icon is 16 × 16, drawn with one line in the colour of the text.
const shapes = {
  close: svg`<path d="M4 4l8 8M12 4l-8 8" />`,
  up: svg`<path d="M4 10l4-4 4 4" />`,
  down: svg`<path d="M4 6l4 4 4-4" />`,
  plus: svg`<path d="M8 3v10M3 8h10" />`,
  split: svg`<rect x="2.5" y="2.5" width="11" height="11" rx="2" /><path d="M2.5 8h11" />`,
  check: svg`<path d="M3.5 8.5l3 3 6-7" />`,
  back: svg`<path d="M10 3.5L5.5 8l4.5 4.5" />`,
  next: svg`<path d="M6 3.5L10.5 8 6 12.5" />`,
  clock: svg`<circle cx="8" cy="8" r="5.8" /><path d="M8 4.6V8l2.3 1.6" />`,
  run: svg`<path d="M5 3.5v9l7.5-4.5z" fill="currentColor" />`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5" /><path d="M10.5 3.5v-1h-8v8h1" />`,
  hint: svg`<path d="M8 1.8a4.2 4.2 0 0 0-2.4 7.6v1.8h4.8V9.4A4.2 4.2 0 0 0 8 1.8zM6.2 13.8h3.6" />`,
  search: svg`<circle cx="7" cy="7" r="4" /><path d="M10 10l3.5 3.5" />`,
  link: svg`<path d="M2 8a6 6 0 0 1 10.5-4M14 8a6 6 0 0 1-10.5 4M12.5 1v3h-3M3.5 15v-3h3" />`,
  system: svg`<circle cx="8" cy="8" r="5.5" /><path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentColor" />`,
  light: svg`<circle cx="8" cy="8" r="2.8" /><path d="M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M3.2 12.8l1.1-1.1M11.7 4.3l1.1-1.1" />`,
  dark: svg`<path d="M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z" />`,
  settings: svg`<path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6" /><circle cx="10" cy="4.5" r="1.8" /><circle cx="6" cy="11.5" r="1.8" />`,
} as const;

export type IconName = keyof typeof shapes;

/** A decorative icon. The text or label beside it says what it means. */
export function icon(name: IconName): TemplateResult {
  return svg`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes[name]}</svg>` as TemplateResult;
}
