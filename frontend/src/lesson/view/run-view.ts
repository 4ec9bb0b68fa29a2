import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../kit/icons";
import type { RunBlock } from "../../wire/lesson";
import type { Scene } from "../model/context";
import { type Piece, pieces, type Values, wordsOf } from "../model/placeholders";
import { keysOf } from "../model/typing";
import { text } from "../words/messages";

/** A command that a click types into its terminal. */
export function runView(block: RunBlock, { progress, commands }: Scene): TemplateResult {
  const values = progress?.values ?? {};
  const keys = keysOf(block, values);
  // A solution that is being played types, too.
  const blocked = keys === undefined || (progress?.playing ?? null) !== null;
  const terminal = `tty${block.terminal}`;
  const label = block.interrupt && !block.text.trim() ? text("runInterrupt", terminal) : text("runIn", terminal);
  return html`
    <div class="run" data-testid="run" data-terminal=${block.terminal} ?data-unknown=${keys === undefined}>
      <pre class="command">${block.interrupt ? html`<kbd>Ctrl+C</kbd>${block.text.trim() ? "\n" : nothing}` : nothing}<code>${wordsOf(pieces(block.text.trimEnd(), values)).map(word)}</code></pre>
      <span class="terminal">${terminal}</span>
      ${block.text.trim() ? copyButton(block, values) : nothing}
      <button type="button" class="button primary" title=${label} aria-label=${label} ?disabled=${blocked} data-testid="run-button"
        @click=${({ currentTarget }: Event) => keys && void once(currentTarget as HTMLElement, () => commands.type(block.terminal, keys))}>${icon("run")}${text("run")}</button>
      ${keys === undefined ? html`<p class="why">${text("runUnknown")}</p>` : nothing}
    </div>
  `;
}

/** Ignores a second click while the lines of the first are being typed, because the two would mix. */
async function once(button: HTMLElement, type: () => Promise<void>): Promise<void> {
  const block = button.closest<HTMLElement>(".run");
  if (!block || block.dataset.busy !== undefined) return;
  block.dataset.busy = "";
  try {
    await type();
  } finally {
    delete block.dataset.busy;
  }
}

function word(it: readonly Piece[]): TemplateResult | string {
  const [only] = it;
  if (only?.kind === "plain" && !only.text.trim()) return only.text;
  return html`<span class="word">${it.map(piece)}</span>`;
}

function piece(it: Piece): TemplateResult | string {
  if (it.kind === "plain") return it.text;
  if (it.value !== null) return html`<span class="value" title=${it.expression}>${it.value}</span>`;
  return html`<span class="value" data-unknown title=${it.expression}>${text("runUnknownValue")}</span>`;
}

function copyButton(block: RunBlock, values: Values): TemplateResult {
  const label = text("copy");
  const command = pieces(block.text.trimEnd(), values).map((it) => (it.kind === "plain" ? it.text : it.value));
  return html`<button type="button" class="icon-button" title=${label} aria-label=${label} ?disabled=${command.includes(null)} data-testid="run-copy"
    @click=${({ currentTarget }: Event) => void copy(command.join(""), currentTarget as HTMLElement)}>${icon("copy")}${icon("check")}</button>`;
}

const copiedMs = 1500;

async function copy(command: string, button: HTMLElement): Promise<void> {
  // A page without HTTPS has no clipboard; the command can still be selected.
  const copied = await navigator.clipboard?.writeText(command).then(
    () => true,
    () => false,
  );
  if (!copied) return;
  button.dataset.copied = "";
  setTimeout(() => delete button.dataset.copied, copiedMs);
}
