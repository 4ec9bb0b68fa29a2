import { html, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { filledHtml, type Values } from "./placeholders";

/**
 * Html of a lesson. The only place where the page takes up markup as such: the server rendered it from Markdown with all raw HTML escaped
 * and all addresses of links and images checked. What comes from a sandbox is in it only where a placeholder stood, and as text.
 */
export function prose(rendered: string, values: Values = {}): TemplateResult {
  return html`<div class="prose">${unsafeHTML(filledHtml(rendered, values))}</div>`;
}

/** One line of plain text, of which `this` is code. */
export function inline(line: string): TemplateResult {
  return html`${line.split("`").map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}
