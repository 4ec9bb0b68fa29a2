/**
 * Moves the focus in the panel by keys, like the ARIA patterns of a tree and of a grid: one item is in the tab order, and arrow keys lead
 * on from there. The right arrow goes to the inodes that a row shows (`data-cell`).
 */
export function moveFocus(event: KeyboardEvent, root: HTMLElement): void {
  const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
  const item = (event.target as HTMLElement).closest<HTMLElement>("[data-key]");
  const to = cell && item ? fromCell(event.key, cell, item, root) : item && fromItem(event.key, item, root);
  if (!to) return;
  event.preventDefault();
  to.focus();
}

function fromItem(key: string, from: HTMLElement, root: HTMLElement): HTMLElement | undefined | null {
  const items = [...root.querySelectorAll<HTMLElement>("[data-key]")];
  const index = items.indexOf(from);
  switch (key) {
    case "ArrowDown":
      return items[index + 1];
    case "ArrowUp":
      return items[index - 1];
    case "ArrowLeft":
      return from.parentElement?.closest<HTMLElement>("[data-key]");
    case "ArrowRight":
      return from.querySelector<HTMLElement>("[data-key]") ?? from.querySelector<HTMLElement>("[data-cell]");
    case "Home":
      return items[0];
    case "End":
      return items.at(-1);
    default:
      return undefined;
  }
}

function fromCell(key: string, from: HTMLElement, item: HTMLElement, root: HTMLElement): HTMLElement | undefined | null {
  const cells = [...item.querySelectorAll<HTMLElement>("[data-cell]")];
  const index = cells.indexOf(from);
  switch (key) {
    case "ArrowLeft":
      return cells[index - 1] ?? item;
    case "ArrowRight":
      return cells[index + 1];
    case "ArrowDown":
    case "ArrowUp": {
      const next = fromItem(key, item, root);
      return next?.querySelectorAll<HTMLElement>("[data-cell]")[index] ?? next;
    }
    default:
      return fromItem(key, item, root);
  }
}

/** Puts only the item with `key` into the tab order, or the first item if that one is gone. */
export function setTabStop(root: HTMLElement, key: string | undefined): void {
  const items = [...root.querySelectorAll<HTMLElement>("[data-key]")];
  const stop = items.find((item) => item.dataset.key === key) ?? items[0];
  for (const item of items) if (item.tabIndex === 0 && item !== stop) item.tabIndex = -1;
  if (stop) stop.tabIndex = 0;
}
