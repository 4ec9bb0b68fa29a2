/** Something that holds resources until it is disposed; xterm's and dockview's disposables are such. */
export interface Disposable {
  dispose(): void;
}

/** Disposes what was added, the newest first. What is added afterwards is disposed at once. */
export class Disposables implements Disposable {
  private readonly items: Disposable[] = [];
  private disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.disposed) item.dispose();
    else this.items.push(item);
    return item;
  }

  /** Listens until disposal. */
  listen<E extends Event>(target: EventTarget, type: string, listener: (event: E) => void, options?: AddEventListenerOptions): void {
    target.addEventListener(type, listener as EventListener, options);
    this.add({ dispose: () => target.removeEventListener(type, listener as EventListener, options) });
  }

  dispose(): void {
    this.disposed = true;
    for (const item of this.items.splice(0).reverse()) item.dispose();
  }
}
