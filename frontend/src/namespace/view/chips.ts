import { html, nothing, type TemplateResult } from "lit";
import { middleOut } from "../../kit/plain-text";
import type { Process } from "../../wire/snapshot";
import { childrenElsewhere, differencesOf, differencesOfThread, timeOfChildren } from "../model/differences";
import { fateHint, fateOfChildren } from "../model/fate";
import { chipKey, type NamespaceModel } from "../model/model";
import { text } from "../words/messages";

const mostThreads = 3;

/** The namespaces that a process does not share with the sandbox, where its children will be, and what is odd about it. */
export function chips(process: Process, model: NamespaceModel): TemplateResult {
  const time = timeOfChildren(process);
  return html`${differencesOf(process, model.own).map(({ type, inode }) => chip(type, inode, `${type} ${model.short(inode)}`, `${type}:[${inode}]`, process, model))}
    ${children(process, model)}
    ${time ? chip("time", time, `${text("children")} → time ${model.short(time)}`, text("timeChildrenHint", time), process, model, "time-children") : nothing}
    ${threads(process, model)} ${badges(process)}`;
}

/** The threads that are in other namespaces than their process, of which the chips otherwise show only the first thread. */
function threads(process: Process, model: NamespaceModel): TemplateResult {
  const { otherThreads } = process;
  return html`${otherThreads
    .slice(0, mostThreads)
    .map((thread) =>
      differencesOfThread(thread, process).map(({ type, inode }) =>
        chip(
          type,
          inode,
          text("threadChip", thread.tid, `${type} ${model.short(inode)}`),
          text("threadChipHint", thread.tid, `${type}:[${inode}]`),
          process,
          model,
          `thread-${thread.tid}`,
        ),
      ),
    )}${otherThreads.length > mostThreads ? html`<span class="badge">${text("threadsMore", otherThreads.length - mostThreads)}</span>` : nothing}`;
}

function children(process: Process, model: NamespaceModel): TemplateResult | typeof nothing {
  const fate = fateOfChildren(process, model);
  if (!fate) return nothing;
  const hint = fateHint(fate);
  switch (fate.kind) {
    case "elsewhere":
      return chip("pid", fate.inode, `${text("children")} → pid ${model.short(fate.inode)}`, hint, process, model, "children");
    case "first":
      return html`<span class="badge awaited" tabindex="-1" data-cell title=${hint} data-testid="next-first">${text("nextFirst")}</span>`;
    case "none":
      return html`<span class="badge warning" tabindex="-1" data-cell title=${hint} data-ns="pid:${fate.inode}" data-testid="no-children">${text("noChildren")}</span>`;
  }
}

function chip(
  type: string,
  inode: number,
  face: string,
  title: string,
  process: Process,
  model: NamespaceModel,
  name = type,
): TemplateResult {
  const fresh = model.fresh.has(chipKey(process.pid, name, inode));
  return html`<span class="chip ns-${model.colors.of(type, inode)}" tabindex="-1" data-cell ?data-fresh=${fresh} data-type=${name} data-inode=${inode}
    data-ns="${type}:${inode}" title=${title}>${face}</span>`;
}

function badges(process: Process): TemplateResult {
  const root = process.root ?? "/";
  return html`${root === "/" ? nothing : html`<span class="badge" title=${text("rootHint")} data-testid="other-root">${text("root")} ${middleOut(root, 24)}</span>`}
    ${isProcForeign(process) ? html`<span class="badge warning" tabindex="-1" data-cell title=${text("foreignProcHint")} data-testid="foreign-proc">${text("foreignProc")}</span>` : nothing}
    ${process.state === "Z" ? html`<span class="badge" title=${text("zombieHint")}>${text("zombie")}</span>` : nothing}
    ${process.state === "T" || process.state === "t" ? html`<span class="badge">${text("stopped")}</span>` : nothing}`;
}

/**
 * Whether `ps` lies to this process. `unshare --mount-proc` itself also shares its child's mounts, but it only waits; a badge there would
 * tell of an oddity that nobody can meet.
 */
export function isProcForeign(process: Process): boolean {
  return process.procMount === "foreign" && childrenElsewhere(process) === undefined;
}
