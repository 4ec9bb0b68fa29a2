import type { NamespaceModel } from "./model/model";
import type { Selection } from "./view/selection";

/**
 * Marks everything that shares one namespace with `data-same`: what names its inode, and the rows of its members. It changes the DOM
 * directly, because the pointer moves often and 500 rows should not be rendered for that.
 */
export class Highlight {
  private key: string | undefined;

  constructor(private readonly root: HTMLElement) {}

  /** The namespace that `element`, which is under the pointer or the focus, names; undefined if it names none. */
  point(element: Element | null): string | undefined {
    const named = element?.closest<HTMLElement>("[data-ns]");
    // A box and its header name the box's namespace, but not everything in the box does.
    if (!named || (named.matches(".box") && named !== element && element?.closest("header")?.parentElement !== named)) return undefined;
    return named.dataset.ns;
  }

  show(key: string | undefined, model: NamespaceModel | undefined): void {
    if (key === this.key) return;
    this.key = key;
    this.apply(model);
  }

  /** Sets the marks again after rendering. */
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
    // Nearly all processes are members of the sandbox's own namespaces, so marking them tells nothing.
    if (model.own[type] === Number(inode)) return;
    const pids = new Set(model.membersOf(type, Number(inode)).map(({ pid }) => String(pid)));
    for (const row of this.root.querySelectorAll<HTMLElement>(".row[data-pid]")) if (pids.has(row.dataset.pid ?? "")) yield row;
  }
}

/** The `data-ns` of a selected namespace. */
export function keyOf(selection: Selection): string | undefined {
  return selection?.kind === "namespace" ? `${selection.type}:${selection.inode}` : undefined;
}
