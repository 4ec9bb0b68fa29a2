import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { plainLine } from "../../kit/plain-text";
import { namespaceTypes, type Process } from "../../wire/snapshot";
import type { Filter } from "../model/filter";
import { type NamespaceModel, rowKey } from "../model/model";
import { text } from "../words/messages";
import { type Marks, mark } from "./mark";
import { isSelected, type Selection } from "./selection";

/** A table of processes × namespace types. Equal numbers have equal colours; the sandbox's own are grey. */
export function tableView(model: NamespaceModel, selected: Selection, marks: Marks, filter: Filter): TemplateResult {
  const processes = model.snapshot.processes
    .filter((process) => filter.matches(process, model.own))
    .sort((one, other) => one.pid - other.pid);
  if (processes.length === 0) return html`<p class="empty">${text("findNone")}</p>`;
  return html`
    <div class="table-scroll" tabindex="-1">
      <table class="matrix" role="grid" aria-label=${text("tableLabel")} style="--pids:${longestPids(processes)}; --digits:${model.digits}">
        <thead role="rowgroup">
          <tr role="row"><th role="columnheader" scope="col" class="number">pid</th><th role="columnheader" scope="col">${text("process")}</th>
            ${namespaceTypes.map((type) => html`<th role="columnheader" scope="col">${type}</th>`)}</tr>
        </thead>
        <tbody role="rowgroup">
          ${repeat(
            processes,
            ({ pid }) => pid,
            (process) => line(process, model, selected, marks.get(process.pid)),
          )}
        </tbody>
      </table>
    </div>
  `;
}

// Each row is a grid of its own, because only then it costs nothing while it is out of sight. So the widths have to be known beforehand,
// and the roles have to be set, which rows outside a table's layout lose.
function longestPids(processes: readonly Process[]): number {
  return Math.max(3, ...processes.map(({ pids }) => pids.join(" · ").length));
}

function line(process: Process, model: NamespaceModel, selected: Selection, step: string | undefined): TemplateResult {
  return html`
    <tr class="line" role="row" tabindex="-1" aria-selected=${isSelected(selected, process.pid) ? "true" : "false"} data-key=${rowKey(process.pid)} data-pid=${process.pid}
      data-pids=${process.pids.join(" ")} ?data-fresh=${model.fresh.has(rowKey(process.pid))} ?data-dead=${model.isDead(process)} ?data-lesson=${step !== undefined}>
      <td class="number" role="gridcell">${process.pids.join(" · ")}</td>
      <th scope="row" role="rowheader"><span class="command">${plainLine(process.command) || "?"}</span>${mark(step)}</th>
      ${namespaceTypes.map((type) => cell(type, process, model))}
    </tr>
  `;
}

function cell(type: string, process: Process, model: NamespaceModel): TemplateResult {
  const inode = process.namespaces[type];
  if (!inode) return html`<td class="inode" role="gridcell" tabindex="-1" data-cell>–</td>`;
  const digits = String(inode);
  const own = inode === model.own[type];
  return html`<td role="gridcell" class="inode ns-${model.colors.of(type, inode)}" tabindex="-1" data-cell ?data-own=${own} data-ns="${type}:${inode}" title=${`${type}:[${inode}]`}>
    <span class="common">${digits.slice(0, -model.digits)}</span><span class="last">${model.short(inode)}</span>
  </td>`;
}
