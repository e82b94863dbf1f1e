import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import { FaultExperiments } from "../../../modules/fault-experiments";

export function build(stack: DeploymentStack, key: RegionalKey): FaultExperiments {
  const experiments = new FaultExperiments(stack, "experiments", {
    config: {},
    environment: "prod",
    region: "eu-west-1",
    account: "123456789012",
    key,
  });
  experiments.pauseReplication("orders-replication", {
    minutes: 15,
    tableName: "prod-orders",
    tableArn: "arn:aws:dynamodb:eu-west-1:123456789012:table/prod-orders",
    stopAlarmArns: ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:prod-orders-api-server-errors"],
    hypothesis: {
      holds: "orders goes on from the table of the own region",
      row: {
        path: "tables",
        subject: "orders",
        recoveryTimeSeconds: 0,
        recoveryTime: { made: "each replica accepts writes", remedy: () => undefined },
      },
      promisedSeconds: 420,
    },
  });
  experiments.addGameDays({
    hours: { from: "10:00", to: "15:00", timeZone: "Europe/Dublin" },
    gameDays: [{ name: "first-tuesday", day: "TUE", week: 1, at: "10:00", experiments: ["orders-replication"] }],
  });
  return experiments;
}
