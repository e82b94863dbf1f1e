import { defineEnvironment } from "./define-environment";

export default defineEnvironment({
  name: "sandbox",
  description: "For trying things out; holds nothing that matters",
  stage: "foundation",
  disposable: true,
  account: "111111111111",
  regions: { home: "eu-west-1", standby: ["eu-central-1"] },
  tags: { Team: "platform", CostCenter: "orders" },
  state: { backend: "local" },
  alerts: { emails: ["platform@example.com"] },
  tables: [
    {
      name: "orders",
      partitionKey: "pk",
      sortKey: "sk",
      attributes: { pk: "S", sk: "S", customerId: "S", createdAt: "S" },
      globalSecondaryIndexes: [{ name: "by-customer", partitionKey: "customerId", sortKey: "createdAt" }],
      timeToLiveAttribute: "expiresAt",
      deletionProtection: false,
    },
    {
      name: "shipments",
      partitionKey: "pk",
      attributes: { pk: "S" },
      deletionProtection: false,
    },
    {
      // Which events the consumers have handled, in whichever region.
      name: "handled-events",
      partitionKey: "pk",
      attributes: { pk: "S" },
      timeToLiveAttribute: "expiresAt",
      deletionProtection: false,
    },
  ],
  eventBuses: [{ name: "orders", description: "What happens to orders", archiveRetentionDays: 1 }],
  services: [
    {
      name: "orders",
      function: {
        entry: "services/orders/handler.ts",
        memoryMb: 512,
        timeoutSeconds: 10,
        reservedConcurrency: 10,
        logRetentionDays: 7,
        provisionedConcurrency: { min: 1, max: 2 },
      },
      tables: { orders: { access: "read-write" } },
      encryption: {},
      publishes: { orders: { sources: ["orders"] } },
      settings: {
        "page-size": {
          value: "5",
          description: "Orders on a page of a list, unless the caller asks for another number",
          allowedPattern: "[1-9]\\d?|100",
        },
      },
      api: {
        routes: {
          "GET /health": { authorization: "NONE" },
          "POST /orders": {},
          "GET /orders/{orderId}": {},
          "GET /customers/{customerId}/orders": {},
        },
        throttle: { rateLimit: 20, burstLimit: 40 },
        logRetentionDays: 7,
      },
    },
    {
      name: "shipments",
      function: {
        entry: "services/shipments/handler.ts",
        memoryMb: 512,
        timeoutSeconds: 30,
        reservedConcurrency: 5,
        logRetentionDays: 7,
      },
      tables: {
        shipments: { access: "write" },
        "handled-events": { access: "read-write", variable: "HANDLED_EVENTS_TABLE_NAME", homeReplica: true },
      },
      subscriptions: {
        "order-placed": {
          bus: "orders",
          description: "Orders that wait for a shipment",
          eventPattern: { source: ["orders"], "detail-type": ["OrderPlaced"] },
        },
      },
    },
  ],
  spendGuard: { monthlyLimitUsd: 20, emails: ["platform@example.com"] },
});
