import type { EnvironmentInput } from "../../config";
import prod from "../../environments/prod";

const input = prod.input as EnvironmentInput;
const service = (name: string) => {
  const found = input.services?.find((one) => one.name === name);
  if (!found) throw new Error(`prod has no service ${name}`);
  return found;
};
const left = (reason: string) => ({ enabled: false, reason });
const apart = left("Drift is looked at without it");

/** The least of an environment in two regions that has something of everything that moves. */
export const driftEnvironment = {
  name: "shop",
  description: "What drift is looked for in",
  stage: "optimization",
  account: input.account,
  regions: input.regions,
  tags: input.tags,
  state: { backend: "local" },
  disposable: true,
  alerts: input.alerts,
  exceptions: {
    alarms: apart,
    dashboards: apart,
    savedQueries: apart,
    kpis: apart,
    deadLetters: apart,
    contributorInsights: apart,
    databaseProxy: apart,
    secretRotation: apart,
    keyRotationEvidence: apart,
    businessMetrics: apart,
    errorBudgets: apart,
    tracing: apart,
    flowLogs: apart,
    backupPlan: apart,
  },
  tables: [
    {
      name: "orders",
      partitionKey: "pk",
      attributes: { pk: "S", day: "S" },
      globalSecondaryIndexes: [{ name: "by-day", partitionKey: "day" }],
      billingMode: "PROVISIONED",
      readCapacity: { minCapacity: 5, maxCapacity: 50 },
      writeCapacity: { minCapacity: 5, maxCapacity: 40 },
    },
    { name: "handled-events", partitionKey: "pk", attributes: { pk: "S" }, timeToLiveAttribute: "expiresAt" },
  ],
  databases: [
    {
      name: "ledger",
      users: ["ledger_service"],
      cluster: {
        engineVersion: "16.6",
        databaseName: "ledger",
        capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 8 },
      },
      network: { cidrBlock: "10.64.0.0/20" },
    },
  ],
  eventBuses: input.eventBuses,
  queues: [{ name: "orders-to-pick", maxReceiveCount: 10 }],
  dependencies: [{ name: "warehouse" }],
  services: [
    {
      name: "orders",
      function: { ...service("orders").function, environment: { PAGE: "20" } },
      tables: { orders: { access: "read-write" } },
      publishes: { orders: { sources: ["orders"] } },
      api: { domainName: "orders.example.com", routes: { "GET /health": { authorization: "NONE" } } },
      hostedZoneId: service("orders").hostedZoneId,
    },
    {
      name: "storefront",
      function: { ...service("storefront").function },
      predictiveWarming: {},
      tables: { orders: { access: "read" } },
    },
    {
      name: "picking",
      function: service("picking").function,
      brake: { invocationsPerMinute: 6000 },
      tables: { "handled-events": { access: "read-write", homeReplica: true } },
      dependencies: ["warehouse"],
      queues: {
        "orders-to-pick": { maximumConcurrency: 20, pausedBy: ["warehouse"], idempotency: { table: "handled-events" } },
      },
    },
  ],
  containers: [{ ...input.containers?.[0], tables: {}, errorBudget: undefined }],
  containerNetwork: input.containerNetwork,
  spendGuard: { monthlyLimitUsd: 100, emails: ["a@example.com"] },
} as unknown as EnvironmentInput;
