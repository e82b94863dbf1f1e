import { AccountSecurity } from "../../../modules/account-security";
import type { AlarmTarget, DeploymentStack } from "../../../modules/core";

export function watchAccount(stack: DeploymentStack, alerts: AlarmTarget): AccountSecurity {
  return new AccountSecurity(stack, "security", {
    config: { inspector: { codeScans: true }, guardDuty: {} },
    name: "live",
    region: "eu-west-1",
    account: "123456789012",
    alerts,
  });
}
