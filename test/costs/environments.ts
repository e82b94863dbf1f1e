import { defineEnvironment, type EnvironmentDefinition } from "../../config";
import dev from "../../environments/dev";

/** Dev as its file has it, with traffic: two requests in each second of the month. */
export const devWithTraffic: EnvironmentDefinition = defineEnvironment({
  ...dev.input,
  services: (dev.input.services ?? []).map((service) => ({
    ...service,
    traffic: { requestsPerSecond: 2, averageDurationMs: 100, latency: { objectiveMs: 2_000 } },
  })),
});

/** A small shop in two regions, with one service, its table, its bus and ten provisioned environments in each region. */
export const shop: EnvironmentDefinition = defineEnvironment({
  name: "shop",
  description: "A small shop whose costs a test calculates by hand",
  stage: "optimization",
  exceptions: {
    alarms: { enabled: false, reason: "the alarms of dev are counted, and these would be a hundred more" },
    contributorInsights: { enabled: false, reason: "nobody looks for hot keys of so small a table" },
    keyRotationEvidence: { enabled: false, reason: "no audit asks for it" },
  },
  account: "555555555555",
  regions: { home: "eu-west-1", standby: ["eu-central-1"] },
  state: { backend: "local" },
  disposable: true,
  alerts: { emails: ["shop@example.com"] },
  spendGuard: { monthlyLimitUsd: 100, emails: ["shop@example.com"] },
  costs: { tableGb: { carts: 20 }, prices: { "kms.keys": 0.8 } },
  tables: [
    {
      name: "carts",
      partitionKey: "pk",
      attributes: { pk: "S", buyer: "S" },
      globalSecondaryIndexes: [{ name: "by-buyer", partitionKey: "buyer" }],
      deletionProtection: false,
    },
  ],
  eventBuses: [{ name: "sales", description: "What is sold", archiveRetentionDays: 30 }],
  services: [
    {
      name: "carts",
      function: {
        entry: "services/orders/handler.ts",
        memoryMb: 1024,
        timeoutSeconds: 10,
        reservedConcurrency: 20,
        logRetentionDays: 30,
        provisionedConcurrency: { min: 10, max: 10 },
      },
      tables: { carts: { access: "read-write" } },
      publishes: { sales: { sources: ["carts"] } },
      traffic: {
        requestsPerSecond: 10,
        averageDurationMs: 50,
        latency: { objectiveMs: 2_000 },
        perRequest: {
          reads: 2,
          writes: 0.5,
          itemKb: 5,
          events: 0.5,
          eventKb: 2,
          responseKb: 8,
          logKb: 1,
          accessLogKb: 0.5,
        },
      },
      api: {
        routes: { "GET /health": { authorization: "NONE" }, "POST /orders": {} },
        throttle: { rateLimit: 100, burstLimit: 200 },
        logRetentionDays: 30,
      },
    },
  ],
});
