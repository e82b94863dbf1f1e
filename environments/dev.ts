import { defineEnvironment } from "./define-environment";

export default defineEnvironment({
  name: "dev",
  description: "Where the teams integrate; data is test data, but shared",
  stage: "foundation",
  exceptions: {
    deadLetters: { enabled: true, reason: "failed events are what the teams look for here" },
  },
  account: "222222222222",
  regions: { home: "eu-west-1", standby: ["eu-central-1"] },
  tags: { Team: "orders", CostCenter: "orders" },
  state: {
    backend: "s3",
    bucket: "example-terraform-state-222222222222",
    region: "eu-north-1",
    keyPrefix: "evenkeel/dev",
    kmsKeyArn: "arn:aws:kms:eu-north-1:222222222222:key/mrk-1234abcd12ab34cd56ef1234567890ab",
  },
  alerts: { emails: ["orders-dev@example.com"] },
  tables: [
    {
      name: "orders",
      partitionKey: "pk",
      sortKey: "sk",
      attributes: { pk: "S", sk: "S", customerId: "S", createdAt: "S" },
      globalSecondaryIndexes: [{ name: "by-customer", partitionKey: "customerId", sortKey: "createdAt" }],
      timeToLiveAttribute: "expiresAt",
    },
  ],
  eventBuses: [{ name: "orders", description: "What happens to orders", archiveRetentionDays: 7 }],
  services: [
    {
      name: "orders",
      function: {
        entry: "services/orders/handler.ts",
        memoryMb: 512,
        timeoutSeconds: 10,
        reservedConcurrency: 20,
        logRetentionDays: 14,
        logLevel: "DEBUG",
      },
      tables: { orders: { access: "read-write" } },
      encryption: {},
      publishes: { orders: { sources: ["orders"] } },
      settings: {
        "page-size": {
          value: "20",
          description: "Orders on a page of a list, unless the caller asks for another number",
          allowedPattern: "[1-9]\\d?|100",
        },
      },
      api: {
        authorizers: { customers: { issuer: "https://auth.example.com", audience: ["orders"] } },
        routes: {
          "GET /health": { authorization: "NONE" },
          "POST /orders": { authorization: "JWT", authorizer: "customers" },
          "GET /orders/{orderId}": { authorization: "JWT", authorizer: "customers" },
          "GET /customers/{customerId}/orders": { authorization: "JWT", authorizer: "customers" },
        },
        throttle: { rateLimit: 50, burstLimit: 100 },
        logRetentionDays: 14,
      },
    },
  ],
  spendGuard: { monthlyLimitUsd: 200, emails: ["orders-dev@example.com"] },
});
