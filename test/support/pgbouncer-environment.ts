import { defineEnvironment } from "../../config";
import prod from "../../environments/prod";
import { ledgerOf } from "./databases";

const { account } = prod.input;

/** Prod with PgBouncer as the pool of its PostgreSQL database, and one service, which connects through it. */
export const pgbouncerEnvironment = defineEnvironment({
  ...prod.input,
  containers: undefined,
  containerNetwork: undefined,
  containerFlowLogs: undefined,
  chaos: undefined,
  databases: ledgerOf(prod.input).map(({ proxy: _, ...database }) => ({
    ...database,
    network: {
      ...database.network,
      gatewayEndpoints: ["dynamodb", "s3"],
      interfaceEndpoints: ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "xray"],
    },
    rotation: { canary: { stepPercent: 20 } },
    pgbouncer: {
      image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/pgbouncer@sha256:${"0123456789abcdef".repeat(4)}`,
      domainName: "ledger.pools.example.com",
      certificateSecretArn: `arn:aws:secretsmanager:eu-west-1:${account}:secret:pool-certificate-AbCdEf`,
    },
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
      tables: { orders: { access: "read" } },
      database: { name: "ledger", user: "ledger_service" },
    },
  ],
});
