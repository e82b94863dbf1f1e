import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { deploymentStackOf, metricAlarm } from "../../../modules/core";
import { FaultExperiments, type Hypothesis } from "../../../modules/fault-experiments";

const account = "111111111111";
const region = "eu-west-1";
const key: RegionalKey = {
  arnIn: (of) => `arn:aws:kms:${of}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const alarms: AlarmTarget = { topicArn: (of) => `arn:aws:sns:${of}:${account}:alerts` };

export const hypothesis = (seconds: number, promisedSeconds?: number): Hypothesis => ({
  holds: "clients of orders are answered",
  row: {
    path: "dns",
    recoveryTimeSeconds: seconds,
    recoveryTime: { made: "requestIntervalSeconds 10 x failureThreshold 3 + 60 s", remedy: () => undefined },
  },
  promisedSeconds,
});

/** An alarm that ends experiments, as services have it. */
function stopAlarm(stack: DeploymentStack, name: string): string {
  return metricAlarm(stack, name, deploymentStackOf(stack).providers, alarms, {
    region,
    alarmName: `test-${name}`,
    alarmDescription: "Clients see errors.",
    namespace: "AWS/ApiGateway",
    metricName: "5xx",
    statistic: "Sum",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    period: 60,
    evaluationPeriods: 3,
  }).arn;
}

/** Every kind of experiment with game days, and one with the least. */
export function everyOption(stack: DeploymentStack): void {
  const stopAlarmArns = [stopAlarm(stack, "errors"), stopAlarm(stack, "late")];
  const common = { stopAlarmArns, hypothesis: hypothesis(90, 420) };
  const full = new FaultExperiments(stack, "full", {
    config: { logRetentionDays: 400 },
    environment: "test",
    region,
    account,
    key,
    alarms,
    roles: { path: "/services/", permissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary` },
  });
  const parameterName = "/test/orders/chaos/faults";
  full.injectFaults("orders-slow", {
    ...common,
    config: {
      minutes: 10,
      faults: [
        { at: "handler", kind: "latency", percent: 10, ms: 500, jitterMs: 100 },
        { at: "dynamodb", kind: "status", status: 400, error: "ThrottlingException", retryAfterSeconds: 1 },
        { at: "events", kind: "exception", error: "Broken" },
        { at: "payments", kind: "timeout", ms: 2000 },
        { at: "payments", kind: "blocked" },
        { at: "payments", kind: "corrupted" },
        { at: "handler", kind: "memory-pressure", mb: 64 },
        { at: "handler", kind: "full-disk", mb: 64 },
      ],
    },
    functionName: "test-orders",
    parameterName,
    parameterArn: `arn:aws:ssm:${region}:${account}:parameter${parameterName}`,
  });
  full.pauseReplication("orders-replication", {
    ...common,
    minutes: 15,
    tableName: "test-orders",
    tableArn: `arn:aws:dynamodb:${region}:${account}:table/test-orders`,
  });
  full.failOver("ledger-failover", {
    ...common,
    clusterName: "test-ledger",
    clusterArn: `arn:aws:rds:${region}:${account}:cluster:test-ledger`,
  });
  const network = {
    name: "test-ledger",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
  };
  full.disruptNetwork("ledger-network", { ...common, minutes: 10, network });
  full.disruptCrossRegion("ledger-cross-region", { ...common, minutes: 10, network, otherRegion: "eu-central-1" });
  full.addGameDays({
    hours: { days: ["TUE", "SAT"], from: "09:30", to: "17:00", timeZone: "Europe/Dublin" },
    gameDays: [
      {
        name: "first-tuesday",
        day: "TUE",
        week: 1,
        at: "10:00",
        pauseMinutes: 20,
        experiments: ["orders-slow", "elsewhere", "ledger-failover"],
      },
      { name: "saturdays", day: "SAT", at: "16:45", experiments: ["orders-replication"] },
    ],
    elsewhere: new Map([["elsewhere", 30]]),
  });
  const least = new FaultExperiments(stack, "least", {
    config: {},
    environment: "other",
    region,
    account,
    key,
  });
  least.failOver("ledger-failover", {
    stopAlarmArns: [stopAlarmArns[0] as string],
    hypothesis: hypothesis(0),
    clusterName: "other-ledger",
    clusterArn: `arn:aws:rds:${region}:${account}:cluster:other-ledger`,
  });
}
