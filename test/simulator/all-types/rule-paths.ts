import { rulesFor, typesWithRules } from "../../../simulator/fill/services";
import type { Block, ProviderSchema, Type } from "../../../simulator/protocol/schema";

/** Rules for types or attributes that the schema does not have or that AWS does not decide: typing errors. */
export function strayRules(schema: ProviderSchema): string[] {
  const known = new Set(schema.resourceTypes);
  return typesWithRules.flatMap((typeName) => {
    if (!known.has(typeName)) return [typeName];
    const block = schema.resource(typeName);
    const stray = Object.keys(rulesFor(typeName)).filter((path) => !decidedByAws(block, path.split(".")));
    return stray.map((path) => `${typeName}.${path}`);
  });
}

function decidedByAws(block: Block, [name, ...rest]: string[]): boolean {
  const nested = block.blocks.find((candidate) => candidate.name === name);
  if (nested) return rest.length === 0 || decidedByAws(nested.block, rest);
  const attribute = block.attributes.find((candidate) => candidate.name === name);
  return attribute?.computed === true && hasPath(attribute.type, rest);
}

function hasPath(type: Type, [name, ...rest]: string[]): boolean {
  if (name === undefined) return true;
  if (typeof type === "string") return false;
  const [kind, inner] = type;
  if (kind === "object") return name in inner && hasPath(inner[name] ?? "string", rest);
  return kind !== "tuple" && hasPath(inner, [name, ...rest]);
}
