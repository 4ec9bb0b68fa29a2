import { store, stored } from "../../kit/preferences";

const name = "nslab.folds";
/** How many are remembered, so that a long life of a sandbox does not fill the browser's storage. */
const most = 200;

/** Which boxes and groups of the tree are folded. The browser remembers it for as long as the sandbox has the same namespaces. */
export class Folds {
  /** The keys of those that are not as at first: folded boxes, and open groups. */
  private readonly turned = new Set<string>();
  private scene: string | undefined;

  /** `scene` names the sandbox and its first namespace: what was folded in another one means nothing here. */
  enter(scene: string): void {
    if (scene === this.scene) return;
    this.scene = scene;
    this.turned.clear();
    for (const key of remembered(scene)) this.turned.add(key);
  }

  isBoxFolded(key: string): boolean {
    return this.turned.has(key);
  }

  isGroupFolded(key: string): boolean {
    return !this.turned.has(key);
  }

  /** Boxes are open at first, and groups are folded. */
  open(key: string): void {
    const isOpen = key.startsWith("group ") ? !this.isGroupFolded(key) : !this.isBoxFolded(key);
    if (!isOpen) this.turn(key);
  }

  turn(key: string): void {
    if (!this.turned.delete(key)) this.turned.add(key);
    const turned = [...this.turned].slice(-most);
    if (this.scene !== undefined) store(name, turned.length > 0 ? JSON.stringify({ scene: this.scene, turned }) : null);
  }
}

function remembered(scene: string): string[] {
  try {
    const saved = JSON.parse(stored(name) ?? "{}") as { scene?: unknown; turned?: unknown };
    return saved.scene === scene && Array.isArray(saved.turned) ? saved.turned.filter((key) => typeof key === "string") : [];
  } catch {
    return [];
  }
}
