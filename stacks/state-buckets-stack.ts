import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { DeploymentStack } from "../modules/core";
import type { StateBucketsConfig } from "../modules/state-buckets";
import { StateBuckets } from "../modules/state-buckets";
import type { AccountDeployment } from "./account-stack";
import { addBackend } from "./backend";

/** The buckets that states of Terraform are kept in, in a state of their own: deployed first with a local state, which then moves into them. */
export class StateBucketsStack extends DeploymentStack {
  /** The stack of an account, if it has such buckets. */
  static inAccount(scope: Construct, deployment: AccountDeployment): StateBucketsStack | undefined {
    const { stateBuckets } = deployment.config;
    return stateBuckets && new StateBucketsStack(scope, deployment, stateBuckets);
  }

  private constructor(scope: Construct, { config, state }: AccountDeployment, buckets: StateBucketsConfig) {
    const { name, account, deployRoleArn, tags } = config;
    super(scope, `${name}-state`, {
      regions: [buckets.primary.region, buckets.secondary.region],
      account,
      deployRoleArn,
      tags: { ...tags, Account: name, ManagedBy: "evenkeel" },
    });
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
