import { evaluatedText } from "../../values/known";
import { limitsOf, typeValues } from "../../values/limits-of";
import { limitsTree, type Node } from "../../values/limits-tree";
import type { SentResource } from "../support/sent-resources";

/** An attribute as it is sent, over all resources of its type. */
export interface SentAttribute {
  readonly type: string;
  /** `vpc_config.subnet_ids.*` */
  readonly path: string;
  /** Known values that were seen; none where all were references. */
  readonly literals: Set<unknown>;
}

/** What Terraform itself reads of a resource. */
const ofTerraform = new Set([
  "//",
  "provider",
  "depends_on",
  "lifecycle",
  "count",
  "for_each",
  "provisioner",
  "connection",
]);

/** Every attribute of these resources, with the literal values that it has. */
export function attributesOf(resources: readonly SentResource[]): SentAttribute[] {
  const found = new Map<string, SentAttribute>();
  for (const { type, values } of resources) {
    const maps = mapsOf(type);
    const add = (path: string, value: unknown): void => {
      const key = `${type} ${path}`;
      const known = found.get(key) ?? { type, path, literals: new Set() };
      found.set(key, known);
      const literal = typeof value === "string" ? evaluatedText(value) : value;
      if (literal !== undefined) known.literals.add(literal);
    };
    const visit = (path: string, value: unknown): void => {
      if (value === null || value === undefined) return;
      if (Array.isArray(value)) {
        for (const entry of value) visit(isObject(entry) && !maps.has(path) ? path : `${path}.*`, entry);
      } else if (isObject(value)) {
        for (const [name, entry] of Object.entries(value))
          visit(maps.has(path) ? `${path}.*` : `${path}.${name}`, entry);
      } else add(path, value);
    };
    for (const [name, value] of Object.entries(values)) if (!ofTerraform.has(name)) visit(name, value);
  }
  return [...found.values()];
}

function mapsOf(type: string): ReadonlySet<string> {
  const { computed = {} } = typeValues(type) ?? {};
  const paths = [...Object.keys(limitsOf(type) ?? {}), ...Object.keys(computed)];
  return new Set(paths.flatMap((path) => [...path.matchAll(/\.(\*|\{\})/g)].map(({ index }) => path.slice(0, index))));
}

/** The limits at a path, through what the models repeat. */
export function limitsAt(type: string, path: string): Node["limits"] | undefined {
  let node: Node | undefined = limitsTree(type);
  for (const name of path.split(".")) node = name === "*" ? (node?.each ?? node) : node?.children?.get(name);
  return node?.limits;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value);
