import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { ConstructError } from "../modules/core";
import { StateBuckets } from "../modules/state-buckets";
import { type AccountDeployment, StackOfAccount } from "./stack-of-account";

/** The buckets that states of Terraform are kept in, in a state of their own: deployed first with a local state, which then moves into them. */
export class StateBucketsStack extends StackOfAccount {
  constructor(scope: Construct, deployment: AccountDeployment) {
    const { name, account, stateBuckets: buckets } = deployment.config;
    super(scope, "state", deployment, buckets ? [buckets.primary.region, buckets.secondary.region] : []);
    if (!buckets)
      throw new ConstructError(this, "has no buckets", "name stateBuckets in the account, or leave this stack out");
    const { key } = new StateBuckets(this, "state", { config: buckets, name, account });
    for (const [id, { region }] of Object.entries({ primary: buckets.primary, secondary: buckets.secondary })) {
      new TerraformOutput(this, `${id}-kms-key-arn`, {
        value: key.arnIn(region),
        description: `For kmsKeyArn of states in ${region}.`,
      });
    }
  }
}
