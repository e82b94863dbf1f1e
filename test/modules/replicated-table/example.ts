import type { AlarmTarget, DeploymentStack, Grantee, RegionalKey } from "../../../modules/core";
import { ReplicatedTable } from "../../../modules/replicated-table";

export function build(stack: DeploymentStack, key: RegionalKey, alarms: AlarmTarget, reader: Grantee): void {
  const orders = new ReplicatedTable(stack, "orders", {
    config: {
      attributes: { pk: "S", sk: "S", customerId: "S" },
      partitionKey: "pk",
      sortKey: "sk",
      globalSecondaryIndexes: [{ name: "byCustomer", partitionKey: "customerId", sortKey: "sk" }],
      timeToLiveAttribute: "expiresAt",
      maxWriteRequestUnits: 400,
    },
    name: "prod-orders",
    home: "eu-west-1",
    replicas: ["eu-central-1"],
    key,
    alarms,
    contributorInsights: true,
  });
  orders.grantRead(reader);
}
