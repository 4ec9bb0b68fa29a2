import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import { plainLine, spelledOut } from "../../kit/plain-text";
import type { Namespace, Process } from "../../wire/snapshot";
import type { NamespaceModel } from "../model/model";
import { holdersOf } from "../view/kept-view";
import { text } from "../words/messages";
import { mountsView } from "./mounts-view";
import { interfacesFact, uidMapFact } from "./namespace-facts";
import { namespaceLink } from "./namespace-link";

const mostMembers = 60;

/** The details of one namespace: its name, what it belongs to, who is in it. `select` opens the details of a process. */
export function namespaceLens(
  type: string,
  inode: number,
  model: NamespaceModel,
  close: () => void,
  select: (pid: number) => void,
): TemplateResult {
  const namespace = model.namespace(type, inode);
  const members = model.membersOf(type, inode);
  return html`
    <section class="lens ns-${model.colors.of(type, inode)}" aria-label=${text("namespaceLabel", type, inode)} data-testid="namespace-lens" data-inode=${inode}>
      <header>
        <h2 class="inode" tabindex="-1">${type} ${inode}</h2>
        <button type="button" class="icon-button" title=${text("close")} aria-label=${text("close")} @click=${close}>${icon("close")}</button>
      </header>
      ${namespace || members.length > 0 ? nothing : html`<p class="odd">${text("namespaceGone")}</p>`}
      <dl class="facts">
        ${namespace?.hostname ? html`<div><dt>${text("hostname")}</dt><dd><bdi>${spelledOut(namespace.hostname)}</bdi></dd></div>` : nothing}
        ${type === "user" ? uidMapFact(namespace) : nothing} ${interfacesFact(namespace)}
        ${namespace?.parent ? link(text("parentNamespace"), type, namespace.parent, model) : nothing}
        ${namespace?.owner ? link(text("owner"), "user", namespace.owner, model) : nothing}
        <div class="wide"><dt>${text("members")}</dt><dd>${members.length > 0 ? memberList(members, select) : text("membersNone")}</dd></div>
        ${namespace ? keepers(namespace, members.length > 0, model) : nothing}
      </dl>
      ${type === "mnt" ? mountsView(inode, model) : nothing}
    </section>
  `;
}

/**
 * What keeps the namespace alive. If it has processes, this is what would keep it without them, and the namespaces that it owns are left
 * out.
 */
function keepers(namespace: Namespace, inhabited: boolean, model: NamespaceModel): TemplateResult | typeof nothing {
  const holders = namespace.holders.filter(({ kind }) => kind !== "namespace");
  if (inhabited && holders.length === 0) return nothing;
  const lines = holdersOf(inhabited ? { holders, heldBy: [] } : namespace, model);
  return html`<div class="wide"><dt>${text(inhabited ? "keptByToo" : "keptBy")}</dt><dd data-testid="kept-by">${lines.map((line) => html`<span class="piece">${line}</span> `)}</dd></div>`;
}

function link(label: string, type: string, inode: number, model: NamespaceModel): TemplateResult {
  return html`<div><dt>${label}</dt><dd class="number">${namespaceLink(type, inode, `${type} ${inode}`, model)}</dd></div>`;
}

function memberList(members: readonly Process[], select: (pid: number) => void): TemplateResult {
  const rest = members.length - mostMembers;
  return html`${members
    .slice(0, mostMembers)
    .map(
      ({ pid, command }) =>
        html`<button type="button" class="member" @click=${() => select(pid)}>${plainLine(command, 24) || "?"} ${pid}</button> `,
    )}${rest > 0 ? text("familyCut", rest) : nothing}`;
}
