import type { AcknowledgedRemoval, Gate } from "../contract";
import { ConfigError } from "../modules/core";
import { suggestion } from "../modules/core/config";
import type { EnvironmentDefinition } from "./define-environment";

/** What a project consists of: the default export of `evenkeel.config.ts` in its top folder. */
export interface ProjectConfig {
  /** Every environment of the project, in the order in which the verbs name them. */
  readonly environments: readonly EnvironmentDefinition[];
}

/** A project, which finds its environments by name. */
export class Project {
  constructor(private readonly config: ProjectConfig) {}

  get environments(): readonly EnvironmentDefinition[] {
    return this.config.environments;
  }

  /** The gates of all environments' capabilities and extensions, for plans of any of them. */
  get gates(): readonly Gate[] {
    return [...new Set(this.environments.flatMap(({ toolkit }) => toolkit.gates))];
  }

  /** The data-holding types of all environments' capabilities. */
  get dataHoldingTypes(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.environments.map(({ toolkit }) => toolkit.dataHoldingTypes));
  }

  /**
   * The acknowledged removals of the environments that some stacks are of, by the first part of the stacks' names.
   * @throws ConfigError with every mistake in them
   */
  acknowledgedRemovalsIn(stacks: readonly string[]): readonly AcknowledgedRemoval[] {
    return this.environments
      .filter(({ name }) => stacks.some((stack) => stack.startsWith(`${name}-`)))
      .flatMap(({ acknowledgedRemovals }) => acknowledgedRemovals);
  }

  /**
   * The environments of a comma-separated list of names; all of them when there is no list.
   * @throws ConfigError when a name is unknown
   */
  load(names?: string): readonly EnvironmentDefinition[] {
    if (!names) return this.environments;
    return names.split(",").map((name) => this.find(name.trim()));
  }

  /** One environment by its name. @throws ConfigError if there is none */
  find(name: string): EnvironmentDefinition {
    const found = this.environments.find((environment) => environment.name === name);
    if (found) return found;
    const known = this.environments.map((environment) => environment.name);
    throw new ConfigError("ENVIRONMENT", [
      {
        path: name,
        message: `is not an environment of this project; ${suggestion(name, known)}`,
        received: JSON.stringify(name),
      },
    ]);
  }
}

/** Declares a project. */
export const defineProject = (config: ProjectConfig): Project => new Project(config);
