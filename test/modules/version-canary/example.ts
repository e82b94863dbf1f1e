import type { AlarmTarget, DeploymentStack, Grantee, RegionalKey } from "../../../modules/core";
import { VersionCanary } from "../../../modules/version-canary";

export function build(
  stack: DeploymentStack,
  key: RegionalKey,
  alarms: AlarmTarget,
  reader: Grantee,
  rotator: Grantee,
): void {
  const canary = new VersionCanary(stack, "ledger-canary", {
    config: { stepPercent: 10, bakeMinutes: 60 },
    name: "prod-ledger",
    environment: "prod",
    subject: "prod-ledger/app",
    region: "eu-west-1",
    account: "123456789012",
    key,
    tracing: true,
    deadLetters: true,
    alarms,
  });
  canary.grantRead(reader);
  canary.grantMove(rotator);
}
