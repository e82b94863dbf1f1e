import type { BuildOwnStacks } from "./built-environment";
import type { Capability } from "./capability";
import type { DeploymentFacts } from "./facts";
import type { Moves } from "./moves";

/** What the stacks build: the facts of an environment, and the capabilities that add to it. */
export interface Deployment extends DeploymentFacts {
  /** The capabilities that the environment has at its stage, in the order of the table. */
  readonly capabilities: readonly Capability[];
  /** The same environment at the stage that it is lowered from, in the regions that it had; undefined if it is not lowered. */
  readonly loweredFrom?: Deployment;
  /** What a team builds beside the stacks of the toolkit. */
  readonly ownStacks?: readonly BuildOwnStacks[];
  /** What its states rename, let go and take in; undefined where none of it counts, as in a cloud that begins empty. */
  readonly moves?: Moves;
}
