import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import { countWord } from "../../kit/messages";
import { plainLine, spelledOut } from "../../kit/plain-text";
import { type NamespaceType, namespaceTypes, type Process } from "../../wire/snapshot";
import { childrenElsewhere, timeOfChildren } from "../model/differences";
import { fateHint, fateOfChildren } from "../model/fate";
import type { NamespaceModel } from "../model/model";
import { chainOf, hostnameOf } from "../model/tree";
import { isProcForeign } from "../view/chips";
import { text } from "../words/messages";
import { familyView } from "./family-view";
import { interfacesFact, uidMapFact } from "./namespace-facts";
import { namespaceLink } from "./namespace-link";
import { rootFact, signalsFact, threadsFact } from "./process-facts";

/** The details of one process: its PID at every level side by side, and its namespaces beside its parent's. */
export function lens(process: Process, model: NamespaceModel, close: () => void): TemplateResult {
  const parent = model.process(process.parent);
  const command = plainLine(process.command) || "?";
  return html`
    <section class="lens" aria-label=${text("lensLabel", command)} data-testid="lens" data-pid=${process.pid} ?data-dead=${model.isDead(process)}>
      <header>
        <h2 tabindex="-1"><bdi>${spelledOut(process.command) || "?"}</bdi> <span>— ${process.pids.length === 1 ? text("lensOne") : text("lensMany", countWord(process.pids.length))}</span></h2>
        <button type="button" class="icon-button" title=${text("close")} aria-label=${text("close")} @click=${close}>${icon("close")}</button>
      </header>
      <ol class="levels">${levels(process, model)}</ol>
      ${whatIsOdd(process, model)}
      <table class="compare">
        <thead>
          <tr><th scope="col">${text("type")}</th><th scope="col">${text("thisProcess")}</th>
            <th scope="col">${parent ? text("itsParent", plainLine(parent.command, 24), parent.pid) : text("noParent")}</th></tr>
        </thead>
        <tbody>
          ${namespaceTypes.filter((type) => !isShared(type, process, parent, model)).map((type) => comparison(type, type, process, parent, model))}
          ${childrenElsewhere(process) ? comparison("pid_for_children", "pid", process, parent, model) : nothing}
          ${timeOfChildren(process) ? comparison("time_for_children", "time", process, parent, model) : nothing}
        </tbody>
      </table>
      ${shared(process, parent, model)} ${facts(process, model)} ${familyView(process, model)}
    </section>
  `;
}

/**
 * Whether this process and its parent are both in the sandbox's own namespace of this type, so that there is nothing to compare. The PID
 * namespace is always compared.
 */
function isShared(type: NamespaceType, process: Process, parent: Process | undefined, model: NamespaceModel): boolean {
  const own = model.own[type];
  return type !== "pid" && process.namespaces[type] === own && (parent === undefined || parent.namespaces[type] === own);
}

function shared(process: Process, parent: Process | undefined, model: NamespaceModel): TemplateResult | typeof nothing {
  const types = namespaceTypes.filter((type) => isShared(type, process, parent, model));
  if (types.length === 0) return nothing;
  return html`<p class="shared">${text("sandboxOwn")} ${types.map((type) => html`<span>${sharedOne(type, process.namespaces[type], model)}</span> `)}</p>`;
}

function sharedOne(type: string, inode: number | undefined, model: NamespaceModel): TemplateResult {
  return inode ? namespaceLink(type, inode, `${type} ${inode}`, model) : html`${type} –`;
}

function levels(process: Process, model: NamespaceModel): TemplateResult[] {
  const chain = chainOf(process, model.snapshot);
  const missing = process.pids.length - chain.length;
  return process.pids.map((pid, index) => {
    const inode = chain[index - missing];
    const name = inode === undefined ? "?" : (hostnameOf(inode, model.snapshot) ?? `pid ${inode}`);
    return html`<li class="ns-${model.colors.of("pid", inode)}" title=${inode === undefined ? "" : `pid:[${inode}]`} data-ns=${inode === undefined ? nothing : `pid:${inode}`}>
      <span class="where"><span>${plainLine(name, 32)}</span>${inode === undefined ? nothing : html`<span class="inode">${model.short(inode)}</span>`}</span>
      <span class="number">${pid}</span>
    </li>`;
  });
}

function comparison(field: string, type: string, process: Process, parent: Process | undefined, model: NamespaceModel): TemplateResult {
  const mine = process.namespaces[field];
  const theirs = parent?.namespaces[field];
  const differs = parent !== undefined && mine !== theirs;
  return html`<tr ?data-differs=${differs}>
    <th scope="row">${field}</th>${number(type, mine, model)}${number(type, theirs, model)}
  </tr>`;
}

function number(type: string, inode: number | undefined, model: NamespaceModel): TemplateResult {
  if (!inode) return html`<td>–</td>`;
  return html`<td>${namespaceLink(type, inode, String(inode), model)}</td>`;
}

/** What newcomers stumble over, a sentence for each. */
function whatIsOdd(process: Process, model: NamespaceModel): TemplateResult {
  const fate = fateOfChildren(process, model);
  return html`
    ${model.isDead(process) ? html`<p class="odd">${text("deadProcess")}</p>` : nothing}
    ${fate ? html`<p class="odd" ?data-warning=${fate.kind === "none"} data-testid="fate">${fateHint(fate)}${fate.kind === "elsewhere" ? html`<br>${text("childrenWhy")}` : nothing}</p>` : nothing}
    ${isProcForeign(process) ? html`<p class="odd" data-warning>${text("foreignProcHint")}</p>` : nothing}
  `;
}

function facts(process: Process, model: NamespaceModel): TemplateResult {
  const line = spelledOut(process.arguments.join(" "));
  return html`
    <dl class="facts">
      ${line ? html`<div><dt>${text("commandLine")}</dt><dd><code><bdi>${line}</bdi></code></dd></div>` : nothing}
      <div><dt>uid</dt><dd>${process.uid}</dd></div>
      <div><dt>${text("state")}</dt><dd>${process.state}</dd></div>
      ${rootFact(process, model)} ${signalsFact(process)} ${threadsFact(process, model)}
      ${uidMapFact(model.namespace("user", process.namespaces.user))}
      ${interfacesFact(model.namespace("net", process.namespaces.net))}
    </dl>
  `;
}
