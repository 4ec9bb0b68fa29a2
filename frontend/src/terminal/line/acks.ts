/** Tells the server in batches how many bytes were handled, so that its window is open only as long as this page keeps up. */
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
