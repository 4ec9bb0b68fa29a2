import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { expect, it } from "vitest";

/** From which folders the files of a folder may import, besides their own. docs/ARCHITECTURE.md says what is in them. */
const below: Readonly<Record<string, readonly string[]>> = {
  wire: [],
  kit: ["wire"],
  terminal: ["kit", "wire"],
  namespace: ["kit", "wire"],
  lesson: ["kit", "wire"],
  page: ["lesson", "namespace", "terminal", "kit", "wire"],
};

interface Import {
  readonly file: string;
  readonly line: number;
  readonly target: string;
}

const imported = /(?:\bfrom|\bimport|@import)[\s(]*["'](\.[^"']+)["']/g;
const folderOf = (file: string) => file.split("/", 1)[0] ?? "";
const told = ({ file, line, target }: Import) => `src/${file}:${line} imports ${target}`;

/** All that TypeScript (types, too) and CSS import by a relative path. */
function importsIn(sources: ReadonlyMap<string, string>): Import[] {
  return [...sources].flatMap(([file, source]) =>
    [...source.matchAll(imported)].map(({ 1: path = "", index, 0: { length } }) => {
      const target = join(dirname(file), path.endsWith(".css") ? path : `${path}.ts`);
      return { file, line: source.slice(0, index + length).split("\n").length, target };
    }),
  );
}

function againstTheArrows(imports: readonly Import[]): string[] {
  const isAllowed = (from: string, to: string) => from in below && (from === to || below[from]?.includes(to));
  return imports.filter(({ file, target }) => !isAllowed(folderOf(file), folderOf(target))).map(told);
}

/** What is left when the files that import nothing, and those that nobody imports, are taken away again and again. */
function inCycles(imports: readonly Import[]): string[] {
  const importers = new Set(imports.map(({ file }) => file));
  const targets = new Set(imports.map(({ target }) => target));
  const left = imports.filter(({ file, target }) => importers.has(target) && targets.has(file));
  return left.length < imports.length ? inCycles(left) : left.map(told);
}

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((file) => /\/.*\.(ts|css)$/.test(file));
const sources = new Map(files.map((file) => [file, readFileSync(join(import.meta.dirname, file), "utf8")]));
const imports = importsIn(sources);

it("folders import only from those below", () => {
  expect(againstTheArrows(imports)).toEqual([]);
});

it("files import each other in no circle", () => {
  expect(inCycles(imports)).toEqual([]);
});

it("what is imported is there, and every style sheet is imported", () => {
  expect(imports.filter(({ target }) => !sources.has(target)).map(told)).toEqual([]);
  const targets = new Set(imports.map(({ target }) => target));
  expect(files.filter((file) => file.endsWith(".css") && !targets.has(file))).toEqual([]);
});

it("a wrong import is told with its file and line", () => {
  const wrong = importsIn(
    new Map([
      ["kit/a.ts", 'import { html } from "lit";\nimport {\n  type B,\n  b,\n} from "../page/b";\nconst later = () => import("./c");\n'],
      ["kit/c.ts", 'import "./c.css";\nexport type { A } from "./a";\n'],
      ["kit/c.css", '@import "../lesson/d.css";\n'],
      ["page/b.ts", 'import type { A } from "../kit/a";\n'],
    ]),
  );
  expect(againstTheArrows(wrong)).toEqual(["src/kit/a.ts:5 imports page/b.ts", "src/kit/c.css:1 imports lesson/d.css"]);
  expect(inCycles(wrong)).toEqual([
    "src/kit/a.ts:5 imports page/b.ts",
    "src/kit/a.ts:6 imports kit/c.ts",
    "src/kit/c.ts:2 imports kit/a.ts",
    "src/page/b.ts:1 imports kit/a.ts",
  ]);
});
