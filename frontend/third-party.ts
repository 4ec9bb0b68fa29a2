import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Plugin } from "vite";

interface Package {
  name: string;
  version: string;
  license?: string;
  homepage?: string;
}

/**
 * Writes the part of THIRD-PARTY.md that is about the pages: each npm package of which something is in the bundle (script, style sheet or
 * font), with the text of its licence. Vite's own `build.license` knows only scripts. It misses fonts, which a style sheet imports, and
 * packages that are contained in the files of another one, like js-base64 in those of @xterm/addon-clipboard.
 */
export function thirdParty(file: string): Plugin {
  return {
    name: "nslab:third-party",
    apply: "build",
    writeBundle(_options, bundle) {
      const files = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? part.moduleIds : part.originalFileNames));
      const names = new Set([...files, ...files.flatMap(within)].flatMap(packageOf));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, [...names].sort().map(entry).join("\n"));
    },
  };
}

/** The files from which a packed file was itself bundled, by its source map. */
function within(file: string): string[] {
  return existsSync(`${file}.map`) ? JSON.parse(readFileSync(`${file}.map`, "utf8")).sources : [];
}

/** The package of a file: "@scope/name" for "…/node_modules/@scope/name/lib/a.js", and nothing for a file of ours. */
function packageOf(path: string): string[] {
  const name = /.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  return name === undefined ? [] : [name];
}

function read(name: string): Package {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
}

function entry(name: string): string {
  const { version, license, homepage } = read(name);
  const text = readdirSync(`node_modules/${name}`).find((file) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(file));
  if (!license || !text) {
    throw new Error(`${name} ${version} is packed, but its package says no licence or has no text of it`);
  }
  const source = homepage ?? `https://www.npmjs.com/package/${name}`;
  return `### ${name} ${version}\n\n${license}, ${source}\n\n\`\`\`text\n${readFileSync(`node_modules/${name}/${text}`, "utf8").trim()}\n\`\`\`\n`;
}
