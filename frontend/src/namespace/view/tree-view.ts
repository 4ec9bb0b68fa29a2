import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { plainLine } from "../../kit/plain-text";
import type { Process } from "../../wire/snapshot";
import { differencesOf, differencesOfThread } from "../model/differences";
import { fateHint, fateOfChildren } from "../model/fate";
import { boxKey, type NamespaceModel, rowKey } from "../model/model";
import type { Box, Row } from "../model/tree";
import { text } from "../words/messages";
import { autopsyLine, autopsyText } from "./autopsy-view";
import { chips, isProcForeign } from "./chips";
import { keptView } from "./kept-view";
import { type Marks, mark } from "./mark";
import { isSelected, type Selection } from "./selection";

/** How many levels have boxes with all four sides. */
const mostWide = 5;

/** The nested boxes of PID namespaces with the processes in them. The element handles focus and keys. */
export function treeView(model: NamespaceModel, selected: Selection, marks: Marks): TemplateResult {
  const { tree } = model;
  if (!tree) return html`<p class="empty">${text("noProcess")}</p>`;
  return html`<div class="tree" role="tree" aria-label=${text("treeLabel")}>${box(tree, model, selected, marks)}</div>
    ${keptView(model, selected)}`;
}

/** `around`: whether the namespace around it is dead, too, and already says what happened. */
function box(it: Box, model: NamespaceModel, selected: Selection, marks: Marks, around = false): TemplateResult {
  const hostname = it.hostname === null ? null : plainLine(it.hostname, 64);
  const death = model.afterlife.of(it.inode);
  const label = text("boxLabel", it.inode, hostname ?? "?", it.members);
  return html`
    <section class="box ns-${model.colors.of("pid", it.inode)}" role="treeitem" tabindex="-1" aria-level=${it.level} aria-expanded="true"
      aria-selected=${isSelected(selected, "pid", it.inode) ? "true" : "false"}
      aria-label=${death ? `${label}. ${autopsyText(death.along, death.signal, death.status)}` : label}
      data-key=${boxKey(it.inode)} data-inode=${it.inode} data-testid="pid-namespace" data-ns="pid:${it.inode}"
      ?data-deep=${it.level > mostWide} ?data-dead=${death !== undefined} ?data-empty=${it.items.length === 0} ?data-fading=${death && !around && model.afterlife.isFading(death.init)}
      ?data-fresh=${model.fresh.has(boxKey(it.inode))}>
      <header aria-hidden="true">
        <span class="hostname">${hostname ?? nothing}</span>${it.sandboxRoot ? html`<span class="note">${text("thisSandbox")}</span>` : nothing}
        <span class="inode">pid ${it.inode}</span>
      </header>
      ${death && !around ? autopsyLine(death) : nothing}
      <div role="group">
        ${repeat(it.items, itemKey, (item) =>
          item.kind === "box"
            ? box(item, model, selected, marks, around || death !== undefined)
            : row(item, it.level, model, selected, marks.get(item.process.pid)),
        )}
        ${it.items.length === 0 ? html`<p class="empty">${text("emptyBox")}</p>` : nothing}
      </div>
    </section>
  `;
}

function row(
  { process, depth }: Row,
  level: number,
  model: NamespaceModel,
  selected: Selection,
  found: string | undefined,
): TemplateResult {
  const dead = model.isDead(process);
  const step = dead ? undefined : found;
  return html`
    <div class="row" role="treeitem" tabindex="-1" aria-level=${level + 1 + depth} aria-selected=${isSelected(selected, process.pid) ? "true" : "false"}
      aria-label=${rowLabel(process, model, step)} data-key=${rowKey(process.pid)} data-pid=${process.pid} data-pids=${process.pids.join(" ")}
      data-testid="process" ?data-lesson=${step !== undefined} ?data-dead=${dead} ?data-fading=${dead && model.afterlife.isFading(process)}
      ?data-fresh=${model.fresh.has(rowKey(process.pid))} title=${plainLine(process.arguments.join(" "), 300)}>
      <span class="pid">${process.pids.at(-1)}</span>
      <span class="what">
        ${depth > 0 ? html`<span class="branch" style="--depth:${Math.min(depth, 12)}"></span>` : nothing}
        <span class="command">${plainLine(process.command) || "?"}</span>
        ${chips(process, model)}${mark(step)}
        ${aside(process, model)}
      </span>
    </div>
  `;
}

/** The PIDs that the namespaces around see, and the terminal. */
function aside(process: Process, model: NamespaceModel): TemplateResult | typeof nothing {
  const outside = process.pids.slice(0, -1);
  const terminal = inherited(process, model) ? "" : (process.terminal ?? process.tty ?? "");
  if (outside.length === 0 && terminal === "") return nothing;
  return html`<span class="aside">${outside.length > 0 ? html`<span class="outside" title="${outside.join(" · ")}: ${text("outsideHint")}">${shortened(outside)}</span>` : nothing}${terminal === "" ? nothing : html`<span class="tty">${terminal}</span>`}</span>`;
}

/** The outermost and the innermost of many PIDs. */
export function shortened(pids: readonly number[]): string {
  return (pids.length > 3 ? [pids[0], "…", pids.at(-1)] : pids).join(" · ");
}

/** Whether the row above is the parent's and already says which terminal the process runs in. */
function inherited(process: Process, model: NamespaceModel): boolean {
  const parent = model.process(process.parent);
  return parent !== undefined && parent.tty === process.tty && parent.namespaces.pid === process.namespaces.pid;
}

/** What a screen reader says about a row. Its place, the dimmed numbers and the chips show the same. */
function rowLabel(process: Process, model: NamespaceModel, step: string | undefined): string {
  const outside = process.pids.slice(0, -1);
  const fate = fateOfChildren(process, model);
  return [
    text("rowLabel", plainLine(process.command), process.pids.at(-1) ?? process.pid),
    model.isDead(process) ? text("deadLabel") : "",
    outside.length > 0 ? text("rowOutside", outside.join(", ")) : "",
    ...differencesOf(process, model.own).map(({ type, inode }) => `${type} ${inode}`),
    ...process.otherThreads.flatMap((thread) =>
      differencesOfThread(thread, process).map(({ type, inode }) => text("threadChip", thread.tid, `${type} ${inode}`)),
    ),
    (process.root ?? "/") === "/" ? "" : `${text("root")} ${plainLine(process.root ?? "")}`,
    fate ? fateHint(fate) : "",
    isProcForeign(process) ? text("foreignProcHint") : "",
    process.terminal ?? "",
    step === undefined ? "" : text("checkMarked", step),
  ]
    .filter(Boolean)
    .join(", ");
}

function itemKey(item: Row | Box): string {
  return item.kind === "box" ? boxKey(item.inode) : rowKey(item.process.pid);
}
