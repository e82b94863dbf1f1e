import { type DeploymentStack, deploymentStackOf, silentAlarm } from "../../../modules/core";
import { ErrorBudget } from "../../../modules/error-budget";

const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:111111111111:test-alerts` };

/** An API with both promises and a page that maintenance holds back, and a function with the least, in two regions. */
export function everyOption(stack: DeploymentStack): void {
  const maintenance = silentAlarm(stack, "maintenance", deploymentStackOf(stack).providers, {
    region: "eu-west-1",
    alarmName: "test-maintenance",
    alarmDescription: "Somebody works on it.",
    namespace: "Test",
    metricName: "Maintenance",
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 1,
    threshold: 0,
    comparisonOperator: "GreaterThanThreshold",
  });
  new ErrorBudget(stack, "full", {
    config: {
      availabilityPercent: 99.95,
      latency: { withinMs: 800, percent: 99.5 },
      minimumRequests: 100,
      impact: { suppressedBy: { alarm: "test-maintenance", waitSeconds: 60, extensionSeconds: 600 } },
    },
    name: "test-orders",
    region: "eu-west-1",
    source: { kind: "api", apiId: "a1b2c3d4e5" },
    impactAlarmArns: [maintenance.arn],
    alarms,
  });
  new ErrorBudget(stack, "least", {
    config: {},
    name: "test-mailer",
    region: "eu-central-1",
    source: { kind: "function", functionName: "test-mailer" },
    impactAlarmArns: [],
    alarms,
  });
}
