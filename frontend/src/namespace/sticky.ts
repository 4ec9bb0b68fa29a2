const near = 12;

/** Keeps a growing list scrolled to its end, unless somebody has scrolled back to read. */
export class Sticky {
  private atEnd = true;

  /** To be called before the list grows. */
  look(list: Element | null): void {
    if (list) this.atEnd = list.scrollHeight - list.scrollTop - list.clientHeight <= near;
  }

  /** Scrolls a list that has just come into view to its end. */
  restart(): void {
    this.atEnd = true;
  }

  /** To be called after the list has grown. */
  keep(list: Element | null): void {
    if (list && this.atEnd) list.scrollTop = list.scrollHeight;
  }
}
