import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ParseResult } from "@babel/parser";
import { camelCase, literal } from "./literal";
import { ScaffoldError } from "./write-files";

type Statement = ParseResult["program"]["body"][number];
type Declaration = Extract<Statement, { type: "ExportDefaultDeclaration" }>["declaration"];
type Argument = Extract<Declaration, { type: "CallExpression" }>["arguments"][number];
type ObjectExpression = Extract<Argument, { type: "ObjectExpression" }>;
type ArrayExpression = Extract<Argument, { type: "ArrayExpression" }>;

/**
 * Adds an environment to the list in a project's `evenkeel.config.ts`. Nothing else in the file changes.
 * @throws ScaffoldError with what to add by hand, if the list is not written out there
 */
export function listEnvironment(folder: string, name: string): void {
  const file = "evenkeel.config.ts";
  const variable = camelCase(name);
  const line = `import ${variable} from "./environments/${name}";`;
  change(folder, file, `${line}\n\nenvironments: [..., ${variable}]`, (source) => {
    const list = listIn(source, "environments");
    const lastImport = programOf(source).findLast(({ type }) => type === "ImportDeclaration");
    if (!list || !lastImport) return undefined;
    const listed = appended(source, list, variable, false);
    const at = lastImport.end ?? 0;
    return `${listed.slice(0, at)}\n${line}${listed.slice(at)}`;
  });
}

/**
 * Adds an entry to a list of an environment's file, such as its services or tables. Nothing else in the file changes.
 * @throws ScaffoldError with what to add by hand, if the list is not written out there
 */
export function addToEnvironment(
  folder: string,
  environment: string,
  field: "services" | "tables",
  entry: unknown,
): void {
  const text = literal(entry);
  change(folder, `environments/${environment}.ts`, `${field}: [..., ${text}]`, (source) => {
    const list = listIn(source, field);
    if (list) return appended(source, list, text, true);
    const config = configIn(source);
    const last = config?.properties.at(-1);
    if (!config || !last || config.properties.some((property) => nameOf(property) === field)) return undefined;
    const [at, end] = [last.end ?? 0, (config.end ?? 0) - 1];
    const comma = /^\s*,/.exec(source.slice(at, end))?.[0].length ?? 0;
    const rest = source.slice(at + comma);
    return `${source.slice(0, at)},\n  ${field}: [\n${indented(text, 4)},\n  ],${rest}`;
  });
}

/**
 * Sets which of its two buckets an environment or account works with. Nothing else in the file changes.
 * @param file relative to the project: `environments/prod.ts`
 * @throws ScaffoldError with what to write by hand, if its state is not written out there
 */
export function setActiveState(folder: string, file: string, active: "primary" | "secondary"): void {
  const text = `active: "${active}"`;
  change(
    folder,
    file,
    `state: { ..., ${text} }`,
    (source) => {
      const state = configIn(source)?.properties.find((property) => nameOf(property) === "state");
      if (state?.type !== "ObjectProperty" || state.value.type !== "ObjectExpression") return undefined;
      const { properties, start } = state.value;
      const given = properties.find((property) => nameOf(property) === "active");
      if (given) return `${source.slice(0, given.start ?? 0)}${text}${source.slice(given.end ?? 0)}`;
      const last = properties.at(-1);
      // What is spread later might say otherwise.
      if (!last || properties.some(({ type }) => type === "SpreadElement")) return undefined;
      const at = last.end ?? 0;
      const isInline = !source.slice(start ?? 0, state.value.end ?? 0).includes("\n");
      const added = isInline ? `, ${text}` : `,\n${" ".repeat(indentAt(source, last.start ?? 0))}${text}`;
      return `${source.slice(0, at)}${added}${source.slice(at)}`;
    },
    "its state",
  );
}

function change(
  folder: string,
  file: string,
  byHand: string,
  changed: (source: string) => string | undefined,
  what = "that list",
): void {
  const path = join(folder, file);
  const result = changed(readFileSync(path, "utf8"));
  if (result === undefined) {
    throw new ScaffoldError(
      `${file} does not write out ${what} itself, so it is left as it is; add this to it:\n\n${byHand}`,
    );
  }
  writeFileSync(path, result);
}

/** The text with one more entry in a list; `block` puts it on lines of its own. */
function appended(source: string, list: ArrayExpression, entry: string, block: boolean): string {
  const end = (list.end ?? 0) - 1;
  const last = list.elements.at(-1);
  const from = last?.end ?? (list.start ?? 0) + 1;
  const isInline = !source.slice(list.start ?? 0, end).includes("\n");
  if (!block && isInline) return `${source.slice(0, from)}${last ? ", " : ""}${entry}${source.slice(end)}`;
  const indent = indentAt(source, list.start ?? 0);
  return `${source.slice(0, from)}${last ? "," : ""}\n${indented(entry, indent + 2)},\n${" ".repeat(indent)}${source.slice(end)}`;
}

/** How many spaces the line begins with that a position is in. */
function indentAt(source: string, position: number): number {
  const line = source.slice(source.lastIndexOf("\n", position - 1) + 1, position);
  return /^ */.exec(line)?.[0].length ?? 0;
}

const indented = (text: string, spaces: number): string => text.replace(/^/gm, " ".repeat(spaces));

function programOf(source: string): readonly Statement[] {
  // Loaded late: only this verb parses sources.
  const { parse } = require("@babel/parser") as typeof import("@babel/parser");
  return parse(source, { sourceType: "module", plugins: ["typescript"], errorRecovery: true }).program.body;
}

/** The object that the file gives to `defineProject` or `defineEnvironment` in its default export. */
function configIn(source: string): ObjectExpression | undefined {
  const exported = programOf(source).find((node) => node.type === "ExportDefaultDeclaration");
  const call = exported?.declaration;
  const [config] = call?.type === "CallExpression" ? call.arguments : [];
  return config?.type === "ObjectExpression" ? config : undefined;
}

function listIn(source: string, field: string): ArrayExpression | undefined {
  const value = configIn(source)?.properties.find((property) => nameOf(property) === field);
  return value?.type === "ObjectProperty" && value.value.type === "ArrayExpression" ? value.value : undefined;
}

function nameOf(property: ObjectExpression["properties"][number]): string | undefined {
  if (property.type === "SpreadElement") return undefined;
  const { key } = property;
  return key.type === "Identifier" ? key.name : key.type === "StringLiteral" ? key.value : undefined;
}
