import { html, nothing, type TemplateResult } from "lit";
import { middleOut, plainLine, spelledOut } from "../../kit/plain-text";
import type { Mount } from "../../wire/mounts";
import type { Process, Thread } from "../../wire/snapshot";
import { differencesOfThread } from "../model/differences";
import type { NamespaceModel } from "../model/model";
import { type MessageKey, text } from "../words/messages";
import { namespaceLink } from "./namespace-link";

type Fact = TemplateResult | typeof nothing;

const mostThreads = 20;

/**
 * Where the process's paths begin, if it is not where the sandbox's paths do. After chroot it is another folder, after pivot_root another
 * mount.
 */
export function rootFact(process: Process, model: NamespaceModel): Fact {
  const { root } = process;
  if (root === null) return nothing;
  const mount = model.mounts.under(root, process.namespaces.mnt);
  if (root === "/" && isAlike(mount, model.mounts.under("/", model.own.mnt))) return nothing;
  return html`<div class="wide"><dt>${text("root")}</dt><dd data-testid="root" title=${text("rootHint")}>
    <bdi title=${spelledOut(root)}><code>${middleOut(root, 44)}</code></bdi>
    ${mount ? html`<span class="aside">${text("rootOn", plainLine(mount.type, 24), middleOut(mount.source, 32))}</span>` : nothing}
  </dd></div>`;
}

function isAlike(one: Mount | undefined, other: Mount | undefined): boolean {
  return one === other || (one?.type === other?.type && one?.source === other?.source && one?.root === other?.root);
}

/** The signals that a beginner sends by kill or by the keyboard, or receives from a child. */
const common = new Set(["SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGTERM", "SIGCHLD"]);

const attitudes = [
  ["caught", "signalsCaught"],
  ["ignored", "signalsIgnored"],
  ["blocked", "signalsBlocked"],
] as const satisfies [keyof Process, MessageKey][];

/** What the process does about signals, if it is not what the kernel does by default. */
export function signalsFact(process: Process): Fact {
  const line = attitudes
    .map(([list, key]) =>
      told(
        key,
        process[list].filter((signal) => common.has(signal)),
      ),
    )
    .filter(Boolean);
  const others = attitudes.some(([list]) => process[list].some((signal) => !common.has(signal)));
  return html`<div class="wide"><dt>${text("signals")}</dt><dd data-testid="signals">
    ${line.length > 0 ? line.map((one) => html`<span class="piece">${one}</span> `) : html`<span class="piece">${text("signalsDefault")}</span>`}
    ${process.pids.at(-1) === 1 ? html`<p class="aside">${text("signalsInit")}</p>` : nothing}
    ${others ? html`<details><summary>${text("signalsAll")}</summary>${attitudes.map(([list, key]) => html`<p>${told(key, process[list])}</p>`)}</details>` : nothing}
  </dd></div>`;
}

function told(key: MessageKey, signals: readonly string[]): string {
  return signals.length > 0 ? text(key, signals.map((signal) => signal.replace(/^SIG/, "")).join(" ")) : "";
}

/** How many threads there are, and which are in other namespaces than the first one. */
export function threadsFact(process: Process, model: NamespaceModel): Fact {
  const { threads, otherThreads } = process;
  if (threads < 2 && otherThreads.length === 0) return nothing;
  const rest = otherThreads.length - mostThreads;
  return html`<div class="wide"><dt>${text("threads")}</dt><dd data-testid="threads">
    <span class="piece">${threads}</span>
    ${otherThreads.slice(0, mostThreads).map((thread) => html`<span class="piece">${thread.tids.at(-1) ?? thread.tid} ${plainLine(thread.command, 24)} ${elsewhere(thread, process, model)}</span> `)}
    ${rest > 0 ? text("familyCut", rest) : nothing}
  </dd></div>`;
}

function elsewhere(thread: Thread, process: Process, model: NamespaceModel): TemplateResult[] {
  return differencesOfThread(thread, process).map(({ type, inode }) =>
    namespaceLink(type, inode, `${type} ${model.short(inode)}`, model, "chip"),
  );
}
