/** What a person has chosen for this browser. None of it concerns the sandbox. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  /** The terminals' font size, in CSS pixels. */
  fontSize: number;
  screenReader: boolean;
  copyOnSelect: boolean;
  /** Whether programs in a terminal may write to this computer's clipboard (OSC 52). They can never read it. */
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

/** Calls `listener` after each change, in this tab or another one. Returns a function that ends this. */
export function onPreferences(listener: () => void): { dispose(): void } {
  target.addEventListener("change", listener);
  return { dispose: () => target.removeEventListener("change", listener) };
}

/** Reads localStorage. If the browser forbids it, it counts as empty. */
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
    // Then nothing is remembered; everything else works.
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
