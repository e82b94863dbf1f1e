import { rmSync } from "node:fs";
import { App } from "cdktf";
import type { EnvironmentDefinition, ResolveOptions } from "../../config";
import { makeSynthesisFaster } from "../../modules/core";
import { buildStacks } from "../../stacks";
import { readSynthesizedStacks, type SynthesizedStack } from "../../terraform";

makeSynthesisFaster();

/** Synthesizes an environment in this process, and reads the stacks back. */
export function synthesizedStacks(
  environment: EnvironmentDefinition,
  options: ResolveOptions,
  outdir: string,
): SynthesizedStack[] {
  rmSync(outdir, { recursive: true, force: true });
  const app = new App({ outdir, stackTraces: false });
  buildStacks(app, environment.resolve({ localStateDirectory: ".evenkeel/state", ...options }));
  app.synth();
  return readSynthesizedStacks(outdir);
}
