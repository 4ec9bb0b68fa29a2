/** Says at most one thing in a while. Of many that come at once, it says the last one and how many others there were. */
export class Announcer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: string | undefined;
  private more = 0;

  constructor(
    private readonly say: (last: string, more: number) => void,
    private readonly pauseMs = 3000,
  ) {}

  tell(sentence: string, count = 1): void {
    if (this.timer === undefined) {
      this.say(sentence, count - 1);
      this.timer = setTimeout(() => this.ready(), this.pauseMs);
    } else {
      this.more += this.waiting === undefined ? count - 1 : count;
      this.waiting = sentence;
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = undefined;
    this.more = 0;
  }

  private ready(): void {
    this.timer = undefined;
    const { waiting, more } = this;
    this.waiting = undefined;
    this.more = 0;
    if (waiting !== undefined) this.tell(waiting, more + 1);
  }
}
