import { type Edit, type Mutation, mutationOf, oneLine } from "./mutation";
import { documents, isProse, methodOf } from "./prose";
import { isNode, nodesIn, type Range, Source, type SyntaxNode, walk } from "./syntax";

type Mutator = (node: SyntaxNode, source: Source) => readonly Edit[];

/** Every mutation of a source file, in the order of the text. @throws Error when the file cannot be parsed */
export function mutationsOf(file: string, text: string): readonly Mutation[] {
  const source = new Source(file, text);
  const edits: Edit[] = [];
  walk(source.tree, (node, ancestors) => {
    const parent = ancestors.at(-1);
    if (isProse(node, parent)) return false;
    const isName = parent !== undefined && "key" in parent && parent.key === node;
    if (!isName) edits.push(...(mutators[node.type]?.(node, source) ?? []));
    return true;
  });
  return edits
    .filter(({ start, end, replacement }) => text.slice(start, end) !== replacement)
    .map((edit) => mutationOf(source, edit))
    .sort((one, other) => one.start - other.start || one.end - other.end);
}

/** By type of node. Mutations that the type checker refuses do not count, so a mutator need not know types. */
const mutators: Readonly<Record<string, Mutator>> = {
  BooleanLiteral: (node, source) => [replace(source, node, "boolean", String(!node.value))],
  NumericLiteral: (node, source) => [replace(source, node, "number", String(Number(node.value) + 1))],
  StringLiteral: (node, source) => [replace(source, node, "string", node.value === "" ? '"mutated"' : '""')],
  TemplateLiteral: (node, source) => [replace(source, node, "string", '""')],
  UnaryExpression: (node, source) =>
    isNode(node.argument) && (node.operator === "!" || node.operator === "-")
      ? [replace(source, node, "operator", source.textOf(node.argument))]
      : [],
  BinaryExpression: binary,
  ConditionalExpression: (node, source) =>
    [node.consequent, node.alternate]
      .filter(isNode)
      .map((branch) => replace(source, node, "conditional expression", `(${source.textOf(branch)})`)),
  IfStatement: ({ test }, source) =>
    isNode(test) ? ["true", "false"].map((value) => replace(source, test, "condition", value)) : [],
  ReturnStatement: ({ argument }, source) =>
    isNode(argument) && source.textOf(argument) !== "undefined"
      ? [replace(source, argument, "returned value", "undefined")]
      : [],
  ExpressionStatement: (node, source) =>
    isNode(node.expression) && /^(Call|Await|New|OptionalChaining)Expression$|^Unary/.test(node.expression.type)
      ? [{ ...replace(source, node, "statement", ";"), change: `without ${oneLine(source.textOf(node))}` }]
      : [],
  ArrayExpression: (node, source) =>
    removals(source, source.rangeOf(node), source.elementRanges(node.elements), "element"),
  ObjectExpression: (node, source) => {
    const properties = nodesIn(node.properties);
    const ranges = properties.map((property) => source.rangeOf(property));
    const values = properties.map(({ value }) => isNode(value) && isProse(value, undefined));
    return removals(source, source.rangeOf(node), ranges, "property").filter((_, index) => !values[index]);
  },
  OptionalChainingExpression: optionalChaining,
  ArrowFunctionExpression: ({ body }, source) => {
    if (!isNode(body)) return [];
    if (isBlock(body)) return emptied(source, body);
    return source.textOf(body) === "undefined" ? [] : [replace(source, body, "returned value", "undefined")];
  },
  FunctionDeclaration: ({ body }, source) => emptied(source, body),
  FunctionExpression: ({ body }, source) => emptied(source, body),
  MethodProperty: ({ body }, source) => emptied(source, body),
  Constructor: ({ body }, source) => emptied(source, body),
  ClassMethod: ({ function: method }, source) =>
    emptied(source, typeof method === "object" && method !== null ? (method as { body?: unknown }).body : undefined),
  CallExpression: methodCall,
};

