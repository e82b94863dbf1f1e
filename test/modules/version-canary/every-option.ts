import { TerraformOutput } from "cdktf";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { VersionCanary } from "../../../modules/version-canary";

const account = "111111111111";
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };

/** The canary of one secret in two regions: with every option in use, and with the least. */
export function everyOption(stack: DeploymentStack): void {
  const common = { environment: "test", subject: "test-ledger/app", account, key };
  const full = new VersionCanary(stack, "full", {
    ...common,
    config: {
      stepPercent: 25,
      bakeMinutes: 30,
      advanceEveryMinutes: 1,
      failures: 3,
      periodSeconds: 120,
      evaluationPeriods: 2,
      logRetentionDays: 365,
    },
    name: "test-ledger",
    region: "eu-west-1",
    tracing: true,
    deadLetters: true,
    alarms,
  });
  new VersionCanary(stack, "least", {
    ...common,
    config: {},
    name: "test-ledger",
    region: "eu-central-1",
    tracing: false,
    deadLetters: false,
  });
  new TerraformOutput(stack, "share-parameter", { value: full.parameterName });
}
