import { html, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";

/**
 * Html of a lesson. The only place where the page takes up markup as such: the server rendered it from Markdown with all raw HTML escaped
 * and all addresses of links and images checked, and nothing that comes from a sandbox or a learner is ever in it.
 */
export function prose(rendered: string): TemplateResult {
  return html`<div class="prose">${unsafeHTML(rendered)}</div>`;
}

/** One line of plain text, of which `this` is code. */
export function inline(line: string): TemplateResult {
  return html`${line.split("`").map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}
