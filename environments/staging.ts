import { defineEnvironment } from "evenkeel";
import {
  ordersBus,
  ordersRoutes,
  ordersSettings,
  ordersTable,
  ordersTeam,
  regions,
  stateIn,
  tokensFor,
} from "./common";

const account = "333333333333";

export default defineEnvironment({
  name: "staging",
  description: "The last rehearsal before prod, with the load of a quiet day",
  stage: "hardening",
  account,
  regions,
  tags: ordersTeam,
  state: stateIn(account, "staging"),
  alerts: { emails: ["orders-oncall@example.com"] },
  tables: [ordersTable],
  eventBuses: [ordersBus(30)],
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
      settings: ordersSettings({ pageSize: 20 }),
      dns: { endpointCheck: { requestIntervalSeconds: 30 } },
      recovery: { recoveryTimeSeconds: 420, recoveryPointSeconds: 420 },
      api: {
        domainName: "orders.staging.example.com",
        authorizers: { customers: tokensFor("orders") },
        routes: ordersRoutes,
        throttle: { rateLimit: 200, burstLimit: 400 },
        logRetentionDays: 30,
      },
      hostedZoneId: "Z0STAGINGEXAMPLE",
    },
  ],
  spendGuard: { monthlyLimitUsd: 500, emails: ["orders-oncall@example.com"] },
});
