import { App } from "cdktf";
import type { EnvironmentDefinition, ResolveOptions } from "../../config";
import { makeSynthesisFaster } from "../../modules/core";
import { buildStacks } from "../../stacks";
import { readSynthesizedStacks, type SynthesizedStack } from "../../terraform";

makeSynthesisFaster();

/** Synthesizes an environment in this process, and reads the stacks back: those that the manifest names, whatever else is in the folder. */
export function synthesizedStacks(
  environment: EnvironmentDefinition,
  options: ResolveOptions,
  outdir: string,
): SynthesizedStack[] {
  const app = new App({ outdir, stackTraces: false });
  buildStacks(app, environment.resolve({ localStateDirectory: ".evenkeel/state", ...options }));
  app.synth();
  return readSynthesizedStacks(outdir);
}
