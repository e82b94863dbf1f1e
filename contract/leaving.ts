import { kebabName } from "../modules/core";

/** What leaves an environment: it is built no more, and Terraform destroys what its states still have of it. */
export interface Leaving {
  /** Regions in which nothing is built any more. */
  readonly regions: readonly string[];
  /** Full names of the stacks that only destroy: `prod-events`, and the services of the regions above. */
  readonly stacks: readonly string[];
}

/** Stacks that every environment has. */
const always = ["keys", "data", "operations"];

/** The name of a stack that leaves, without the environment's in front. */
export const leavingStack = kebabName(40)
  .refine((name) => !always.includes(name), {
    error: "is a stack that every environment has; leave it out, and take what is in it out of the environment",
  })
  .refine((name) => name !== "vault", {
    error: "keeps keys that Vault refuses to delete; leave it out, and keep its state",
  })
  .refine((name) => !name.startsWith("services-"), {
    error: "goes with its region; leave it out, and name the region under regions.leaving",
  });
