/** What a person chose for this browser; nothing of it concerns the sandbox. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  /** Of the terminals, in CSS pixels. */
  fontSize: number;
  screenReader: boolean;
  copyOnSelect: boolean;
  /** May programs in a terminal write to this computer's clipboard (OSC 52)? They can never read it. */
  clipboardWrite: "ask" | "always" | "never";
}

const key = "nslab.preferences";
const defaults: Preferences = { theme: "system", fontSize: 13, screenReader: false, copyOnSelect: true, clipboardWrite: "ask" };
export const fontSizes = { smallest: 9, largest: 28 } as const;

const target = new EventTarget();
let current = load();

export function preferences(): Readonly<Preferences> {
  return current;
}

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  current.fontSize = Math.min(fontSizes.largest, Math.max(fontSizes.smallest, current.fontSize));
  store(key, JSON.stringify(current));
  target.dispatchEvent(new Event("change"));
}

/** Calls `listener` after each change, in this tab or another; the result stops that. */
export function onPreferences(listener: () => void): { dispose(): void } {
  target.addEventListener("change", listener);
  return { dispose: () => target.removeEventListener("change", listener) };
}

/** localStorage, where a browser that forbids it is as one that is empty. */
export function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function store(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Nothing is remembered then; all else works.
  }
}

function load(): Preferences {
  try {
    const saved = JSON.parse(stored(key) ?? "{}") as Partial<Preferences>;
    const known = Object.entries(saved).filter(([name, value]) => typeof value === typeof defaults[name as keyof Preferences]);
    return { ...defaults, ...Object.fromEntries(known) };
  } catch {
    return { ...defaults };
  }
}

window.addEventListener("storage", (event) => {
  if (event.key !== key) return;
  current = load();
  target.dispatchEvent(new Event("change"));
});
