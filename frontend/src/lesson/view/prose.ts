import { html, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";

/**
 * HTML of a lesson. This is the only place where the page inserts markup. The server has rendered it from Markdown, with all raw HTML
 * escaped and all addresses of links and images checked, and it never contains anything that comes from a sandbox or a learner.
 */
export function prose(rendered: string): TemplateResult {
  return html`<div class="prose">${unsafeHTML(rendered)}</div>`;
}

/** One line of plain text, in which `this` is shown as code. */
export function inline(line: string): TemplateResult {
  return html`${line.split("`").map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}
