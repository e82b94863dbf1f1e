import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { EnvironmentDefinition, ResolveOptions } from "../../config";
import { skipTokenStackTraces } from "../../modules/core";
import { buildStacks } from "../../stacks";

type Arguments = Readonly<Record<string, unknown>>;

/** What Terraform reads of one stack. */
export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly provider?: Readonly<Record<string, readonly Arguments[]>>;
  readonly output?: Readonly<Record<string, Arguments>>;
  readonly terraform: { readonly backend: Readonly<Record<string, Arguments>> };
}

export interface SynthesizedStack {
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly json: StackJson;
}

skipTokenStackTraces();

/** Synthesizes an environment in this process, and reads the stacks back in the order that they are built in. */
export function synthesizedStacks(
  environment: EnvironmentDefinition,
  options: ResolveOptions,
  outdir: string,
): SynthesizedStack[] {
  rmSync(outdir, { recursive: true, force: true });
  const app = new App({ outdir, stackTraces: false });
  buildStacks(app, environment.resolve({ localStateDirectory: ".evenkeel/state", ...options }));
  app.synth();
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, { workingDirectory: string; dependencies: string[] }>;
  };
  const synthesized = Object.entries(stacks).map(([name, { workingDirectory, dependencies }]) => ({
    name,
    dependencies,
    json: JSON.parse(readFileSync(join(outdir, workingDirectory, "cdk.tf.json"), "utf8")) as StackJson,
  }));
  rmSync(outdir, { recursive: true, force: true });
  return synthesized;
}
