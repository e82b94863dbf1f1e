import type { Construct } from "constructs";
import type { AccountConfig, StateLocation } from "../contract";
import { DeploymentStack } from "../modules/core";
import { addBackend } from "./backend";

/** An account as it is deployed. */
export interface AccountDeployment {
  readonly config: AccountConfig;
  readonly state: StateLocation;
}

/** A stack of an account, with the account's tags, role and place of states. */
export abstract class StackOfAccount extends DeploymentStack {
  /**
   * @param part second part of its name
   * @param regions those of the account by default
   */
  constructor(
    scope: Construct,
    part: string,
    { config, state }: AccountDeployment,
    regions: readonly string[] = config.regions,
  ) {
    const { name, account, deployRoleArn, tags } = config;
    super(scope, `${name}-${part}`, {
      regions,
      account,
      deployRoleArn,
      tags: { ...tags, Account: name, ManagedBy: "evenkeel" },
    });
    addBackend(this, state);
  }
}