const replace = (source: Source, node: SyntaxNode, mutator: string, replacement: string): Edit => ({
  ...source.rangeOf(node),
  mutator,
  replacement,
});

const otherOperators: Readonly<Record<string, readonly string[]>> = {
  "&&": ["||"],
  "||": ["&&"],
  "===": ["!=="],
  "!==": ["==="],
  "==": ["!="],
  "!=": ["=="],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
};

function binary(node: SyntaxNode, source: Source): readonly Edit[] {
  const { left, right, operator } = node;
  if (!isNode(left) || !isNode(right)) return [];
  const [one, other] = [source.textOf(left), source.textOf(right)];
  if (operator === "??") return [one, other].map((side) => replace(source, node, "operator", `(${side})`));
  // In parentheses, so that only this operator changes and not the precedence of its neighbours.
  return (otherOperators[String(operator)] ?? []).map((changed) => ({
    ...replace(source, node, "operator", `(${one} ${changed} ${other})`),
    change: `${oneLine(`${one} ${operator} ${other}`)} with ${changed}`,
  }));
}

/** Removes each of the elements or properties in turn, with its comma. */
export function removals(source: Source, whole: Range, ranges: readonly Range[], mutator: string): readonly Edit[] {
  return ranges.map((range, index) => {
    const next = ranges[index + 1];
    const previous = ranges[index - 1];
    const change = `without ${oneLine(source.text.slice(range.start, range.end))}`;
    const edit = { mutator, replacement: "", change, at: range.start };
    if (next) return { ...edit, start: range.start, end: next.start };
    if (previous) return { ...edit, start: previous.end, end: range.end };
    return { ...edit, start: whole.start + 1, end: whole.end - 1 };
  });
}

/** `a?.b` without its question mark; TypeScript refuses it where `a` may be undefined by its type. */
function optionalChaining({ optional, base }: SyntaxNode, source: Source): readonly Edit[] {
  const before = isNode(base) ? (base.object ?? base.callee) : undefined;
  if (!optional || !isNode(base) || !isNode(before)) return [];
  const start = source.text.indexOf("?.", source.rangeOf(before).end);
  const replacement = source.text[start + 2] === "[" || base.type === "CallExpression" ? "" : ".";
  return [{ start, end: start + 2, mutator: "optional chaining", replacement, change: oneLine(source.textOf(base)) }];
}

export const isBlock = ({ type }: SyntaxNode): boolean => type === "FunctionBody" || type === "BlockStatement";

/** A function with an empty body; nothing if the body is already empty. */
export function emptied(source: Source, body: unknown): readonly Edit[] {
  if (!isNode(body) || !isBlock(body) || nodesIn(body.stmts).length === 0) return [];
  return [replace(source, body, "function body", "{}")];
}

/** Methods of lists and texts that a call can be left out of; of other values only calls in a chain are. */
const removable =
  /^(filter|sort|toSorted|reverse|toReversed|slice|flat|concat|trim|toLowerCase|toUpperCase|replace|replaceAll)$/;
const otherMethods: Readonly<Record<string, string>> = {
  some: "every",
  every: "some",
  startsWith: "endsWith",
  endsWith: "startsWith",
  min: "max",
  max: "min",
};

function methodCall(node: SyntaxNode, source: Source): readonly Edit[] {
  const name = methodOf(node);
  const { callee } = node;
  if (name === undefined || documents(node) || !isNode(callee)) return [];
  const { object, property } = callee;
  if (!isNode(object) || !isNode(property)) return [];
  const other = Object.hasOwn(otherMethods, name) ? otherMethods[name] : undefined;
  const swapped = other === undefined ? [] : [replace(source, property, "method", other)];
  if (!removable.test(name) && object.type !== "CallExpression") return swapped;
  const { end } = source.rangeOf(object);
  const range = { start: end, end: source.rangeOf(node).end };
  return [...swapped, { ...range, mutator: "method call", replacement: "" }];
}
