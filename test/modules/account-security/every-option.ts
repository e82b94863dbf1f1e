import { AccountSecurity } from "../../../modules/account-security";
import type { AlarmTarget, DeploymentStack } from "../../../modules/core";

const account = "111111111111";
export const alerts: AlarmTarget = { topicArn: (of) => `arn:aws:sns:${of}:${account}:alerts` };

/** Every option in one region, a detector that is there already in another, and the least. */
export function everyOption(stack: DeploymentStack): void {
  const common = { account, alerts };
  new AccountSecurity(stack, "full", {
    ...common,
    name: "test-full",
    region: "eu-west-1",
    config: {
      inspector: { codeScans: true },
      guardDuty: { publishingFrequency: "ONE_HOUR" },
      findings: { leastSeverity: "LOW", about: "everything" },
    },
  });
  new AccountSecurity(stack, "existing", {
    ...common,
    name: "test-existing",
    region: "eu-central-1",
    config: { guardDuty: { existingDetectors: { "eu-central-1": "0123456789abcdef0123456789abcdef" } } },
  });
  new AccountSecurity(stack, "least", {
    ...common,
    name: "test-least",
    region: "eu-central-1",
    config: { inspector: {} },
  });
}
