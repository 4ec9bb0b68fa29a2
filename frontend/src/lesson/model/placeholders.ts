/** What expressions stand for, as far as that is known. */
export type Values = Readonly<Record<string, string>>;

/** A piece of a text with placeholders: as it stands there, or what `{{expression}}` stands for; null while that is not known. */
export type Piece =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "value"; readonly expression: string; readonly value: string | null };

// A value comes from the sandbox: a control character in it would press a key when it is typed.
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

export function pieces(text: string, values: Values): Piece[] {
  // Every second part is what stood between the braces.
  return text.split(/\{\{([\s\S]*?)\}\}/).flatMap((part, index): Piece[] => {
    if (index % 2 === 0) return part ? [{ kind: "plain", text: part }] : [];
    const expression = part.trim();
    const value = Object.hasOwn(values, expression) ? values[expression] : undefined;
    return [{ kind: "value", expression, value: value?.replace(controls, "") ?? null }];
  });
}

/** The pieces word by word: what must not be broken apart where it is shown. Blanks and line ends are words of their own. */
export function wordsOf(all: readonly Piece[]): Piece[][] {
  const words: Piece[][] = [];
  let open = false;
  for (const piece of all.flatMap(split)) {
    const blank = piece.kind === "plain" && /^\s/.test(piece.text);
    const last = words.at(-1);
    if (open && !blank && last) last.push(piece);
    else words.push([piece]);
    open = !blank;
  }
  return words;
}

function split(piece: Piece): Piece[] {
  if (piece.kind === "value") return [piece];
  return (piece.text.match(/\s+|\S+/g) ?? []).map((text) => ({ kind: "plain", text }));
}

/** The text with all placeholders filled; undefined while one of them is not known. */
export function filled(text: string, values: Values): string | undefined {
  let whole = "";
  for (const piece of pieces(text, values)) {
    const next = piece.kind === "plain" ? piece.text : piece.value;
    if (next === null) return undefined;
    whole += next;
  }
  return whole;
}
