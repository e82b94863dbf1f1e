import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { ConstructError, DeploymentStack } from "../modules/core";
import { StateBuckets } from "../modules/state-buckets";
import type { AccountDeployment } from "./account-stack";
import { addBackend } from "./backend";

/** The buckets that states of Terraform are kept in, in a state of their own: deployed first with a local state, which then moves into them. */
export class StateBucketsStack extends DeploymentStack {
  constructor(scope: Construct, { config, state }: AccountDeployment) {
    const { stateBuckets: buckets } = config;
    const { name, account, deployRoleArn, tags } = config;
    super(scope, `${name}-state`, {
      regions: buckets ? [buckets.primary.region, buckets.secondary.region] : [],
      account,
      deployRoleArn,
      tags: { ...tags, Account: name, ManagedBy: "evenkeel" },
    });
    if (!buckets)
      throw new ConstructError(this, "has no buckets", "name stateBuckets in the account, or leave this stack out");
    addBackend(this, state);
    const { key } = new StateBuckets(this, "state", { config: buckets, name, account });
    for (const [id, { region }] of Object.entries({ primary: buckets.primary, secondary: buckets.secondary })) {
      new TerraformOutput(this, `${id}-kms-key-arn`, {
        value: key.arnIn(region),
        description: `For kmsKeyArn of states in ${region}.`,
      });
    }
  }
}
