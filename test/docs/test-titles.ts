import { readFileSync } from "node:fs";
import { parseSync } from "@swc/core";

/** A node of the syntax tree, of which the fields asked for are checked where they are read. */
type Node = { readonly [field: string]: unknown; readonly type: string };
type Constants = ReadonlyMap<string, Node>;

/** Stands in a title for what only a run of the test knows. */
const unknown = "\0";

/**
 * The full titles of the tests in a file, as jest reports them: those of the describe blocks around a test come first, and
 * rows of `each` that are written as literals are filled in. A part that cannot be read from the source matches anything; a
 * title of nothing else is left out.
 */
export function testTitles(file: string): readonly RegExp[] {
  const tree = parseSync(readFileSync(file, "utf8"), { syntax: "typescript", target: "es2022" });
  const constants = new Map<string, Node>();
  const titles: string[] = [];
  collectConstants(tree, constants);
  collectTitles(tree, "", constants, titles);
  return titles.map(
    (title) =>
      new RegExp(
        `^${title
          .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
          .split(unknown)
          .join(".+")}$`,
      ),
  );
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

function children(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

/** The parser gives each scope a number, so that a name with its scope is one constant. */
const key = (identifier: Node): string => `${identifier.value}#${identifier.ctxt}`;

function collectConstants(value: unknown, constants: Map<string, Node>): void {
  if (isNode(value) && value.type === "VariableDeclarator" && isNode(value.id) && isNode(value.init)) {
    constants.set(key(value.id), value.init);
  }
  for (const child of children(value)) collectConstants(child, constants);
}

function collectTitles(value: unknown, path: string, constants: Constants, titles: string[]): void {
  const call = isNode(value) && value.type === "CallExpression" ? blockCall(value, constants) : undefined;
  if (call === undefined) {
    for (const child of children(value)) collectTitles(child, path, constants, titles);
    return;
  }
  for (const title of call.titles) {
    const full = path === "" ? title : `${path} ${title}`;
    if (call.block === "describe") collectTitles(call.body, full, constants, titles);
    else if (title !== unknown) titles.push(full);
  }
}

interface BlockCall {
  readonly block: string;
  readonly titles: readonly string[];
  readonly body: unknown;
}

/** A call of describe, test or it, also with `.each` and other members; undefined for any other call. */
function blockCall(call: Node, constants: Constants): BlockCall | undefined {
  const [first, ...body] = argumentsOf(call);
  const { callee } = call;
  if (first === undefined || !isNode(callee)) return undefined;
  const template = textOf(first, constants);
  const rows = callee.type === "CallExpression" ? rowsOf(argumentsOf(callee)[0], constants) : undefined;
  const block = rootName(callee);
  if (block === undefined) return undefined;
  return { block, titles: rows === undefined ? [template] : rows.map((row) => filled(template, row)), body };
}

function rootName(callee: Node): string | undefined {
  if (callee.type === "Identifier") {
    return ["describe", "test", "it"].includes(String(callee.value)) ? String(callee.value) : undefined;
  }
  const inner = callee.type === "CallExpression" ? callee.callee : callee.object;
  return isNode(inner) && ["CallExpression", "MemberExpression"].includes(callee.type) ? rootName(inner) : undefined;
}

const argumentsOf = (call: Node): readonly Node[] =>
  (Array.isArray(call.arguments) ? call.arguments : []).map(({ expression }) => expression).filter(isNode);

/** Without types and constants: what the expression is in the end. */
function resolved(node: Node, constants: Constants): Node {
  if (/^(Ts.*Expression|TsConstAssertion|ParenthesisExpression)$/.test(node.type) && isNode(node.expression)) {
    return resolved(node.expression, constants);
  }
  const constant = node.type === "Identifier" ? constants.get(key(node)) : undefined;
  return constant === undefined ? node : resolved(constant, constants);
}

/** The rows of a table; one row of which nothing is known, if it is not written out. */
function rowsOf(table: Node | undefined, constants: Constants): readonly (readonly Node[] | undefined)[] {
  const list = table === undefined ? undefined : elementsOf(table, constants);
  return list?.map((row) => elementsOf(row, constants) ?? [row]) ?? [undefined];
}

function elementsOf(node: Node, constants: Constants): readonly Node[] | undefined {
  const array = resolved(node, constants);
  if (array.type !== "ArrayExpression" || !Array.isArray(array.elements)) return undefined;
  return array.elements.flatMap(({ spread, expression }) =>
    spread ? (elementsOf(expression, constants) ?? []) : [expression],
  );
}

function filled(template: string, row: readonly Node[] | undefined): string {
  let at = 0;
  return template
    .replace(/%[sdifjop]/g, () => {
      const value = row?.[at++];
      return value === undefined ? unknown : textOf(value, new Map());
    })
    .replace(/\$[\w.]+/g, unknown);
}

function textOf(node: Node, constants: Constants): string {
  const value = resolved(node, constants);
  if (value.type === "StringLiteral" || value.type === "NumericLiteral") return String(value.value);
  if (value.type !== "TemplateLiteral" || !Array.isArray(value.quasis)) return unknown;
  return value.quasis.map(({ cooked }) => String(cooked)).join(unknown);
}
