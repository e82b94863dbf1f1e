/**
 * Outputs by which a configuration tells the next plan what it cannot see by itself: Terraform plans one stack at a time, and
 * plans nothing for arguments whose changes are ignored. Gates compare them with what was there before.
 */

/** In the first stack of an environment: the names of all its stacks. */
export const stacksOutput = "stacks-of-environment";

/** In each stack that has some, while a stage is lowered: the addresses that it would have at the stage before, and has no more. */
export const loweredOutput = "lowered-stage";

/** In each stack that has some: the arguments whose changes are ignored, with their values as configured, by address. */
export const ignoredOutput = "ignored-arguments";
