/** A piece of a text with placeholders: as it stands there, or what `{{expression}}` stands for; null while that is not known. */
export type Piece =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "value"; readonly expression: string; readonly value: string | null };

// A value comes from the sandbox: a control character in it would press a key when it is typed.
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

export function pieces(text: string, values: Readonly<Record<string, string>>): Piece[] {
  // Every second part is what stood between the braces.
  return text.split(/\{\{([\s\S]*?)\}\}/).flatMap((part, index): Piece[] => {
    if (index % 2 === 0) return part ? [{ kind: "plain", text: part }] : [];
    const expression = part.trim();
    const value = Object.hasOwn(values, expression) ? values[expression] : undefined;
    return [{ kind: "value", expression, value: value?.replace(controls, "") ?? null }];
  });
}

/** The text with all placeholders filled; undefined while one of them is not known. */
export function filled(text: string, values: Readonly<Record<string, string>>): string | undefined {
  let whole = "";
  for (const piece of pieces(text, values)) {
    const next = piece.kind === "plain" ? piece.text : piece.value;
    if (next === null) return undefined;
    whole += next;
  }
  return whole;
}
