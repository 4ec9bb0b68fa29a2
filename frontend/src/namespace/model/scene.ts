import type { Happening } from "../../wire/sandbox";
import type { Snapshot } from "../../wire/snapshot";
import { plainSentence } from "../words/sentence";
import { isSameSandbox } from "./changes";
import { Freshness } from "./freshness";
import { Journal } from "./journal";
import { NamespaceModel } from "./model";

/** What the panel knows about one sandbox: the model of its newest snapshot, and what has happened so far. It knows no document. */
export class Scene {
  model: NamespaceModel | undefined;
  journal = new Journal();
  private waiting: Snapshot | undefined;
  private told = 0;

  /** The newest snapshot, whether or not it was already taken in. */
  get snapshot(): Snapshot | null {
    return this.waiting ?? this.model?.living ?? null;
  }

  /** Sets the snapshot that is shown next. Of several, the last one is. */
  put(snapshot: Snapshot): void {
    this.waiting = snapshot;
  }

  tell(message: Happening): void {
    switch (message.type) {
      case "event":
        return this.journal.called(message);
      case "outcome":
        return this.journal.became(message);
      case "lost":
        return this.journal.lost(message.count);
      case "exit":
        this.journal.exited(message);
        if (this.model) this.model.afterlife.told(message, this.model.living);
    }
  }

  /** Takes in what has come since, and drops what has been dead for long. Returns true if the sandbox is not the same as before. */
  take(): boolean {
    const snapshot = this.waiting ?? this.model?.living;
    this.waiting = undefined;
    if (!snapshot) return false;
    const other = this.model !== undefined && !isSameSandbox(this.model.living, snapshot);
    if (other) this.forget();
    const last = this.model;
    if (last && last.living !== snapshot) this.journal.observed(last.living, snapshot);
    this.model = new NamespaceModel(snapshot, last);
    return other;
  }

  /** Milliseconds until something has to look different without any news, because it stops glowing, fades or goes. */
  next(): number | undefined {
    const fade = this.model?.afterlife.next();
    const times = [...(this.model?.news ? [Freshness.milliseconds + 50] : []), ...(fade === undefined ? [] : [fade + 20])];
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** The last thing that happened since the previous call, and how many things did; undefined if nothing did. */
  news(): { last: string; count: number } | undefined {
    const count = this.journal.total - this.told;
    this.told = this.journal.total;
    const last = this.journal.entries.at(-1);
    return count > 0 && last ? { last: plainSentence(last.parts), count } : undefined;
  }

  forget(): void {
    this.waiting = undefined;
    this.model = undefined;
    this.journal = new Journal();
    this.told = 0;
  }
}
