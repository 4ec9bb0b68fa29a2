import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { plainLine } from "../terminal/title";
import { text } from "../ui/messages";
import type { Process } from "../wire/snapshot";
import { chips, isProcForeign } from "./chips";
import { childrenElsewhere, differencesOf } from "./differences";
import { boxKey, type NamespaceModel, rowKey } from "./model";
import type { Box, Row } from "./tree";

/** The nested boxes of PID namespaces with the processes in them. Focus and keys are the element's matter. */
export function treeView(model: NamespaceModel, selected: number | undefined): TemplateResult {
  const { tree } = model;
  if (!tree) return html`<p class="empty">${text("noProcess")}</p>`;
  return html`<div class="tree" role="tree" aria-label=${text("treeLabel")}>${box(tree, model, selected)}</div>`;
}

function box(it: Box, model: NamespaceModel, selected: number | undefined): TemplateResult {
  const hostname = it.hostname === null ? null : plainLine(it.hostname, 64);
  return html`
    <section class="box ns-${model.colors.of("pid", it.inode)}" role="treeitem" tabindex="-1" aria-level=${it.level} aria-expanded="true"
      aria-label=${text("boxLabel", it.inode, hostname ?? "?", it.members)} data-key=${boxKey(it.inode)} data-inode=${it.inode} data-testid="pid-namespace"
      ?data-fresh=${model.fresh.has(boxKey(it.inode))}>
      <header aria-hidden="true">
        <span class="hostname">${hostname ?? nothing}</span>${it.sandboxRoot ? html`<span class="note">${text("thisSandbox")}</span>` : nothing}
        <span class="inode">pid ${it.inode}</span>
      </header>
      <div role="group">
        ${repeat(it.items, itemKey, (item) => (item.kind === "box" ? box(item, model, selected) : row(item, it.level, model, selected)))}
        ${it.items.length === 0 ? html`<p class="empty">${text("emptyBox")}</p>` : nothing}
      </div>
    </section>
  `;
}

function row({ process, depth }: Row, level: number, model: NamespaceModel, selected: number | undefined): TemplateResult {
  const outside = process.pids.slice(0, -1);
  return html`
    <div class="row" role="treeitem" tabindex="-1" aria-level=${level + 1 + depth} aria-selected=${process.pid === selected ? "true" : "false"}
      aria-label=${rowLabel(process, model)} data-key=${rowKey(process.pid)} data-pid=${process.pid} data-pids=${process.pids.join(" ")}
      data-testid="process" ?data-fresh=${model.fresh.has(rowKey(process.pid))} title=${plainLine(process.arguments.join(" "), 300)}>
      <span class="pid">${process.pids.at(-1)}</span>
      <span class="what">
        ${depth > 0 ? html`<span class="branch" style="--depth:${Math.min(depth, 12)}"></span>` : nothing}
        <span class="command">${plainLine(process.command) || "?"}</span>
        ${chips(process, model)}
      </span>
      ${outside.length > 0 ? html`<span class="outside" title=${text("outsideHint")}>${outside.join(" · ")}</span>` : nothing}
      ${inherited(process, model) ? nothing : html`<span class="tty">${process.terminal ?? process.tty ?? ""}</span>`}
    </div>
  `;
}

/** Does the row above it, its parent's, already say which terminal it runs in? */
function inherited(process: Process, model: NamespaceModel): boolean {
  const parent = model.process(process.parent);
  return parent !== undefined && parent.tty === process.tty && parent.namespaces.pid === process.namespaces.pid;
}

/** What a screen reader says of a row; the eyes get the same from the place, the dimmed numbers and the chips. */
function rowLabel(process: Process, model: NamespaceModel): string {
  const outside = process.pids.slice(0, -1);
  const children = childrenElsewhere(process);
  return [
    text("rowLabel", plainLine(process.command), process.pids.at(-1) ?? process.pid),
    outside.length > 0 ? text("rowOutside", outside.join(", ")) : "",
    ...differencesOf(process, model.own).map(({ type, inode }) => `${type} ${inode}`),
    children ? text("childrenHint", children) : "",
    isProcForeign(process) ? text("foreignProcHint") : "",
    process.terminal ?? "",
  ]
    .filter(Boolean)
    .join(", ");
}

function itemKey(item: Row | Box): string {
  return item.kind === "box" ? boxKey(item.inode) : rowKey(item.process.pid);
}
