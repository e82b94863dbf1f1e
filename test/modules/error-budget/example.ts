import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import { ErrorBudget } from "../../../modules/error-budget";
import type { HttpApi } from "../../../modules/http-api";

export function build(stack: DeploymentStack, api: HttpApi, alarms: AlarmTarget): ErrorBudget {
  return new ErrorBudget(stack, "error-budget", {
    config: { availabilityPercent: 99.9, latency: { withinMs: 800, percent: 99 } },
    name: "prod-orders",
    region: "eu-west-1",
    source: { kind: "api", apiId: api.apiId },
    impactAlarmArns: api.callerAlarmArns,
    alarms,
  });
}
