import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentDefinition, ResolveOptions } from "../../config";
import { readSynthesizedStacks, type SynthesizedStack } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import { temporaryFolder } from "./temporary-folder";

/**
 * The output folder of an environment, which is synthesized once in a run of tests: many test files look at the same few environments. It belongs
 * to all of them, so nobody writes to it. It stays until the run ends, so what one file alone looks at is synthesized there, as is what mocks or
 * replaces something of the toolkit.
 */
export function outputOf(environment: EnvironmentDefinition, options: ResolveOptions = {}): string {
  const run = process.env.EVENKEEL_TEST_RUN;
  const key = keyOf(environment, options);
  if (run === undefined || key === undefined) {
    const output = temporaryFolder();
    synthesizedStacks(environment, options, output);
    return output;
  }
  const kept = join(run, "synthesized", key);
  if (existsSync(kept)) return kept;
  // Another worker may do the same at this moment.
  const made = `${kept}.${randomUUID()}`;
  mkdirSync(made, { recursive: true });
  synthesizedStacks(environment, options, made);
  try {
    renameSync(made, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error;
    rmSync(made, { recursive: true });
  }
  return kept;
}

/** The stacks of an environment, which is synthesized once in a run of tests. */
export const stacksOf = (environment: EnvironmentDefinition, options?: ResolveOptions): SynthesizedStack[] =>
  readSynthesizedStacks(outputOf(environment, options));

/**
 * A name for all that an output follows from; undefined where that is not data alone: functions of a team's own, or what another project sets
 * for its environments.
 */
function keyOf(environment: EnvironmentDefinition, options: ResolveOptions): string | undefined {
  const { extension, terms } = environment as unknown as { readonly extension: object; readonly terms?: object };
  if (Object.keys(extension).length > 0 || terms) return undefined;
  return createHash("sha256")
    .update(JSON.stringify([environment.input, options]))
    .digest("hex");
}
