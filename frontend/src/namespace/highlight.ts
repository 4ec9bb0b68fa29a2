import type { NamespaceModel } from "./model/model";
import type { Selection } from "./view/selection";

/**
 * Marks everything that shares one namespace with `data-same`: what names its inode, and the rows of its members. By the DOM and not by
 * rendering: the pointer moves often, and 500 rows need not be rendered for that.
 */
export class Highlight {
  private key: string | undefined;

  constructor(private readonly root: HTMLElement) {}

  /** The namespace under the pointer or the focus: what `element` names, nothing where it names none. */
  point(element: Element | null): string | undefined {
    const named = element?.closest<HTMLElement>("[data-ns]");
    // A box is named by itself and its header, not by all that is in it.
    if (!named || (named.matches(".box") && named !== element && element?.closest("header")?.parentElement !== named)) return undefined;
    return named.dataset.ns;
  }

  show(key: string | undefined, model: NamespaceModel | undefined): void {
    if (key === this.key) return;
    this.key = key;
    this.apply(model);
  }

  /** Marks anew, after rendering. */
  apply(model: NamespaceModel | undefined): void {
    const marked = new Set(this.root.querySelectorAll<HTMLElement>("[data-same]"));
    if (this.key && model) {
      for (const element of this.sharing(this.key, model)) {
        element.dataset.same = "";
        marked.delete(element);
      }
    }
    for (const element of marked) delete element.dataset.same;
  }

  private *sharing(key: string, model: NamespaceModel): Iterable<HTMLElement> {
    yield* this.root.querySelectorAll<HTMLElement>(`[data-ns="${CSS.escape(key)}"]`);
    const [type = "", inode] = key.split(":");
    // Members of the sandbox's own are nearly all: marking them all tells nothing.
    if (model.own[type] === Number(inode)) return;
    const pids = new Set(model.membersOf(type, Number(inode)).map(({ pid }) => String(pid)));
    for (const row of this.root.querySelectorAll<HTMLElement>(".row[data-pid]")) if (pids.has(row.dataset.pid ?? "")) yield row;
  }
}

/** The `data-ns` of a selected namespace. */
export function keyOf(selection: Selection): string | undefined {
  return selection?.kind === "namespace" ? `${selection.type}:${selection.inode}` : undefined;
}
