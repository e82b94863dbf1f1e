import { App } from "cdktf";
import type { EnvironmentDefinition, Stage } from "../../config";
import type { Simulator } from "../../simulator";
import { buildStacks } from "../../stacks";
import { readStackFolders, readSynthesizedStacks, TerraformStack } from "../../terraform";
import { unprotected, writeStack } from "../../testing/protection";

export interface SynthesizedStacksOptions {
  readonly stage: Stage;
  /** Absolute folder that is synthesized to; the state is elsewhere, and stays. */
  readonly outdir: string;
  /** The names of the wanted stacks. */
  readonly needed: RegExp;
  readonly simulator: Simulator;
  /** Without protection against deletion, which AWS demands before a destruction. */
  readonly withoutProtection?: boolean;
}

/** Synthesizes an environment that has no file of its own. @returns the needed stacks, in the order of deployment */
export function synthesizedStacks(
  environment: EnvironmentDefinition,
  { stage, outdir, needed, simulator, withoutProtection = false }: SynthesizedStacksOptions,
): TerraformStack[] {
  const app = new App({ outdir });
  buildStacks(app, environment.resolve({ stage }));
  app.synth();
  for (const stack of withoutProtection ? readSynthesizedStacks(outdir) : []) {
    writeStack(stack, unprotected(stack.terraform));
  }
  return readStackFolders(outdir)
    .filter(({ name }) => needed.test(name))
    .map((stack) => new TerraformStack(stack, simulator.env));
}
