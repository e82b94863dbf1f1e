import type { Tree } from "./parse";

const isTree = (part: Tree | string): part is Tree => typeof part !== "string";

/** The parts of a rule that are of another one; not those of its parts. */
export const partsOf = (tree: Tree, rule: string): Tree[] =>
  tree.parts.filter((part): part is Tree => isTree(part) && part.rule === rule);

/** The first part of a rule, at any depth. */
export function find(tree: Tree, rule: string): Tree | undefined {
  if (tree.rule === rule) return tree;
  for (const part of tree.parts) {
    const found = isTree(part) ? find(part, rule) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Its own words, without those of its parts, in upper case. */
export const wordsOf = (tree: Tree): string[] =>
  tree.parts.flatMap((part) => (isTree(part) ? [] : [part.toUpperCase()]));

/** All of its words, without blanks. */
export const textOf = (tree: Tree): string => tree.parts.map((part) => (isTree(part) ? textOf(part) : part)).join("");

/** A name as messages and records have it: `levels`, `stock.levels`, without backticks. */
export const nameOf = (tree: Tree | undefined): string => (tree === undefined ? "" : textOf(tree).replaceAll("`", ""));

/** The innermost rule that is all of its statement: `AlterTable`. */
export function statementOf(tree: Tree): Tree {
  const [only] = tree.parts;
  const through =
    /^(SqlStatement|(Ddl|Dml|Transaction|Administration|Utility|Replication|Prepared)Statement|(Update|Delete|Select)Statement)$/;
  return tree.parts.length === 1 && only !== undefined && isTree(only) && through.test(tree.rule)
    ? statementOf(only)
    : tree;
}
