import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { plainLine } from "../../kit/plain-text";
import type { Process } from "../../wire/snapshot";
import { differencesOf, differencesOfThread } from "../model/differences";
import { fateHint, fateOfChildren } from "../model/fate";
import { boxKey, type NamespaceModel, rowKey } from "../model/model";
import type { Group, Shown, ShownBox } from "../model/outline";
import type { Row } from "../model/tree";
import { text } from "../words/messages";
import { autopsyLine, autopsyText } from "./autopsy-view";
import { chips, isProcForeign } from "./chips";
import { keptView } from "./kept-view";
import { type Marks, mark } from "./mark";
import { isSelected, type Selection } from "./selection";

/** How many levels have boxes with all four sides. */
const mostWide = 5;

/**
 * The nested boxes of PID namespaces with the processes in them. The element handles focus and keys, and folds what `data-fold` is in.
 * `shown` is null while there is no process.
 */
export function treeView(model: NamespaceModel, shown: ShownBox | null, selected: Selection, marks: Marks): TemplateResult {
  if (!shown) return html`<p class="empty">${text("noProcess")}</p>`;
  if (shown.items.length === 0 && !shown.folded) return html`<p class="empty">${text("findNone")}</p>`;
  return html`<div class="tree" role="tree" aria-label=${text("treeLabel")}>${box(shown, model, selected, marks)}</div>
    ${keptView(model, selected)}`;
}

/** `around`: whether the namespace around it is dead, too, and already says what happened. */
function box(shown: ShownBox, model: NamespaceModel, selected: Selection, marks: Marks, around = false): TemplateResult {
  const { box: it, items, folded } = shown;
  const hostname = it.hostname === null ? null : plainLine(it.hostname, 64);
  const death = model.afterlife.of(it.inode);
  const label = text("boxLabel", it.inode, hostname ?? "?", it.members);
  const empty = it.items.length === 0;
  return html`
    <div class="box ns-${model.colors.of("pid", it.inode)}" role="treeitem" tabindex="-1" aria-level=${it.level} aria-expanded=${folded ? "false" : "true"}
      aria-selected=${isSelected(selected, "pid", it.inode) ? "true" : "false"}
      aria-label=${death ? `${label}. ${autopsyText(death.along, death.signal, death.status)}` : label}
      data-key=${boxKey(it.inode)} data-inode=${it.inode} data-testid="pid-namespace" data-ns="pid:${it.inode}" ?data-deep=${it.level > mostWide}
      ?data-dead=${death !== undefined} ?data-empty=${empty} ?data-fading=${death && !around && model.afterlife.isFading(death.init)}
      ?data-fresh=${model.fresh.has(boxKey(it.inode))}>
      <header aria-hidden="true">
        ${triangle()}<span class="hostname">${hostname ?? nothing}</span>${it.sandboxRoot ? html`<span class="note">${text("thisSandbox")}</span>` : nothing}${folded ? html`<span class="note">${text("foldedBox", shown.size)}</span>` : nothing}
        <span class="inode">pid ${it.inode}</span>
      </header>
      ${death && !around ? autopsyLine(death) : nothing}
      ${
        folded
          ? nothing
          : html`<div role="group">
        ${repeat(items, itemKey, (item) => one(item, it.level, model, selected, marks, around || death !== undefined))}
        ${empty ? html`<p class="empty">${text("emptyBox")}</p>` : nothing}
      </div>`
      }
    </div>
  `;
}

/** What folds and unfolds by a click. Keys and screen readers do so with the item that it belongs to. */
function triangle(): TemplateResult {
  return html`<span class="fold" data-fold data-testid="fold"></span>`;
}

function one(item: Shown, level: number, model: NamespaceModel, selected: Selection, marks: Marks, dead: boolean): TemplateResult {
  switch (item.kind) {
    case "box":
      return box(item, model, selected, marks, dead);
    case "group":
      return group(item, level, model, selected);
    case "row":
      return row(item, level, model, selected, marks.get(item.process.pid));
  }
}

/** Equal processes in one row, or below it. */
function group({ key, rows, folded }: Group, level: number, model: NamespaceModel, selected: Selection): TemplateResult {
  const [first] = rows;
  if (!first) return html``;
  const { process, depth } = first;
  const command = plainLine(process.command) || "?";
  const range = `${process.pids.at(-1)} … ${rows.at(-1)?.process.pids.at(-1)}`;
  return html`
    <div class="equals" role="treeitem" tabindex="-1" aria-level=${level + 1 + depth} aria-expanded=${folded ? "false" : "true"} aria-selected="false"
      aria-label=${text("equalsLabel", command, rows.length, range)} data-key=${key} data-group data-testid="equals" ?data-dead=${model.isDead(process)}>
      <div class="row" title=${plainLine(process.arguments.join(" "), 300)} ?data-dead=${model.isDead(process)}>
        <span class="pid">${triangle()}</span>
        <span class="what">${branch(depth)}<span class="command">${command}</span><span class="count">× ${rows.length}</span>
          ${chips(process, model)}<span class="aside"><span class="outside">PID ${range}</span></span></span>
      </div>
      ${folded ? nothing : html`<div role="group">${repeat(rows, itemKey, (it) => row(it, level + 1, model, selected, undefined))}</div>`}
    </div>
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
        ${branch(depth)}<span class="command">${plainLine(process.command) || "?"}</span>
        ${chips(process, model)}${mark(step)}
        ${aside(process, model)}
      </span>
    </div>
  `;
}

function branch(depth: number): TemplateResult | typeof nothing {
  return depth > 0 ? html`<span class="branch" style="--depth:${Math.min(depth, 12)}"></span>` : nothing;
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

function itemKey(item: Shown): string {
  switch (item.kind) {
    case "box":
      return boxKey(item.box.inode);
    case "group":
      return item.key;
    case "row":
      return rowKey(item.process.pid);
  }
}
