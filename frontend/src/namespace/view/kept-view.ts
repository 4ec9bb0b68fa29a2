import { html, nothing, type TemplateResult } from "lit";
import { plainLine } from "../../kit/plain-text";
import type { Holder, Namespace } from "../../wire/snapshot";
import { keptKey, type NamespaceModel } from "../model/model";
import { type MessageKey, text } from "../words/messages";
import { named } from "../words/sentence";
import { isSelected, type Selection } from "./selection";

/** Namespaces without a process, each with what keeps it. */
export function keptView(model: NamespaceModel, selected: Selection): TemplateResult | typeof nothing {
  if (model.kept.length === 0) return nothing;
  return html`
    <section class="kept" aria-label=${text("keptLabel")}>
      <h3>${text("kept")}</h3>
      <ul role="listbox" aria-label=${text("keptLabel")}>
        ${model.kept.map((namespace) => line(namespace, model, selected))}
      </ul>
    </section>
  `;
}

function line(namespace: Namespace, model: NamespaceModel, selected: Selection): TemplateResult {
  const { type, inode, hostname } = namespace;
  return html`
    <li class="ns-${model.colors.of(type, inode)}" role="option" tabindex="-1" aria-selected=${isSelected(selected, type, inode) ? "true" : "false"}
      data-key=${keptKey(type, inode)} data-ns="${type}:${inode}" data-type=${type} data-inode=${inode} data-testid="kept-namespace"
      ?data-fresh=${model.fresh.has(keptKey(type, inode))}>
      <span class="inode">${type} ${inode}</span>${hostname ? html`<span class="hostname">${plainLine(hostname, 64)}</span>` : nothing}
      <span class="by">${holdersOf(namespace, model).join(" · ")}</span>
    </li>
  `;
}

/** What keeps a namespace besides its members, in words. */
export function holdersOf({ holders, heldBy }: Pick<Namespace, "holders" | "heldBy">, model: NamespaceModel): string[] {
  const told = holders.map((holder) => holderText(holder, model));
  const kinds = new Set<string>(holders.map(({ kind }) => kind));
  return [
    ...told,
    ...heldBy
      .filter((kind) => !kinds.has(kind))
      .flatMap((kind) => unknown[kind] ?? [])
      .map((key) => text(key)),
  ];
}

const unknown: Readonly<Record<string, MessageKey>> = {
  mount: "keptMountUnknown",
  fd: "keptFdUnknown",
  socket: "keptSocketUnknown",
  thread: "keptThreadUnknown",
  namespace: "keptNamespaceUnknown",
  children: "keptChildren",
  pid_for_children: "keptChildren",
};

function holderText(holder: Holder, model: NamespaceModel): string {
  switch (holder.kind) {
    case "mount":
      return text("keptMount", plainLine(holder.path, 256), who(holder.pid, model));
    case "fd":
      return text("keptFd", holder.fd, who(holder.pid, model));
    case "socket":
      return text("keptSocket", holder.fd, who(holder.pid, model));
    case "thread":
      return text("keptThread", holder.tid, who(holder.pid, model));
    case "namespace": {
      const type = model.snapshot.namespaces.find(({ inode }) => inode === holder.inode)?.type;
      return text("keptNamespace", `${type ? `${type} ` : ""}${holder.inode}`);
    }
  }
}

function who(pid: number, model: NamespaceModel): string {
  return named(model.process(pid)?.command ?? "?", pid).strong;
}
