const near = 12;

/** Keeps a growing list at its end, unless somebody scrolled back to read. */
export class Sticky {
  private atEnd = true;

  /** Before the list grows. */
  look(list: Element | null): void {
    if (list) this.atEnd = list.scrollHeight - list.scrollTop - list.clientHeight <= near;
  }

  /** A list that just came into view shows its end. */
  restart(): void {
    this.atEnd = true;
  }

  /** After it has grown. */
  keep(list: Element | null): void {
    if (list && this.atEnd) list.scrollTop = list.scrollHeight;
  }
}
