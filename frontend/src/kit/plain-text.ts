// Control characters, and the marks that change the direction of the text around them.
const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const longest = 80;

/** Text from the sandbox, made fit for one line of the page: without invisible characters, and not too long. */
export function plainLine(text: string, limit = longest): string {
  const characters = Array.from(text.slice(0, 4 * limit).replace(unseen, ""));
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : characters.join("");
}

/** A path from the sandbox, made fit for one line. A long path keeps its beginning and more of its end, which tells more. */
export function middleOut(path: string, limit: number): string {
  const line = plainLine(path, 4096);
  const characters = Array.from(line);
  if (characters.length <= limit) return line;
  const head = Math.floor((limit - 1) / 3);
  return `${characters.slice(0, head).join("")}…${characters.slice(head + 1 - limit).join("")}`;
}

/** All of a text from the sandbox. Invisible characters are written as in bash's $'…'. */
export function spelledOut(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x80 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
