import type { Construct } from "constructs";
import { AccountSecurity } from "../modules/account-security";
import { AlertTopic, AlertTopics } from "../modules/alert-topic";
import { ConstructError } from "../modules/core";
import { EncryptionKey } from "../modules/encryption-key";
import { type AccountDeployment, StackOfAccount } from "./stack-of-account";

/**
 * What an AWS account has once, in a state of its own: its settings would be switched off for all environments in the account if one of them owned them.
 */
export class AccountStack extends StackOfAccount {
  constructor(scope: Construct, deployment: AccountDeployment) {
    super(scope, "security", deployment);
    const { name, account, regions, alerts, security } = deployment.config;
    if (!alerts || !security)
      throw new ConstructError(this, "has no security", "name security and alerts, or leave this stack out");
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
