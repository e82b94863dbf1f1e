import type { Construct } from "constructs";
import type { DeploymentStack } from "../modules/core";
import { AccountStack } from "./account-stack";
import { PipelinesStack } from "./pipelines-stack";
import type { AccountDeployment } from "./stack-of-account";
import { StateBucketsStack } from "./state-buckets-stack";

/** The stacks of an account, each for something that it names: what it has once, buckets for states, roles of pipelines. */
export function buildAccount(scope: Construct, deployment: AccountDeployment): DeploymentStack[] {
  const { security, stateBuckets, pipelines } = deployment.config;
  return [
    ...(security ? [new AccountStack(scope, deployment)] : []),
    ...(stateBuckets ? [new StateBucketsStack(scope, deployment)] : []),
    ...(pipelines ? [new PipelinesStack(scope, deployment)] : []),
  ];
}
