import { type AttributeLimits, limitsOf } from "./limits-of";

/** An attribute or block, and what is below it. */
export interface Node {
  limits: AttributeLimits;
  /** By their names; left out where there are none, as of most. */
  children?: Map<string, Node>;
  /** Entries of a list or map. */
  each?: Node;
  /** Limits of the keys of a map. */
  keys?: AttributeLimits;
}

const trees = new Map<string, Node | undefined>();

/** The limits of a type as a tree; what contains itself is a circle in it. */
export function limitsTree(type: string): Node | undefined {
  if (!trees.has(type)) trees.set(type, built(type));
  return trees.get(type);
}

function built(type: string): Node | undefined {
  const limits = limitsOf(type);
  if (!limits) return undefined;
  const root = node();
  const nodes = new Map<string, Node>();
  const paths = Object.entries(limits);
  for (const [path, of] of paths) {
    if (path.endsWith(".{}")) placed(root, nodes, path.slice(0, -3)).keys = of;
    else placed(root, nodes, path).limits = of;
  }
  for (const [path, { same }] of paths) if (same !== undefined) join(root, path, same);
  return root;
}

/** The node of a path, which is added with those above it. Large types have a thousand paths that begin alike. */
function placed(root: Node, nodes: Map<string, Node>, path: string): Node {
  const known = nodes.get(path);
  if (known) return known;
  const dot = path.lastIndexOf(".");
  const child = childOf(dot < 0 ? root : placed(root, nodes, path.slice(0, dot)), path.slice(dot + 1));
  nodes.set(path, child);
  return child;
}

const node = (): Node => ({ limits: {} });

const at = (root: Node, path: string): Node => path.split(".").reduce(childOf, root);

function childOf(parent: Node, name: string): Node {
  if (name === "*") {
    parent.each ??= node();
    return parent.each;
  }
  parent.children ??= new Map();
  let child = parent.children.get(name);
  if (!child) {
    child = node();
    parent.children.set(name, child);
  }
  return child;
}

/** Limits of ours below a repeated block come first. */
function join(root: Node, path: string, same: string): void {
  const target = at(root, path);
  target.children = new Map([...(at(root, same).children ?? []), ...(target.children ?? [])]);
}
