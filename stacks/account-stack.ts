import type { Construct } from "constructs";
import type { AccountConfig, StateLocation } from "../contract";
import { AccountSecurity } from "../modules/account-security";
import { AlertTopic, AlertTopics } from "../modules/alert-topic";
import { ConstructError, DeploymentStack } from "../modules/core";
import { EncryptionKey } from "../modules/encryption-key";
import { addBackend } from "./backend";

/** An account as it is deployed. */
export interface AccountDeployment {
  readonly config: AccountConfig;
  readonly state: StateLocation;
}

/**
 * What an AWS account has once, in a state of its own: its settings would be switched off for all environments in the account if one of them owned them.
 */
export class AccountStack extends DeploymentStack {
  constructor(scope: Construct, { config, state }: AccountDeployment) {
    const { name, account, deployRoleArn, regions, tags, alerts, security } = config;
    super(scope, `${name}-security`, {
      regions,
      account,
      deployRoleArn,
      tags: { ...tags, Account: name, ManagedBy: "evenkeel" },
    });
    if (!alerts || !security)
      throw new ConstructError(this, "has no security", "name security and alerts, or leave this stack out");
    addBackend(this, state);
    const [home = "", ...replicas] = regions;
    const key = new EncryptionKey(this, "alerts", {
      config: { description: `Alerts of the account ${name}` },
      name: `${name}-alerts`,
      account,
      home,
      replicas,
      users: ["sns", "events"],
    });
    const topics = regions.map(
      (region) =>
        new AlertTopic(this, `alerts-${region}`, { config: alerts, name: `${name}-alerts`, region, account, key }),
    );
    const target = new AlertTopics(this, topics);
    for (const region of regions) {
      new AccountSecurity(this, `security-${region}`, { config: security, name, region, account, alerts: target });
    }
  }
}
