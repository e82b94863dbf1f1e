import type { Block, Type } from "../../simulator/protocol/schema";
import { type Limits, limitKinds, type SourcedLimits } from "../../values/constraint";
import type { TypeValues } from "../../values/types/type-values";
import { type Find, matches } from "./match";
import type { ModelNode } from "./model-node";

/** A block of the provider's schema, and what AWS's models have for it. */
interface Place {
  readonly path: string;
  readonly nodes: readonly ModelNode[];
  /** The shapes above, with the paths at which they stand. */
  readonly above: ReadonlyMap<string, string>;
}

/** The limits of every argument of a resource type, by path. */
export function limitsOf(values: TypeValues, block: Block, find: Find): Record<string, SourcedLimits> {
  const lines: Record<string, SourcedLimits> = {};
  const add = (path: string, nodes: readonly ModelNode[]): void => {
    const line = lineOf(nodes);
    if (line) lines[path] = line;
  };

  const attribute = (path: string, type: Type, nodes: readonly ModelNode[]): void => {
    if (typeof type === "string") {
      add(path, nodes.map(scalarOf));
      return;
    }
    const [kind, inner] = type;
    if (kind === "object") {
      for (const [name, of] of Object.entries(inner as Record<string, Type>)) {
        attribute(`${path}.${name}`, of, matches(values, `${path}.${name}`, name, nodes.map(structureOf), find));
      }
    } else if (kind === "map") {
      add(path, nodes);
      add(`${path}.{}`, nodes.flatMap(keyOf));
      attribute(`${path}.*`, inner as Type, nodes.flatMap(entryOf));
    } else {
      const lists = nodes.map(listOf);
      add(path, lists);
      // A list of one object may stand for the structure itself.
      const blocks = typeof inner !== "string" && inner?.[0] === "object";
      const entries = lists.flatMap((node) => node.entry ?? (node.names.length && !blocks ? [] : node));
      const written = values.members?.[`${path}.*`] !== undefined;
      attribute(`${path}.*`, inner as Type, written ? matches(values, `${path}.*`, "", lists, find) : entries);
    }
  };

  const walk = ({ attributes, blocks }: Block, { path, nodes, above }: Place): void => {
    const at = (name: string) => (path ? `${path}.${name}` : name);
    for (const { name, type, required, optional } of attributes) {
      if (required || optional) attribute(at(name), type, matches(values, at(name), name, nodes, find));
    }
    for (const { name, block } of blocks) {
      if (name === "timeouts") continue;
      const below = at(name);
      const found = matches(values, below, name, nodes, find).map(blocksOf);
      add(
        below,
        found.filter(({ entry }) => entry),
      );
      const inner = found.map((node) => structureOf(node.entry ?? node));
      const [first] = inner;
      const same = first && above.get(`${first.source} ${first.shape}`);
      if (same !== undefined) lines[below] = { ...lines[below], same };
      else {
        const shapes = inner.map(({ source, shape }): [string, string] => [`${source} ${shape}`, below]);
        walk(block, { path: below, nodes: inner, above: new Map([...shapes, ...above]) });
      }
    }
  };

  walk(block, { path: "", nodes: find.roots(values), above: new Map() });
  return lines;
}

/** The API's limits, and what only cfn-lint adds to them. */
function lineOf(nodes: readonly ModelNode[]): SourcedLimits | undefined {
  const api = nodes.find(({ source }) => source === "api");
  const cfn = nodes.find(({ source }) => source === "cfn");
  if (!api && !cfn) return undefined;
  const limits: Record<string, unknown> = {};
  const fromCfn: (keyof Limits)[] = [];
  for (const kind of limitKinds) {
    const own = api?.limits[kind];
    const other = cfn?.limits[kind];
    if (own !== undefined) limits[kind] = own;
    else if (other !== undefined) {
      limits[kind] = other;
      fromCfn.push(kind);
    }
  }
  return {
    ...(api && { api: api.path }),
    ...(cfn && (!api || fromCfn.length > 0) && { cfn: cfn.path }),
    ...limits,
    ...(api && fromCfn.length > 0 && { fromCfn }),
  };
}

/** Terraform has one value where the model has a list of one. */
const scalarOf = (node: ModelNode): ModelNode => (node.entry && !node.entry.names.length ? node.entry : node);

/** CloudFront wraps lists as `{ Quantity, Items }`. */
const listOf = (node: ModelNode): ModelNode =>
  (!node.entry && node.names.includes("Quantity") && node.member("Items")) || node;

/** What is a block of its own in Terraform keeps its shape if its entries are no structures. */
const blocksOf = (node: ModelNode): ModelNode => (listOf(node).entry?.names.length ? listOf(node) : node);

const structureOf = (node: ModelNode): ModelNode => node.entry ?? node;

const pair = (node: ModelNode): ModelNode | undefined => (node.entry?.names.length ? node.entry : undefined);

/** A map of Terraform is a map, or a list of `{ Key, Value }`. */
function keyOf(node: ModelNode): ModelNode[] {
  const found =
    node.key ?? ["Key", "TagKey", "key", "Name", "name"].map((name) => pair(node)?.member(name)).find(Boolean);
  return found ? [found] : [];
}

function entryOf(node: ModelNode): ModelNode[] {
  const found = node.value ?? ["Value", "TagValue", "value"].map((name) => pair(node)?.member(name)).find(Boolean);
  return found ? [found] : [];
}
