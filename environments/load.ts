import { ConfigError } from "../modules/core";
import { suggestion } from "../modules/core/config";
import type { EnvironmentDefinition } from "./define-environment";
import dev from "./dev";
import prod from "./prod";
import sandbox from "./sandbox";
import staging from "./staging";

/** Every environment of this project; a new one is a file beside these and a name here. */
export const environments: readonly EnvironmentDefinition[] = [sandbox, dev, staging, prod];

/**
 * The environments of a comma-separated list of names; all of them when there is no list.
 * @throws ConfigError when a name is unknown
 */
export function loadEnvironments(names?: string): readonly EnvironmentDefinition[] {
  if (!names) return environments;
  return names.split(",").map((name) => findEnvironment(name.trim()));
}

/** One environment by its name. @throws ConfigError when there is none */
export function findEnvironment(name: string): EnvironmentDefinition {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  const known = environments.map((environment) => environment.name);
  throw new ConfigError("ENVIRONMENT", [
    { path: name, message: `no such environment; ${suggestion(name, known)}`, received: JSON.stringify(name) },
  ]);
}
