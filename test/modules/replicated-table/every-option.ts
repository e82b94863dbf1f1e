import { TerraformOutput } from "cdktf";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { ReplicatedTable, type ReplicatedTableInput } from "../../../modules/replicated-table";

const account = "123456789012";

/** A key and topics by name only, as if another stack had made them. */
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };

const onDemand: ReplicatedTableInput = {
  attributes: { pk: "S", sk: "S", customerId: "S", createdAt: "N", state: "B" },
  partitionKey: "pk",
  sortKey: "sk",
  globalSecondaryIndexes: [
    {
      name: "byCustomer",
      partitionKey: "customerId",
      sortKey: "createdAt",
      projectionType: "INCLUDE",
      nonKeyAttributes: ["total"],
      maxReadRequestUnits: 500,
      maxWriteRequestUnits: 200,
    },
    { name: "byState", partitionKey: "state", projectionType: "KEYS_ONLY" },
  ],
  localSecondaryIndexes: [{ name: "byCreation", sortKey: "createdAt" }],
  timeToLiveAttribute: "expiresAt",
  billingMode: "PAY_PER_REQUEST",
  maxReadRequestUnits: 1000,
  maxWriteRequestUnits: 400,
  pointInTimeRecoveryDays: 14,
  deletionProtection: false,
  tableClass: "STANDARD_INFREQUENT_ACCESS",
  alarmThresholds: {
    throttleEvents: 5,
    systemErrors: 3,
    replicationLatencyMilliseconds: 30_000,
    capacityPercent: 75,
  },
};

const provisioned: ReplicatedTableInput = {
  attributes: { id: "S", owner: "S" },
  partitionKey: "id",
  billingMode: "PROVISIONED",
  readCapacity: { minCapacity: 5, maxCapacity: 100, targetUtilization: 60 },
  writeCapacity: { minCapacity: 5, maxCapacity: 50 },
  globalSecondaryIndexes: [
    { name: "by-owner", partitionKey: "owner", readCapacity: { minCapacity: 1, maxCapacity: 20 } },
  ],
  ignoreIndexChanges: true,
};

/** Tables with every option in use in two regions, both ways of billing, and the least one in one region. */
export function everyOption(stack: DeploymentStack): void {
  const home = "eu-west-1";
  const standby = "eu-central-1";
  const everywhere = { home, replicas: [standby], key, alarms, contributorInsights: true };
  const table = new ReplicatedTable(stack, "on-demand", { ...everywhere, config: onDemand, name: "test-on-demand" });
  for (const region of [home, standby]) {
    new TerraformOutput(stack, `stream-${region}`, { value: table.streamArnIn(region) });
  }
  new ReplicatedTable(stack, "provisioned", { ...everywhere, config: provisioned, name: "test-provisioned" });
  new ReplicatedTable(stack, "least", {
    config: { attributes: { pk: "S" }, partitionKey: "pk" },
    name: "test-least",
    home,
    replicas: [],
    key,
    contributorInsights: false,
  });
}
