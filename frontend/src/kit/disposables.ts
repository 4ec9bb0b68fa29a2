/** Something that holds resources until it is disposed, such as the disposables of xterm and dockview. */
export interface Disposable {
  dispose(): void;
}

/** Disposes everything that was added, the newest first. What is added after that is disposed at once. */
export class Disposables implements Disposable {
  private readonly items: Disposable[] = [];
  private disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.disposed) item.dispose();
    else this.items.push(item);
    return item;
  }

  /** Listens until it is disposed. */
  listen<E extends Event>(target: EventTarget, type: string, listener: (event: E) => void, options?: AddEventListenerOptions): void {
    target.addEventListener(type, listener as EventListener, options);
    this.add({ dispose: () => target.removeEventListener(type, listener as EventListener, options) });
  }

  dispose(): void {
    this.disposed = true;
    for (const item of this.items.splice(0).reverse()) item.dispose();
  }
}
