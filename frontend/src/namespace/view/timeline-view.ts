import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { language } from "../../kit/messages";
import type { Entry, Journal, Target } from "../model/journal";
import type { NamespaceModel } from "../model/model";
import { text } from "../words/messages";
import { plainSentence, sentence } from "../words/sentence";
import { isSame, type Selection } from "./selection";

const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/**
 * Everything that happened, the newest last. It is a list and not a live region, because the panel announces news itself, at a bearable
 * rate.
 */
export function timelineView(journal: Journal, model: NamespaceModel, selected: Selection): TemplateResult {
  if (journal.entries.length === 0) return html`<p class="empty">${text("timelineEmpty")}</p>`;
  return html`
    <div class="timeline" role="listbox" aria-label=${text("timelineLabel")}>
      ${repeat(
        journal.entries,
        ({ id }) => id,
        (entry) => line(entry, targetNow(entry, model), selected),
      )}
    </div>
  `;
}

function line(entry: Entry, target: Target | undefined, selected: Selection): TemplateResult {
  const chosen = target !== undefined && isSame(target, selected);
  return html`
    <div class="entry" role="option" tabindex="-1" aria-selected=${chosen ? "true" : "false"} data-key="entry ${entry.id}" data-entry=${entry.id}
      data-kind=${entry.kind} data-outcome=${entry.outcome || nothing} data-testid="timeline-entry" ?data-quiet=${target === undefined}>${told(entry)}</div>
  `;
}

/** The last three entries, always as high as three lines. */
export function latestView(journal: Journal): TemplateResult {
  const latest = journal.entries.slice(-3);
  return html`
    <section class="latest" aria-label=${text("latestLabel")} data-testid="latest">
      ${latest.length === 0 ? html`<p class="latest-empty">${text("timelineEmpty")}</p>` : latest.map((entry) => html`<p data-kind=${entry.kind} data-outcome=${entry.outcome || nothing} title=${plainSentence(entry.parts)}>${told(entry)}</p>`)}
    </section>
  `;
}

function told(entry: Entry): TemplateResult {
  return html`<time datetime=${entry.at.toISOString()}>${clock.format(entry.at)}</time><span class="said">${sentence(entry.parts)}</span>`;
}

/** The first of an entry's targets that still exists. */
export function targetNow({ targets }: Entry, model: NamespaceModel): Target | undefined {
  return targets.find((target) => (target.kind === "process" ? model.process(target.pid) : model.namespace(target.type, target.inode)));
}
