import { z } from "zod";
import {
  type AcknowledgedFinding,
  type AcknowledgedRemoval,
  acknowledgedFinding,
  acknowledgedRemoval,
  type BaseEnvironment,
  type Deployment,
  type Extension,
  type Leaving,
  type Rollout,
  type Stage,
} from "../contract";
import { ConfigError, parseConfig, showPath } from "../modules/core";
import type { EnvironmentInput, NoRollout } from "./environment-input";
import { deploymentFacts, type FactOptions } from "./facts";
import { leavingOf } from "./leaving";
import { readMoves } from "./moves";
import { namingDefaults, type Terms } from "./organisation";
import { type Toolkit, toolkitWith, withoutExtension } from "./toolkit";

export interface ResolveOptions extends FactOptions {
  /** Replaces the environment's own stage, for rehearsals on the simulated cloud. */
  readonly stage?: Stage;
  /** Replaces the environment's own standby regions, for rehearsals on the simulated cloud. */
  readonly standby?: readonly string[];
}

/** An environment as data, which resolves to what the stacks build. */
export interface EnvironmentDefinition {
  readonly name: string;
  /** As its file states it. */
  readonly input: EnvironmentInput;
  /** The input with the defaults of the organisation, as far as both can be read. */
  readonly stated: EnvironmentInput;
  /** The capabilities, rules and gates that it is checked and built with. */
  readonly toolkit: Toolkit;
  /**
   * The removals that are meant, with what the file of its moves lets go. They are read without the rest of the file, whose mistakes must not stop a gate.
   * @throws ConfigError with every mistake in them
   */
  readonly acknowledgedRemovals: readonly AcknowledgedRemoval[];
  /** The findings that may stay as they are, read without the rest of the file as well. @throws ConfigError with every mistake in them */
  readonly acknowledgedFindings: readonly AcknowledgedFinding[];
  /** What leaves the environment, read without the rest of the file as well. */
  readonly leaving: Leaving;
  /** The definition with its defaults. @throws ConfigError with every mistake */
  parse(): BaseEnvironment;
  /**
   * Checks the whole definition and turns its stage into facts.
   * @throws ConfigError with every mistake: where, what was received, what to do
   */
  resolve(options?: ResolveOptions): Deployment;
  /** The same environment as a project has it, with what the project sets for all of its environments. */
  within(terms: Terms): EnvironmentDefinition;
}

/**
 * Declares an environment; nothing is checked until it is used, so that one environment cannot break another.
 * @param extension capabilities, rules and gates of a team, of the same types that the toolkit's own have
 */
export function defineEnvironment<const R extends Rollout = NoRollout>(
  input: EnvironmentInput<R>,
  extension: Extension<R> = withoutExtension as Extension<R>,
): EnvironmentDefinition {
  return new Environment(input as unknown as EnvironmentInput, extension);
}

/** What `defineEnvironment` returns. */
export class Environment implements EnvironmentDefinition {
  constructor(
    readonly input: EnvironmentInput,
    private readonly extension: Extension,
    private readonly terms?: Terms,
  ) {}

  get name(): string {
    try {
      return this.input.name;
    } catch {
      // No object, or one that throws: what is wrong with it is told where it is checked.
      return undefined as unknown as string;
    }
  }

  get toolkit(): Toolkit {
    return this.terms?.toolkit(this.extension) ?? toolkitWith(this.extension);
  }

  get stated(): EnvironmentInput {
    try {
      return this.withDefaults(this.input).input as EnvironmentInput;
    } catch {
      // A mistake, which is told where the whole is checked.
      return this.input;
    }
  }

  within(terms: Terms): EnvironmentDefinition {
    return new Environment(this.input, this.extension, terms);
  }

  get acknowledgedRemovals(): readonly AcknowledgedRemoval[] {
    const subject = `${this.subject}: acknowledgedRemovals`;
    const own = parseConfig(z.array(acknowledgedRemoval), this.own("acknowledgedRemovals") ?? [], subject);
    return [...own, ...(typeof this.name === "string" ? readMoves(this.name).removed : [])];
  }

