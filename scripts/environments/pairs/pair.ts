import { defineEnvironment, type EnvironmentDefinition, type EnvironmentInput, type Stage } from "../../../config";
import { ConfigError } from "../../../modules/core";
import { mutated } from "../mutate";
import type { SchemaPart } from "../schema";

/** In the order in which environments go through them. */
const stages: readonly Stage[] = ["foundation", "hardening", "optimization"];

/** An environment as it is deployed before it is changed. */
export interface Base {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>> & { readonly stage: Stage };
}

/** What a deployed environment is changed to. */
export interface Change {
  readonly input: unknown;
  /** `stage: hardening`, `services[0].function.memoryMb: another number`. */
  readonly changes: readonly string[];
  /** Whether the stage is all that changes. */
  readonly stageAlone: boolean;
}

/**
 * What to deploy first of an environment: it at its own stage. Prod is deployed at the stage before its last one, so that its stage
 * can be raised as well.
 */
export function baseOf({ name, input }: Pick<EnvironmentDefinition, "name" | "input">): Base {
  const stage = name === "prod" ? "hardening" : input.stage;
  // As text and back, because parts are shared between environments.
  return { name, input: { ...(JSON.parse(JSON.stringify(input)) as Record<string, unknown>), stage } };
}

/**
 * The change of a base with a number, which only depends on the seed. The first numbers raise the stage alone, once to each
 * later one; of the others every third raises it as well.
 */
export function changeOf({ name, input }: Base, number: number, schema: SchemaPart, seed: string): Change {
  const later = stages.slice(stages.indexOf(input.stage) + 1);
  const alone = later[number - 1];
  if (alone) return { input: raised(input, alone), changes: [`stage: ${alone}`], stageAlone: true };
  const { input: changed, changes } = mutated(input, schema, `${seed} pair ${name} ${number}`);
  const stage = number % 3 === 0 ? later[Math.floor(number / 3) % later.length] : undefined;
  if (!stage) return { input: changed, changes, stageAlone: false };
  return { input: raised(changed, stage), changes: [...changes, `stage: ${stage}`], stageAlone: false };
}

/** An environment at a later stage, without the exceptions that have no effect there: synthesis asks to take these out. */
function raised(environment: unknown, stage: Stage): unknown {
  const input = { ...(environment as Record<string, unknown>), stage };
  try {
    defineEnvironment(input as unknown as EnvironmentInput).resolve({ withoutVault: true });
    return input;
  } catch (error) {
    const idle = (error instanceof ConfigError ? error.issues : []).flatMap(
      ({ path, message }) => /^exceptions\.(\w+)$/.exec(message.startsWith("has no effect") ? path : "")?.[1] ?? [],
    );
    if (idle.length === 0) return input;
    const { exceptions } = input as { exceptions?: Record<string, unknown> };
    const left = Object.entries(exceptions ?? {}).filter(([name]) => !idle.includes(name));
    return { ...input, exceptions: Object.fromEntries(left) };
  }
}
