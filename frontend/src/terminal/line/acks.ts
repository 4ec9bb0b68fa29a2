/** Tells the server how many bytes were handled, a bound at a time: its window stays open while this page keeps up, and no longer. */
export class Acks {
  private bytes = 0;

  constructor(
    private readonly send: (bytes: number) => void,
    private readonly every = 64 * 1024,
  ) {}

  handled(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes < this.every) return;
    this.send(this.bytes);
    this.bytes = 0;
  }
}
