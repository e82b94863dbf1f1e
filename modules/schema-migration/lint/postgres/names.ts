import type { Node, RangeVar } from "libpg-query";

/** `ledger.entries`, as it is written: without a schema if the statement has none. */
export const relationName = ({ schemaname, relname = "" }: RangeVar = {}): string =>
  schemaname ? `${schemaname}.${relname}` : relname;

/** A name of several parts, as `DROP` and function calls have it. */
export function qualifiedName(node: Node | undefined): string {
  if (!node) return "";
  if ("String" in node) return node.String.sval ?? "";
  if ("List" in node) return namesOf(node.List.items).join(".");
  if ("TypeName" in node) return namesOf(node.TypeName.names).join(".");
  if ("ObjectWithArgs" in node) return namesOf(node.ObjectWithArgs.objname).join(".");
  if ("RangeVar" in node) return relationName(node.RangeVar);
  return "";
}

export const namesOf = (nodes: readonly Node[] = []): string[] =>
  nodes.map(qualifiedName).filter((name) => name !== "");
