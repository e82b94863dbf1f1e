import type { TypeValues } from "../../values/types/type-values";
import type { ModelNode } from "./model-node";

/** Looks up places in the models. */
export interface Find {
  /** The operations and the CloudFormation type of a resource type. */
  roots(values: TypeValues): readonly ModelNode[];
  /** `lambda.CreateFunction.Role` or `AWS::Lambda::Function.Role`. @throws Error if there is no such place */
  at(path: string): ModelNode;
}

/** What the models have for an attribute or block: as the table of the type says, else what is called alike. */
export function matches(
  { members }: TypeValues,
  path: string,
  name: string,
  nodes: readonly ModelNode[],
  find: Find,
): readonly ModelNode[] {
  const written = members?.[path];
  if (written === null) return [];
  if (written === undefined) return nodes.flatMap((node) => alike(node, name) ?? []);
  const paths = typeof written === "string" ? [written] : written;
  const found = paths.flatMap((to) =>
    to.startsWith("/") ? find.at(to.slice(1)) : nodes.flatMap((node) => descend(node, to) ?? []),
  );
  if (found.length === 0) throw new Error(`${path}: there is no ${paths.join(" or ")} in the models`);
  return found;
}

/** A place below another, `Config.Items[].Name`, `Settings{}.Name`; lists are passed through, and "." is the place itself. */
export function descend(node: ModelNode, path: string): ModelNode | undefined {
  if (path === ".") return node;
  return path.split(".").reduce<ModelNode | undefined>((at, step) => {
    const [, name = "", entry] = /^(.*?)(\[\]|\{\})?$/.exec(step) ?? [];
    const found = at?.member(name) ?? at?.entry?.member(name);
    return entry === "{}" ? found?.value : entry ? found?.entry : found;
  }, node);
}

const plain = (name: string): string => name.replaceAll("_", "").toLowerCase();

/** `retry_policy` is RetryPolicy; `rule` is Rules, as blocks are called in the singular. */
function alike(node: ModelNode, name: string): ModelNode | undefined {
  const wanted = plain(name);
  const forms = [wanted, `${wanted}s`, `${wanted}es`, wanted.replace(/y$/, "ies"), `${wanted}list`, `${wanted}set`];
  for (const form of forms) {
    const found = node.names.find((member) => plain(member) === form);
    if (found) return node.member(found);
  }
  return undefined;
}
