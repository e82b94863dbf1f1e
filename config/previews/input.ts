import type { EnvironmentDefinition } from "../define-environment";

/** Which pull request a preview is for. */
export interface Preview {
  /** Name of its environment: `pr-123`. */
  readonly name: string;
  /** Number of the pull request, or of the merge request in its project. */
  readonly number: number;
}

/** What `definePreviews` takes: a small environment for each pull request, which a job destroys once it has expired. */
export interface PreviewsInput {
  /** What their names begin with, before `-` and the number: 1 to 8 lower-case letters and digits, the first one a letter. */
  readonly prefix: string;
  /** How long one stands after its last deployment, in hours: 1 to 720. Defaults to 48. */
  readonly expiresAfterHours?: number;
  /** How many may stand at once: 1 to 50. Defaults to 5. */
  readonly atMost?: number;
  /** The environment of a pull request. It is disposable, and keeps its states in S3, where the job finds them that destroys it. */
  readonly environment: (preview: Preview) => EnvironmentDefinition;
}
