/**
 * Waiting times between attempts to connect, in ms: each is twice the last, up to a bound, with jitter, so that a class does not return
 * all at once.
 */
export class Backoff {
  private next: number;

  constructor(
    private readonly first = 250,
    private readonly last = 5000,
    private readonly random: () => number = Math.random,
  ) {
    this.next = first;
  }

  delay(): number {
    const delay = this.next * (0.8 + 0.2 * this.random());
    this.next = Math.min(this.next * 2, this.last);
    return delay;
  }

  reset(): void {
    this.next = this.first;
  }
}
