import type { IConstruct } from "constructs";
import { ConstructError } from "./construct-error";

/**
 * A physical name from its parts, joined by `-`.
 * @throws ConstructError when it is longer than AWS takes, in characters
 */
export function resourceName(scope: IConstruct, parts: readonly string[], longest: number): string {
  const name = parts.join("-");
  if (name.length <= longest) return name;
  throw new ConstructError(
    scope,
    `the name "${name}" has ${name.length} characters, AWS takes ${longest}`,
    "shorten the name of the environment or of the resource",
  );
}
