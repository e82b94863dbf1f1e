import { join } from "node:path";
import { App } from "cdktf";
import type { EnvironmentDefinition } from "../../config";
import { type RecordedBundle, recordedBundles } from "../../modules/service-function";
import { buildStacks } from "../../stacks";

/** The bundles of an environment: those of its own functions and of the toolkit's, at the edge too, each once. */
export function bundlesOf(environment: EnvironmentDefinition, stage?: string): readonly RecordedBundle[] {
  const app = new App({ stackTraces: false });
  const localStateDirectory = join(".evenkeel", "state");
  buildStacks(app, environment.resolve({ stage: stage as never, localStateDirectory }));
  return recordedBundles(app);
}
