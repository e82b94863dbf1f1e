import { parseSync } from "@swc/core";

/** A node of the syntax tree; its fields are checked where they are read. */
export interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A part of a source text, in characters. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const isSpan = (value: unknown): value is Span =>
  typeof value === "object" && value !== null && typeof (value as { start?: unknown }).start === "number";

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

/** The nodes in a field that is a list; other values of the list are left out. */
export const nodesIn = (value: unknown): readonly SyntaxNode[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** A TypeScript source with its syntax tree. */
export class Source {
  readonly tree: SyntaxNode;
  private readonly base: number;
  /** The position in the text of each byte's character; undefined for plain ASCII, where they are the same. */
  private readonly characters: Uint32Array | undefined;

  /** @throws Error if the text is not TypeScript */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    // The parser counts bytes, from a start that is not documented: the semicolon in front shows where that is.
    const tree = parseSync(`;${text.replace(/^#!/, "//")}`, { syntax: "typescript", target: "es2022" });
    const [first, ...body] = tree.body;
    if (!isSpan(first?.span)) throw new Error(`${file}: the syntax tree has no positions`);
    this.base = first.span.start + 1;
    this.tree = { type: "Module", body };
    this.characters = charactersOfBytes(text);
  }

  /** @throws Error for a node that has no position in the text */
  rangeOf(node: SyntaxNode): Range {
    if (isSpan(node.span)) return { start: this.at(node.span.start), end: this.at(node.span.end) };
    // Properties and spreads have no span of their own.
    if (isSpan(node.spread) && isNode(node.arguments)) {
      return { start: this.at(node.spread.start), end: this.rangeOf(node.arguments).end };
    }
    const { key, value } = node;
    if (isNode(key) && isNode(value)) return { start: this.rangeOf(key).start, end: this.rangeOf(value).end };
    throw new Error(`${this.file}: ${node.type} has no position`);
  }

  textOf(node: SyntaxNode): string {
    const { start, end } = this.rangeOf(node);
    return this.text.slice(start, end);
  }

  /** Line and column of a character, both from 1. */
  position(character: number): { readonly line: number; readonly column: number } {
    const lines = this.text.slice(0, character).split("\n");
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  }

  /** The ranges of the elements of an array or of arguments, with their spread; holes are left out. */
  elementRanges(elements: unknown): readonly Range[] {
    return (Array.isArray(elements) ? elements : []).flatMap((element: unknown) => {
      const { spread, expression } = (element ?? {}) as { spread?: unknown; expression?: unknown };
      if (!isNode(expression)) return [];
      const { start, end } = this.rangeOf(expression);
      return [{ start: isSpan(spread) ? this.at(spread.start) : start, end }];
    });
  }

  private at(byte: number): number {
    const offset = byte - this.base;
    return this.characters?.[offset] ?? offset;
  }
}

function charactersOfBytes(text: string): Uint32Array | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes === text.length) return undefined;
  const characters = new Uint32Array(bytes + 1);
  let byte = 0;
  let character = 0;
  for (const symbol of text) {
    characters.fill(character, byte, byte + Buffer.byteLength(symbol));
    byte += Buffer.byteLength(symbol);
    character += symbol.length;
  }
  characters[byte] = character;
  return characters;
}

/** Expressions that only add a type; their content is visited, the type is not. */
const typed = /^Ts(As|Satisfies|NonNull|ConstAssertion|TypeAssertion|Instantiation)/;

/**
 * Visits each node that is a value, parents first: no types, imports and exports of other files, and no node below one for
 * which `visit` returns false.
 */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, ancestors: readonly SyntaxNode[]) => boolean,
  ancestors: readonly SyntaxNode[] = [],
): void {
  if (/^Import|^ExportAll/.test(node.type) || (node.type === "ExportNamedDeclaration" && node.source)) return;
  if (node.type.startsWith("Ts") && !typed.test(node.type)) return;
  if (!visit(node, ancestors)) return;
  const below = [...ancestors, node];
  for (const [field, value] of Object.entries(node)) {
    if (field !== "typeAnnotation") walkInto(value, visit, below);
  }
}

function walkInto(value: unknown, visit: Parameters<typeof walk>[1], ancestors: readonly SyntaxNode[]): void {
  if (isNode(value)) walk(value, visit, ancestors);
  else if (Array.isArray(value)) for (const each of value) walkInto(each, visit, ancestors);
  // Elements and arguments are objects without a type, around an expression.
  else if (typeof value === "object" && value !== null && !isSpan(value)) {
    for (const each of Object.values(value)) walkInto(each, visit, ancestors);
  }
}
