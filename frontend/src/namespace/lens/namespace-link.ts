import { html, type TemplateResult } from "lit";
import type { NamespaceModel } from "../model/model";

/** A button in the details that names a namespace and opens its details: the panel handles every `button[data-ns]`. */
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
