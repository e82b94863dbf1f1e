import { join } from "node:path";
import { App } from "cdktf";
import type { EnvironmentDefinition } from "../../config";
import { type RecordedBundle, type RecordedCode, recordedBundles, recordedCode } from "../../modules/service-function";
import { buildStacks } from "../../stacks";

/** The bundles of an environment: those of its own functions and of the toolkit's, at the edge too, each once. */
export const bundlesOf = (environment: EnvironmentDefinition, stage?: string): readonly RecordedBundle[] =>
  codeOf(environment, stage).bundles;

/** What functions of an environment have: the bundles, and code that somebody else has made, of which nothing is known but where it is. */
export interface CodeOfEnvironment {
  readonly bundles: readonly RecordedBundle[];
  readonly notListed: readonly RecordedCode[];
}

/** The code of an environment, each once. */
export function codeOf(environment: EnvironmentDefinition, stage?: string): CodeOfEnvironment {
  const app = new App({ stackTraces: false });
  const localStateDirectory = join(".evenkeel", "state");
  buildStacks(app, environment.resolve({ stage: stage as never, localStateDirectory }));
  return { bundles: recordedBundles(app), notListed: recordedCode(app) };
}
