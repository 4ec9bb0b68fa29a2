import { plainLine } from "../../kit/plain-text";
import type { Progress } from "../../wire/lesson";
import type { Snapshot } from "../../wire/snapshot";
import type { Found } from "./context";

/** The processes that checks found, as they were last seen, so that one that has died since still has its name. */
export class Finds {
  private readonly labels = new Map<number, string>();
  private living = new Set<number>();
  private sandbox: string | undefined;

  get(pid: number): Found | undefined {
    const label = this.labels.get(pid);
    return label === undefined ? undefined : { label, alive: this.living.has(pid) };
  }

  /** Returns true if something has changed. */
  learn(snapshot: Snapshot | null, progress: Progress | undefined): boolean {
    const wanted = new Set(progress?.steps.flatMap(({ checks }) => checks.flatMap(({ matched }) => matched)) ?? []);
    if (this.sandbox !== snapshot?.sandbox) this.labels.clear();
    this.sandbox = snapshot?.sandbox;
    const before = this.key();
    const seen = snapshot?.processes.filter(({ pid }) => wanted.has(pid)) ?? [];
    this.living = new Set(seen.map(({ pid }) => pid));
    for (const { pid, command, pids } of seen) this.labels.set(pid, `${plainLine(command, 24)} ${pids.join(" · ")}`);
    for (const pid of this.labels.keys()) if (!wanted.has(pid)) this.labels.delete(pid);
    return before !== this.key();
  }

  private key(): string {
    return JSON.stringify([[...this.labels], [...this.living]]);
  }
}
