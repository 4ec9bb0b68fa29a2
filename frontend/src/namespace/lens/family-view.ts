import { html, nothing, type TemplateResult } from "lit";
import { plainLine } from "../../kit/plain-text";
import type { Process } from "../../wire/snapshot";
import type { NamespaceModel } from "../model/model";
import { chainOf, hostnameOf } from "../model/tree";
import { text } from "../words/messages";

const mostAbove = 8;
const mostBelow = 8;

/** The process with its ancestors and children, one row each. Each PID namespace has a column with the PIDs that are seen there. */
export function familyView(process: Process, model: NamespaceModel): TemplateResult | typeof nothing {
  const above = ancestors(process, model);
  const below = model.snapshot.processes.filter(({ parent, pid }) => parent === process.pid && pid !== process.pid);
  const shown = [...above.slice(-mostAbove), process, ...below.slice(0, mostBelow)];
  const deepest = shown.reduce((one, other) => (other.pids.length > one.pids.length ? other : one));
  if (deepest.pids.length < 2) return nothing;
  const chain = chainOf(deepest, model.snapshot);
  const cut = above.length + below.length + 1 - shown.length;
  return html`
    <details class="family" data-testid="family">
      <summary>${text("family")}</summary>
      <table class="compare">
        <thead><tr><th scope="col">${text("process")}</th>${chain.map((inode) => heading(inode, model))}</tr></thead>
        <tbody>${shown.map((one) => row(one, chain, model, one === process))}</tbody>
      </table>
      ${cut > 0 ? html`<p class="shared">${text("familyCut", cut)}</p>` : nothing}
    </details>
  `;
}

function heading(inode: number, model: NamespaceModel): TemplateResult {
  const name = plainLine(hostnameOf(inode, model.snapshot) ?? "", 24);
  const title = text("familyWhere", `pid:[${inode}]`);
  return html`<th scope="col" class="level ns-${model.colors.of("pid", inode)}" data-ns="pid:${inode}" title=${title}>${name} ${model.short(inode)}</th>`;
}

/** A process that is in none of these namespaces (because nsenter moved it elsewhere) has no PID in their columns. */
function row(process: Process, chain: readonly number[], model: NamespaceModel, here: boolean): TemplateResult {
  const own = chainOf(process, model.snapshot);
  return html`<tr ?data-here=${here}>
    <th scope="row">${plainLine(process.command, 24) || "?"}</th>
    ${chain.map((inode, level) =>
      own[level] === inode
        ? html`<td class="ns-${model.colors.of("pid", inode)}">${process.pids[level] ?? "–"}</td>`
        : html`<td class="none">–</td>`,
    )}
  </tr>`;
}

function ancestors(process: Process, model: NamespaceModel): Process[] {
  const line: Process[] = [];
  let next = model.process(process.parent);
  while (next && next !== process && !line.includes(next)) {
    line.unshift(next);
    next = model.process(next.parent);
  }
  return line;
}
