import { atlantisFiles, atlantisRepo, atlantisServer } from "./atlantis";
import { githubFiles, githubPaths } from "./github";
import { gitlabFiles, gitlabJobs } from "./gitlab";
import { marked } from "./marked-file";
import type { PipelineEnvironment, PipelinePreviews, PipelineSettings, PipelineSystem } from "./settings";

export * from "./atlantis-schema";
export { gitlabJobs, gitlabMain, gitlabMainFile } from "./gitlab";
export * from "./marked-file";
export * from "./pins";
export * from "./settings";

const writers = { github: githubFiles, gitlab: gitlabFiles, atlantis: atlantisFiles };

/** Every path that `filesOfPipeline` can write for a system. */
export const pathsOfPipeline: Readonly<Record<PipelineSystem, readonly string[]>> = {
  github: githubPaths,
  gitlab: [gitlabJobs],
  atlantis: [atlantisRepo, atlantisServer],
};

/**
 * The files of a pipeline by their paths, each with its marker.
 * @param environments in the order of `settings.environments`
 * @param previews those of the project; Atlantis has no jobs that could destroy them
 */
export function filesOfPipeline(
  system: PipelineSystem,
  settings: PipelineSettings,
  environments: readonly PipelineEnvironment[],
  previews?: PipelinePreviews,
): ReadonlyMap<string, string> {
  const files = writers[system](settings, environments, previews);
  return new Map([...files].map(([path, body]) => [path, marked(system, settings, body)]));
}
