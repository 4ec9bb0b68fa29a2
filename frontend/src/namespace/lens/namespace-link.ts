import { html, type TemplateResult } from "lit";
import type { NamespaceModel } from "../model/model";

/** What names a namespace in the details, and leads to its own: the panel follows every `button[data-ns]`. */
export function namespaceLink(
  type: string,
  inode: number,
  face: string,
  model: NamespaceModel,
  className = "to-namespace",
): TemplateResult {
  return html`<button type="button" class="${className} ns-${model.colors.of(type, inode)}" ?data-own=${inode === model.own[type]}
    data-ns="${type}:${inode}" title="${type}:[${inode}]">${face}</button>`;
}
