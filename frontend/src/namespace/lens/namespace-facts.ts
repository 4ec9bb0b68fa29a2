import { html, nothing, type TemplateResult } from "lit";
import { plainLine } from "../../kit/plain-text";
import type { Namespace, UidRange } from "../../wire/snapshot";
import { text } from "../words/messages";

type Fact = TemplateResult | typeof nothing;

/** Which ids outside the ids of a user namespace are. An old server sends no maps, not even that of the sandbox's own namespace. */
export function uidMapFact(namespace: Namespace | undefined): Fact {
  if (!namespace || (namespace.uidMap.length === 0 && namespace.sandboxRoot)) return nothing;
  const lines = namespace.uidMap.length > 0 ? namespace.uidMap.map(range) : [text("uidMapNone")];
  return html`<div class="wide"><dt>${text("uidMap")}</dt><dd data-testid="uid-map">${lines.map((line) => html`<span class="piece">${line}</span> `)}</dd></div>`;
}

export function interfacesFact(namespace: Namespace | undefined): Fact {
  if (!namespace || namespace.interfaces.length === 0) return nothing;
  const names = namespace.interfaces.map((name) => plainLine(name, 32)).join(" ");
  return html`<div><dt>${text("interfaces")}</dt><dd data-testid="interfaces"><code>${names}</code></dd></div>`;
}

function range({ inside, outside, count }: UidRange): string {
  return count === 1 ? text("uidRange", inside, outside) : text("uidRanges", inside, inside + count - 1, outside, outside + count - 1);
}
