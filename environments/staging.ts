import { defineEnvironment } from "./define-environment";

export default defineEnvironment({
  name: "staging",
  description: "The last rehearsal before prod, with the load of a quiet day",
  stage: "hardening",
  account: "333333333333",
  regions: { home: "eu-west-1", standby: ["eu-central-1"] },
  tags: { Team: "orders", CostCenter: "orders" },
  state: {
    backend: "s3",
    bucket: "example-terraform-state-333333333333",
    region: "eu-north-1",
    keyPrefix: "evenkeel/staging",
    kmsKeyArn: "arn:aws:kms:eu-north-1:333333333333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
  },
  alerts: { emails: ["orders-oncall@example.com"] },
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
  eventBuses: [{ name: "orders", description: "What happens to orders", archiveRetentionDays: 30 }],
  services: [
    {
      name: "orders",
      function: {
        entry: "services/orders/handler.ts",
        memoryMb: 1024,
        timeoutSeconds: 10,
        reservedConcurrency: 100,
        logRetentionDays: 30,
        provisionedConcurrency: { min: 1, max: 10 },
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
      dns: { endpointCheck: { requestIntervalSeconds: 30 } },
      recovery: { recoveryTimeSeconds: 420, recoveryPointSeconds: 420 },
      api: {
        domainName: "orders.staging.example.com",
        authorizers: { customers: { issuer: "https://auth.example.com", audience: ["orders"] } },
        routes: {
          "GET /health": { authorization: "NONE" },
          "POST /orders": { authorization: "JWT", authorizer: "customers" },
          "GET /orders/{orderId}": { authorization: "JWT", authorizer: "customers" },
          "GET /customers/{customerId}/orders": { authorization: "JWT", authorizer: "customers" },
        },
        throttle: { rateLimit: 200, burstLimit: 400 },
        logRetentionDays: 30,
      },
      hostedZoneId: "Z0STAGINGEXAMPLE",
    },
  ],
  spendGuard: { monthlyLimitUsd: 500, emails: ["orders-oncall@example.com"] },
});