  get acknowledgedFindings(): readonly AcknowledgedFinding[] {
    const subject = `${this.subject}: acknowledgedFindings`;
    return parseConfig(z.array(acknowledgedFinding), this.own("acknowledgedFindings") ?? [], subject);
  }

  get leaving(): Leaving {
    try {
      return leavingOf(this.input);
    } catch {
      return { regions: [], stacks: [] };
    }
  }

  private own(field: "acknowledgedFindings" | "acknowledgedRemovals"): unknown {
    try {
      return this.input[field];
    } catch {
      // An input that throws is told of where the whole of it is checked.
      return undefined;
    }
  }

  parse(): BaseEnvironment {
    return this.check();
  }

  resolve({ stage, standby, ...options }: ResolveOptions = {}): Deployment {
    const config = this.check((input) => {
      if (!isRecord(input)) return input;
      const staged = stage ? this.atStage(input, stage) : input;
      return standby ? withStandby(staged, standby) : staged;
    });
    const enabled = this.toolkit.stages.enabled(config.stage, config.exceptions);
    const { ownStacks } = this.toolkit;
    const loweredFrom = config.loweredFrom && this.before(config.loweredFrom, config.regions, options);
    return { ...deploymentFacts(config, enabled, options), capabilities: enabled.capabilities, loweredFrom, ownStacks };
  }

  /** The environment as it would be at the stage that it is lowered from, with the regions that leave. */
  private before(stage: Stage, { standby, leaving }: BaseEnvironment["regions"], options: FactOptions): Deployment {
    try {
      return this.resolve({ ...options, stage, standby: [...new Set([...standby, ...leaving])] });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw new ConfigError(`${this.subject} at ${stage}, the stage that loweredFrom names`, error.issues);
    }
  }

  private get subject(): string {
    return `environment "${typeof this.name === "string" ? showPath([this.name]) : "(unnamed)"}"`;
  }

  /** @param change of the input, which has been found to be plain data */
  private check(change: (input: unknown) => unknown = (unchanged) => unchanged): BaseEnvironment {
    let origins: ReadonlyMap<string, string> = new Map();
    try {
      return parseConfig(this.toolkit.schema, this.input, this.subject, (plain) => {
        const { input, ...found } = this.withDefaults(plain);
        origins = found.origins;
        return change(input);
      });
    } catch (error) {
      if (!(error instanceof ConfigError) || origins.size === 0) throw error;
      throw new ConfigError(error.subject, namingDefaults(error.issues, origins));
    }
  }

  private withDefaults(input: unknown) {
    return this.terms?.withDefaults(this.toolkit, input) ?? { input, origins: new Map<string, string>() };
  }

  /** The environment as it would be at another stage, without exceptions that have no effect at that stage, and not on its way there. */
  private atStage({ loweredFrom: _, ...input }: Fields, stage: Stage): Fields {
    const { stages } = this.toolkit;
    const staged = stages.brings(stage, "standbyServices") ? input : withoutActive(input);
    if (!isRecord(input.exceptions)) return { ...staged, stage };
    const exceptions = Object.entries(input.exceptions).filter(
      // An unknown name stays, so that it is rejected with its path.
      ([name, exception]) =>
        !stages.names.includes(name) ||
        !isRecord(exception) ||
        exception.enabled !== true ||
        !stages.brings(stage, name),
    );
    return { ...staged, stage, exceptions: Object.fromEntries(exceptions) };
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** At a stage where services run at home alone, home serves first. */
function withoutActive(input: Fields): Fields {
  if (!isRecord(input.regions)) return input;
  const { active: _, ...regions } = input.regions;
  return { ...input, regions };
}

function withStandby(input: Fields, standby: readonly string[]): Fields {
  // Checked like everything else: an unknown region is rejected with its path.
  return isRecord(input.regions) ? { ...input, regions: { ...input.regions, standby: [...standby] } } : input;
}
