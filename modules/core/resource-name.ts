import type { IConstruct } from "constructs";
import { ConstructError } from "./construct-error";

/**
 * Joins the parts of a physical name with `-`.
 * @throws ConstructError if the name has more than `longest` characters
 */
export function resourceName(scope: IConstruct, parts: readonly string[], longest: number): string {
  const name = parts.join("-");
  if (name.length <= longest) return name;
  throw new ConstructError(
    scope,
    `the name "${name}" has ${name.length} characters, but AWS allows at most ${longest}`,
    "shorten the name of the environment or of the resource",
  );
}
