import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { expect, it } from "vitest";

/** Each folder, and the other folders from which its files may import. docs/ARCHITECTURE.md says what is in them. */
const below: Readonly<Record<string, readonly string[]>> = {
  wire: [],
  kit: ["wire"],
  "terminal/words": ["kit"],
  "terminal/line": ["terminal/words", "kit", "wire"],
  terminal: ["terminal/line", "terminal/words", "kit", "wire"],
  "namespace/words": ["kit"],
  "namespace/model": ["namespace/words", "kit", "wire"],
  "namespace/view": ["namespace/model", "namespace/words", "kit", "wire"],
  "namespace/lens": ["namespace/view", "namespace/model", "namespace/words", "kit", "wire"],
  namespace: ["namespace/lens", "namespace/view", "namespace/model", "namespace/words", "kit", "wire"],
  "lesson/words": ["kit"],
  "lesson/model": ["lesson/words", "kit", "wire"],
  "lesson/view": ["lesson/model", "lesson/words", "kit", "wire"],
  lesson: ["lesson/view", "lesson/model", "lesson/words", "kit", "wire"],
  "page/shared": ["kit"],
  "page/catalogue": ["page/shared", "lesson", "kit"],
  "page/dock": ["page/shared", "namespace", "namespace/view", "terminal", "kit", "wire"],
  "page/lab": [
    "page/dock",
    "page/shared",
    "lesson",
    "lesson/model",
    "namespace",
    "namespace/view",
    "terminal",
    "terminal/line",
    "kit",
    "wire",
  ],
};

/** A folder with more files has several reasons to change, by which it can be split. */
const mostFiles = 30;

interface Import {
  readonly file: string;
  readonly line: number;
  readonly target: string;
}

const imported = /(?:\bfrom|\bimport|@import)[\s(]*["'](\.[^"']+)["']/g;
const told = ({ file, line, target }: Import) => `src/${file}:${line} imports ${target}`;

/** Everything that TypeScript (types, too) and CSS import by a relative path. */
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
  return imports.filter(({ file, target }) => !isAllowed(dirname(file), dirname(target))).map(told);
}

/** The folders with too many files, and how many these are. */
function tooFull(files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > mostFiles).map(([folder, count]) => `src/${folder} has ${count} files`);
}

/**
 * The files that are left when those that import nothing, and those that nobody imports, are removed again and again. They form circles.
 */
function inCycles(imports: readonly Import[]): string[] {
  const importers = new Set(imports.map(({ file }) => file));
  const targets = new Set(imports.map(({ target }) => target));
  const left = imports.filter(({ file, target }) => importers.has(target) && targets.has(file));
  return left.length < imports.length ? inCycles(left) : left.map(told);
}

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((file) => /\/.*\.(ts|css)$/.test(file));
const sources = new Map(files.map((file) => [file, readFileSync(join(import.meta.dirname, file), "utf8")]));
const imports = importsIn(sources);

it("files import only from folders that theirs may use", () => {
  expect(againstTheArrows(imports)).toEqual([]);
});

it("every folder is in the table, and may import only from folders above it, so that there is no circle", () => {
  const folders = Object.keys(below);
  expect(folders.filter((folder, index) => below[folder]?.some((other) => !folders.slice(0, index).includes(other)))).toEqual([]);
  expect(folders.toSorted()).toEqual([...new Set(files.map((file) => dirname(file)))].sort());
});

it(`no folder has more than ${mostFiles} files`, () => {
  expect(tooFull(readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((file) => /\.\w+$/.test(file)))).toEqual(
    [],
  );
  const many = Array.from({ length: mostFiles }, (_, index) => `kit/${index}.ts`);
  expect(tooFull([...many, "kit/sub/a.ts"])).toEqual([]);
  expect(tooFull([...many, "kit/a.css"])).toEqual(["src/kit has 31 files"]);
});

it("no files import each other in a circle", () => {
  expect(inCycles(imports)).toEqual([]);
});

it("every imported file exists, and every style sheet is imported", () => {
  expect(imports.filter(({ target }) => !sources.has(target)).map(told)).toEqual([]);
  const targets = new Set(imports.map(({ target }) => target));
  expect(files.filter((file) => file.endsWith(".css") && !targets.has(file))).toEqual([]);
});

it("reports a wrong import with its file and line", () => {
  const wrong = importsIn(
    new Map([
      ["kit/a.ts", 'import { html } from "lit";\nimport {\n  type B,\n  b,\n} from "../page/lab/b";\nconst later = () => import("./c");\n'],
      ["kit/c.ts", 'import "./c.css";\nexport type { A } from "./a";\n'],
      ["kit/c.css", '@import "../lesson/d.css";\n'],
      ["lesson/model/e.ts", 'import { f } from "../view/f";\nimport { text } from "../words/messages";\n'],
      ["page/lab/b.ts", 'import type { A } from "../../kit/a";\n'],
    ]),
  );
  expect(againstTheArrows(wrong)).toEqual([
    "src/kit/a.ts:5 imports page/lab/b.ts",
    "src/kit/c.css:1 imports lesson/d.css",
    "src/lesson/model/e.ts:1 imports lesson/view/f.ts",
  ]);
  expect(inCycles(wrong)).toEqual([
    "src/kit/a.ts:5 imports page/lab/b.ts",
    "src/kit/a.ts:6 imports kit/c.ts",
    "src/kit/c.ts:2 imports kit/a.ts",
    "src/page/lab/b.ts:1 imports kit/a.ts",
  ]);
});
