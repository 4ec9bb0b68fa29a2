/** Columns and rows of a terminal, in character cells. */
export interface Size {
  readonly cols: number;
  readonly rows: number;
}

export function sameSize(one: Size, other: Size): boolean {
  return one.cols === other.cols && one.rows === other.rows;
}

/**
 * Whose size a terminal has: this page's, or another viewer's. The server tells every viewer of each change, including the page that
 * asked for it, and the last one rules. So a size that this page has not asked for is another viewer's.
 */
export class SizeOwner {
  /** The sizes that this page has asked for and the server has not yet confirmed. */
  private unanswered: Size[] = [];
  private mine: Size | undefined;
  private others: Size | undefined;

  /** The size that another viewer has set; undefined if this page's rules. */
  get foreign(): Size | undefined {
    return this.others;
  }

  /** Whether the caller has to ask the server for `size`, because it has not done so already. */
  ask(size: Size): boolean {
    if (this.mine && sameSize(this.mine, size)) return false;
    this.mine = size;
    this.unanswered.push(size);
    return true;
  }

  /** From now on this page's size rules; it has to be asked for again. */
  claim(): void {
    this.others = undefined;
    this.mine = undefined;
  }

  /** The server says what the size is now. */
  told(size: Size): void {
    const index = this.unanswered.findIndex((asked) => sameSize(asked, size));
    if (index >= 0) this.unanswered.splice(0, index + 1);
    else this.others = this.mine && sameSize(this.mine, size) ? undefined : size;
  }

  /** There is a new connection, on which requests of the last one will not be answered. */
  attached(size: Size): void {
    this.unanswered = [];
    this.others = this.mine && sameSize(this.mine, size) ? undefined : size;
  }
}
