import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "@swc/core";

export const root = join(__dirname, "..", "..");

/** A file of the toolkit as TypeScript reads it. */
export interface SourceFile {
  /** Relative to the project folder, with forward slashes. */
  readonly path: string;
  /** What it imports, types included: a path within the project, or the name of a module. */
  readonly imports: readonly string[];
  /** Every name in it outside of comments: identifiers, keys and texts. */
  readonly words: ReadonlySet<string>;
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The TypeScript files of folders, and single files, that exist. */
export function sourceFiles(places: readonly string[]): SourceFile[] {
  const paths = places
    .filter((place) => existsSync(join(root, place)))
    .flatMap((place) =>
      place.endsWith(".ts")
        ? [place]
        : readdirSync(join(root, place), { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".ts"))
            .map((file) => posix.join(place, file.split("\\").join("/"))),
    );
  const known = new Set(paths);
  return paths.map((path) => read(path, known));
}

function read(path: string, known: ReadonlySet<string>): SourceFile {
  const module = parseSync(readFileSync(join(root, path), "utf8"), { syntax: "typescript" });
  const imports = new Set<string>();
  const words = new Set<string>();
  visit(module as unknown as Node, (node) => {
    const target = importOf(node);
    if (target !== undefined) imports.add(resolved(path, target, known));
    if (node.type === "Identifier" || node.type === "StringLiteral") words.add(String(node.value));
  });
  return { path, imports: [...imports], words };
}

/** What a node imports: by statement, by re-export, by `import()` of a value or a type, or by `require`. */
function importOf(node: Node): string | undefined {
  if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type)) return textOf(node.source);
  if (node.type === "TsImportType") return textOf(node.argument);
  if (node.type !== "CallExpression") return undefined;
  const { type, value } = node.callee as Node;
  if (type !== "Import" && !(type === "Identifier" && value === "require")) return undefined;
  const [first] = node.arguments as readonly { readonly expression: Node }[];
  return textOf(first?.expression);
}

const textOf = (node: unknown): string | undefined =>
  (node as Node | undefined | null)?.type === "StringLiteral" ? String((node as Node).value) : undefined;

function resolved(from: string, target: string, known: ReadonlySet<string>): string {
  // The package by its own name.
  if (target === "evenkeel" && known.has("index.ts")) return "index.ts";
  if (!target.startsWith(".")) return target;
  const path = posix.join(posix.dirname(from), target);
  const candidates = [`${path}.ts`, path.replace(/\.js$/, ".ts"), `${path}/index.ts`];
  return candidates.find((candidate) => known.has(candidate)) ?? path;
}

function visit(node: Node, look: (node: Node) => void): void {
  look(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === "object") visitChild(child as Node, look);
    }
  }
}

/** Some children, such as the arguments of a call, are wrapped in objects without a type of their own. */
function visitChild(child: Node, look: (node: Node) => void): void {
  visit(child, typeof child.type === "string" ? look : () => {});
}
