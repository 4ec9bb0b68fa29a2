import { html, type TemplateResult } from "lit";
import type { Autopsy } from "../model/afterlife";
import { text } from "../words/messages";

/** One line that says what happened in a namespace whose init died. */
export function autopsyLine({ inode, along, signal, status }: Autopsy): TemplateResult {
  return html`<p class="autopsy" data-testid="autopsy" data-inode=${inode}>${autopsyText(along, signal, status)}</p>`;
}

export function autopsyText(along: number, signal: string | null, status: number | null): string {
  const how = signal ? text("autopsyKilled", signal) : status === null ? text("autopsyEnded") : text("autopsyExited", status);
  const rest = along === 0 ? text("autopsyAlone") : along === 1 ? text("autopsyAlongOne") : text("autopsyAlongMany", along);
  return how + rest;
}
