/** Columns and rows of a terminal, in character cells. */
export interface Size {
  readonly cols: number;
  readonly rows: number;
}

export function sameSize(one: Size, other: Size): boolean {
  return one.cols === other.cols && one.rows === other.rows;
}

/**
 * Whose size a terminal has: this page's, or another viewer's. The server tells every viewer of each change, this page's own among them,
 * and the last one rules: a size that nobody here asked for is another's.
 */
export class SizeOwner {
  /** What this page asked for and the server has not confirmed yet. */
  private unanswered: Size[] = [];
  private mine: Size | undefined;
  private others: Size | undefined;

  /** The size that another viewer set, or undefined where this page's rules. */
  get foreign(): Size | undefined {
    return this.others;
  }

  /** Is `size` news to the server? Then the caller asks for it. */
  ask(size: Size): boolean {
    if (this.mine && sameSize(this.mine, size)) return false;
    this.mine = size;
    this.unanswered.push(size);
    return true;
  }

  /** This page's size shall rule; it has to be asked for anew. */
  claim(): void {
    this.others = undefined;
    this.mine = undefined;
  }

  /** The server says that the size is now this. */
  told(size: Size): void {
    const index = this.unanswered.findIndex((asked) => sameSize(asked, size));
    if (index >= 0) this.unanswered.splice(0, index + 1);
    else this.others = this.mine && sameSize(this.mine, size) ? undefined : size;
  }

  /** A new connection: answers to what was asked on the last one do not come. */
  attached(size: Size): void {
    this.unanswered = [];
    this.others = this.mine && sameSize(this.mine, size) ? undefined : size;
  }
}
