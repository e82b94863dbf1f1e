import { type AttributeLimits, limitsOf } from "./limits-of";

/** An attribute or block, and what is below it. */
export interface Node {
  limits: AttributeLimits;
  readonly children: Map<string, Node>;
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
  const paths = Object.entries(limits);
  for (const [path, of] of paths) {
    if (path.endsWith(".{}")) at(root, path.slice(0, -3)).keys = of;
    else at(root, path).limits = of;
  }
  for (const [path, { same }] of paths) if (same !== undefined) join(root, path, same);
  return root;
}

const node = (): Node => ({ limits: {}, children: new Map() });

function at(root: Node, path: string): Node {
  return path.split(".").reduce((parent, name) => {
    const known = name === "*" ? parent.each : parent.children.get(name);
    const child = known ?? node();
    if (name === "*") parent.each = child;
    else parent.children.set(name, child);
    return child;
  }, root);
}

/** Limits of ours below a repeated block come first. */
function join(root: Node, path: string, same: string): void {
  const target = at(root, path);
  for (const [name, child] of at(root, same).children) if (!target.children.has(name)) target.children.set(name, child);
}
