/** The address of a path of this server, whatever page it is asked on: where the server's root is, the page says itself. */
export function fromRoot(path: string): URL {
  const root = document.querySelector<HTMLMetaElement>("meta[name='nslab-root']")?.content ?? "./";
  return new URL(path, new URL(root, document.baseURI));
}
