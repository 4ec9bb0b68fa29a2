import { html, nothing, type TemplateResult } from "lit";
import { middleOut, plainLine, spelledOut } from "../../kit/plain-text";
import type { Mount } from "../../wire/mounts";
import type { NamespaceModel } from "../model/model";
import type { Border, Crossing, Mounts } from "../model/mounts";
import { type MessageKey, text } from "../words/messages";
import { namespaceLink } from "./namespace-link";

/** How many mounts of one list are shown. The rest is counted. */
const mostRows = 80;
const mostBorders = 12;
/** How many missing mounts are shown unfolded. More are folded up; after pivot_root all of them are missing. */
const fewMissing = 5;

/** The mounts of a namespace, compared with the sandbox's own, and what crosses its border. */
export function mountsView(inode: number, model: NamespaceModel): TemplateResult | typeof nothing {
  const { mounts, own } = model;
  const all = mounts.of(inode);
  if (!all) return nothing;
  const outside = own.mnt;
  const more = model.namespace("mnt", inode)?.mounts?.more ?? 0;
  return html`
    <section class="mounts" aria-label=${text("mounts")} data-testid="mounts">
      <h3>${text("mounts")} <span>${all.length + more}</span></h3>
      ${borders(inode, model)}
      ${outside === undefined || outside === inode ? rows(all, inode, model) : compared(inode, outside, model)}
      ${more > 0 ? html`<p class="rest">${text("mountsUnlisted", more)}</p>` : nothing}
    </section>
  `;
}

function compared(inode: number, outside: number, model: NamespaceModel): TemplateResult {
  const { here, missing, changed, retuned, same } = model.mounts.compare(inode, outside);
  const words = new Set(retuned.map(({ propagation }) => propagation));
  const [word] = words.size === 1 ? words : [];
  return html`
    ${group("here", text("mountsHere"), here, inode, model, true)}
    ${group(
      "changed",
      text("mountsChanged"),
      changed.map(({ here }) => here),
      inode,
      model,
      true,
      new Map(changed.map((one) => [one.here, one.outside])),
    )}
    ${group("missing", text("mountsMissing"), missing, outside, model, missing.length <= fewMissing)}
    ${group("retuned", word ? text("mountsRetuned", text(propagations[word])) : text("mountsRetunedMixed"), retuned, inode, model, false)}
    ${group("same", text("mountsSame"), same, inode, model, false)}
  `;
}

function group(
  name: string,
  title: string,
  mounts: readonly Mount[],
  inode: number,
  model: NamespaceModel,
  open: boolean,
  outside?: Outside,
): TemplateResult | typeof nothing {
  if (mounts.length === 0) return nothing;
  return html`<details ?open=${open} data-testid="mounts-${name}"><summary>${title} <span>${mounts.length}</span></summary>${rows(mounts, inode, model, outside)}</details>`;
}

/** The mounts that have other options outside, as they are there. */
type Outside = ReadonlyMap<Mount, Mount>;

/** Sorted by path. Of several mounts at one point, the lowest comes first. */
function rows(mounts: readonly Mount[], inode: number, model: NamespaceModel, outside?: Outside): TemplateResult {
  const sorted = [...mounts].sort((one, other) => (one.point < other.point ? -1 : one.point > other.point ? 1 : 0));
  const covered = model.mounts.covered(inode);
  const rest = sorted.length - mostRows;
  return html`<ul>${sorted.slice(0, mostRows).map((mount) => row(mount, inode, model, covered.has(mount), outside?.get(mount)))}</ul>
    ${rest > 0 ? html`<p class="rest">${text("familyCut", rest)}</p>` : nothing}
  `;
}

function row(mount: Mount, inode: number, model: NamespaceModel, covered: boolean, outside?: Mount): TemplateResult {
  const { point, propagation } = mount;
  return html`
    <li data-point=${point} ?data-covered=${covered} data-testid="mount">
      <bdi class="point" title=${spelledOut(point)}>${middleOut(point, 44)}</bdi>
      ${covered ? html`<span class="badge" title=${text("mountCoveredHint")}>${text("mountCovered")}</span>` : nothing}
      <span class="propagation" ?data-crosses=${propagation !== "private" && propagation !== "unbindable"} title=${text(hints[propagation])}>${propagationOf(mount)}</span>
      <span class="brief" title=${details(mount)}>${brief(mount, outside)}</span>
      ${peers(mount, inode, model)}
    </li>
  `;
}

