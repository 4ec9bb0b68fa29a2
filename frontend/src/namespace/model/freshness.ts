const glowMs = 2600;

/** Which things came a moment ago. Those that are there at first are not new. */
export class Freshness {
  private readonly seen = new Map<string, number>();
  private first = true;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Takes in what is there now. Returns true if something came that has to be shown as new. */
  learn(keys: Iterable<string>): boolean {
    const all = new Set(keys);
    for (const key of this.seen.keys()) if (!all.has(key)) this.seen.delete(key);
    const since = this.first ? Number.NEGATIVE_INFINITY : this.now();
    let news = false;
    for (const key of all) {
      if (this.seen.has(key)) continue;
      this.seen.set(key, since);
      news ||= !this.first;
    }
    this.first = false;
    return news;
  }

  has(key: string): boolean {
    const since = this.seen.get(key);
    return since !== undefined && this.now() - since < glowMs;
  }

  static readonly milliseconds = glowMs;
}
