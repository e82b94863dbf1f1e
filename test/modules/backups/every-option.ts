import { Backups } from "../../../modules/backups";
import type { DeploymentStack } from "../../../modules/core";
import { alarms, key } from "../service-function/fixtures/references";

const account = "111111111111";

/** Backups with every option, and the least ones: vaults for what may come. */
export function everyOption(stack: DeploymentStack): void {
  new Backups(stack, "all", {
    config: {
      rules: [
        {
          name: "hourly",
          schedule: "cron(30 * ? * MON-FRI *)",
          timezone: "Europe/Dublin",
          startWindowMinutes: 60,
          completionWindowMinutes: 180,
          deleteAfterDays: 14,
          continuous: true,
          copied: false,
        },
        {
          name: "monthly",
          schedule: "cron(0 1 L * ? *)",
          deleteAfterDays: 400,
          coldStorageAfterDays: 30,
          copyDeleteAfterDays: 130,
        },
      ],
      copyTo: "eu-central-1",
      lock: {
        mode: "compliance",
        minRetentionDays: 7,
        maxRetentionDays: 400,
        changeableForDays: 3,
        cannotBeUndone: true,
      },
      deletionRoles: [`arn:aws:iam::${account}:role/break-glass`],
      optIn: true,
      key: { description: "Backups of everything", rotationPeriodDays: 180 },
    },
    name: "test-all",
    region: "eu-west-1",
    account,
    tableArns: [`arn:aws:dynamodb:eu-west-1:${account}:table/test-orders`],
    clusterArns: [`arn:aws:rds:eu-west-1:${account}:cluster:test-ledger`],
    dataKey: key,
    alarms,
  });
  new Backups(stack, "least", {
    config: {},
    name: "test-least",
    region: "eu-west-1",
    account,
    dataKey: key,
    disposable: true,
  });
}
