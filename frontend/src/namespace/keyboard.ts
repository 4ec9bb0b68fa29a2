/** Moves the focus in the panel by keys, after the ARIA pattern of a tree: one item is in the tab order, arrows go from there. */
export function moveFocus(event: KeyboardEvent, root: HTMLElement): void {
  const items = [...root.querySelectorAll<HTMLElement>("[data-key]")];
  const from = (event.target as HTMLElement).closest<HTMLElement>("[data-key]");
  const to = from && target(event.key, from, items);
  if (!to) return;
  event.preventDefault();
  to.focus();
}

function target(key: string, from: HTMLElement, items: HTMLElement[]): HTMLElement | undefined | null {
  const index = items.indexOf(from);
  switch (key) {
    case "ArrowDown":
      return items[index + 1];
    case "ArrowUp":
      return items[index - 1];
    case "ArrowLeft":
      return from.parentElement?.closest<HTMLElement>("[data-key]");
    case "ArrowRight":
      return from.querySelector<HTMLElement>("[data-key]");
    case "Home":
      return items[0];
    case "End":
      return items.at(-1);
    default:
      return undefined;
  }
}

/** Puts the item with `key` into the tab order, or the first one where it is gone; all others out of it. */
export function setTabStop(root: HTMLElement, key: string | undefined): void {
  const items = [...root.querySelectorAll<HTMLElement>("[data-key]")];
  const stop = items.find((item) => item.dataset.key === key) ?? items[0];
  for (const item of items) if (item.tabIndex === 0 && item !== stop) item.tabIndex = -1;
  if (stop) stop.tabIndex = 0;
}
