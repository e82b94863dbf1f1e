import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { ledgerOf } from "./databases";

type Database = NonNullable<EnvironmentInput["databases"]>[number];
type Network = Database["network"];

/** VPCs of prod's regions, with security groups that allow traffic to their endpoints. */
export const existing = {
  "eu-west-1": {
    vpcId: "vpc-0aaaaaaaaaaaaaaa1",
    subnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
    additionalSecurityGroupIds: ["sg-0aaaaaaaaaaaaaaa1", "sg-0aaaaaaaaaaaaaaa2"],
  },
  "eu-central-1": {
    vpcId: "vpc-0bbbbbbbbbbbbbbb1",
    subnetIds: ["subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2", "subnet-0bbbbbbbbbbbbbbb3"],
    additionalSecurityGroupIds: ["sg-0bbbbbbbbbbbbbbb1"],
  },
};

/** Prod with its PostgreSQL database in a network, and one service, which connects to it. */
export const environmentIn = (network: Network, pool: Pick<Database, "pgbouncer"> = {}) =>
  defineEnvironment({
    ...prod.input,
    containers: undefined,
    containerNetwork: undefined,
    containerFlowLogs: undefined,
    chaos: undefined,
    databases: ledgerOf(prod.input).map(({ flowLogs, ...database }) => ({
      ...database,
      ...pool,
      ...(pool.pgbouncer && { proxy: undefined }),
      // The owner of an existing network logs it.
      ...(network.existing ? {} : { flowLogs }),
      network,
    })),
    services: [
      {
        name: "accounts",
        function: {
          entry: "services/orders/handler.ts",
          memoryMb: 512,
          timeoutSeconds: 10,
          reservedConcurrency: 100,
          logRetentionDays: 30,
        },
        database: { name: "ledger", user: "ledger_service" },
      },
    ],
  });
