/** The address of a path on this server. It is the same on every page, because each page says where the server's root is. */
export function fromRoot(path: string): URL {
  const root = document.querySelector<HTMLMetaElement>("meta[name='nslab-root']")?.content ?? "./";
  return new URL(path, new URL(root, document.baseURI));
}