/** Type, source, which part of the file system is mounted, and the options that not every mount has or that differ from those outside. */
function brief(mount: Mount, outside?: Mount): string {
  const { type, source, root } = mount;
  const otherwise = outside ? words(optionsBeside(outside, mount)) : "";
  const parts = [
    plainLine(type, 24),
    source === type ? "" : middleOut(source, 32),
    root === "/" ? "" : text("mountRoot", middleOut(root, 32)),
    words(
      outside
        ? optionsBeside(mount, outside)
        : [...mount.options.filter((it) => !usual.has(it)), ...mount.superOptions.filter((it) => telling.test(it))],
    ),
    otherwise ? text("mountOutside", otherwise) : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

function words(options: readonly string[]): string {
  return options.map((option) => middleOut(option, 40)).join(" ");
}

function optionsBeside(one: Mount, other: Mount): string[] {
  const known = new Set([...other.options, ...other.superOptions]);
  return [...one.options, ...one.superOptions].filter((option) => !known.has(option));
}

const usual = new Set(["rw", "relatime"]);
const telling = /^(size|lowerdir|upperdir|workdir|hidepid|subset)=/;

function details({ type, source, device, root, options, superOptions, id }: Mount): string {
  const line = `${id} ${device} ${root} ${options.join(",")} - ${type} ${source} ${superOptions.join(",")}`;
  return spelledOut(line);
}

function propagationOf({ propagation, peerGroup, master }: Mount): string {
  const slave = text("propagationSlaveOf", master ?? "?");
  const shared = text("propagationSharedIn", peerGroup ?? "?");
  switch (propagation) {
    case "shared":
      return shared;
    case "slave":
      return slave;
    case "shared,slave":
      return `${slave}, ${shared}`;
    default:
      return text(propagations[propagation]);
  }
}

/** The other mount namespaces that a mount propagates to or receives from. */
function peers(mount: Mount, inode: number, model: NamespaceModel): TemplateResult | typeof nothing {
  const found = model.mounts.borders(inode).filter(({ mounts }) => mounts.includes(mount));
  const twins = peersBeside(mount, inode, model.mounts);
  const unseen = mount.master !== null && !model.mounts.hasGroup(mount.master);
  if (found.length === 0 && twins.length === 0 && !unseen) return nothing;
  return html`<span class="peers">
    ${found.slice(0, mostBorders).map(({ inode: other, crossing }) => html`<span class="peer">${text(crossings[crossing])} ${mountChip(other, model)}</span> `)}
    ${twins.length > 0 ? html`<span class="peer">${text("mountTwins", twins.map(({ point }) => middleOut(point, 32)).join(" "))}</span>` : nothing}
    ${unseen ? html`<span class="peer">${text("mountMasterUnseen")}</span>` : nothing}
  </span>`;
}

/** Peers in the same namespace: bind mounts of a shared mount. */
function peersBeside(mount: Mount, inode: number, mounts: Mounts): Mount[] {
  if (mount.peerGroup === null) return [];
  return (mounts.of(inode) ?? []).filter((other) => other !== mount && other.peerGroup === mount.peerGroup).slice(0, 4);
}

function borders(inode: number, model: NamespaceModel): TemplateResult | typeof nothing {
  if (model.mounts.count < 2) return nothing;
  const all = model.mounts.borders(inode);
  if (all.length === 0) return html`<p class="border" data-testid="border">${text("borderNone")}</p>`;
  const rest = all.length - mostBorders;
  return html`
    ${all.slice(0, mostBorders).map((one) => border(one, model))}
    ${rest > 0 ? html`<p class="rest">${text("familyCut", rest)}</p>` : nothing}
  `;
}

function border({ inode, crossing, mounts }: Border, model: NamespaceModel): TemplateResult {
  const [first] = mounts;
  const rest = mounts.length - 1;
  return html`<p class="border" data-crossing=${crossing} data-testid="border">
    ${text(crossings[crossing])} ${mountChip(inode, model)}${text("colon")}<code>${middleOut(first?.point ?? "", 40)}</code>${rest > 0 ? text("borderMore", rest) : nothing}
    <span class="meaning">${text(borderHints[crossing])}</span>
  </p>`;
}

function mountChip(inode: number, model: NamespaceModel): TemplateResult {
  return namespaceLink("mnt", inode, `mnt ${model.short(inode)}`, model, "chip");
}

const crossings = { both: "crossBoth", from: "crossFrom", to: "crossTo" } as const satisfies Record<Crossing, MessageKey>;
const borderHints = { both: "borderBoth", from: "borderFrom", to: "borderTo" } as const satisfies Record<Crossing, MessageKey>;

const propagations = {
  private: "propagationPrivate",
  shared: "propagationShared",
  slave: "propagationSlave",
  "shared,slave": "propagationBoth",
  unbindable: "propagationUnbindable",
} as const satisfies Record<Mount["propagation"], MessageKey>;

const hints = {
  private: "propagationPrivateHint",
  shared: "propagationSharedHint",
  slave: "propagationSlaveHint",
  "shared,slave": "propagationBothHint",
  unbindable: "propagationUnbindableHint",
} as const satisfies Record<Mount["propagation"], MessageKey>;
