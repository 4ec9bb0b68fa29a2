/** The values of expressions, as far as they are known. */
export type Values = Readonly<Record<string, string>>;

/** A piece of a text with placeholders: plain text, or the value of an `{{expression}}`, which is null while it is not known. */
export type Piece =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "value"; readonly expression: string; readonly value: string | null };

// A value comes from the sandbox. A control character in it would press a key when the text is typed.
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

export function pieces(text: string, values: Values): Piece[] {
  // Every second part is the text between braces.
  return text.split(/\{\{([\s\S]*?)\}\}/).flatMap((part, index): Piece[] => {
    if (index % 2 === 0) return part ? [{ kind: "plain", text: part }] : [];
    const expression = part.trim();
    const value = Object.hasOwn(values, expression) ? values[expression] : undefined;
    return [{ kind: "value", expression, value: value?.replace(controls, "") ?? null }];
  });
}

/** The pieces of each word, which must not be broken apart when it is shown. Blanks and line ends are words of their own. */
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

/** The text with all placeholders filled in; undefined while one of the values is not known. */
export function filled(text: string, values: Values): string | undefined {
  let whole = "";
  for (const piece of pieces(text, values)) {
    const next = piece.kind === "plain" ? piece.text : piece.value;
    if (next === null) return undefined;
    whole += next;
  }
  return whole;
}
