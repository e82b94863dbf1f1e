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

const account = "222222222222";

export default defineEnvironment({
  name: "dev",
  description: "Where the teams integrate; data is test data, but shared",
  stage: "foundation",
  exceptions: {
    deadLetters: { enabled: true, reason: "failed events are what the teams look for here" },
  },
  account,
  regions,
  tags: ordersTeam,
  state: stateIn(account, "dev"),
  alerts: { emails: ["orders-dev@example.com"] },
  // Tried here before others leave X-Ray.
  tracing: {
    openTelemetry: {
      endpoints: {
        "eu-west-1": "https://otlp.eu-west-1.example.com/v1/traces",
        "eu-central-1": "https://otlp.eu-central-1.example.com/v1/traces",
      },
      headersSecretArns: {
        "eu-west-1": `arn:aws:secretsmanager:eu-west-1:${account}:secret:otlp-headers-AbCdEf`,
        "eu-central-1": `arn:aws:secretsmanager:eu-central-1:${account}:secret:otlp-headers-AbCdEf`,
      },
    },
  },
  tables: [ordersTable],
  eventBuses: [ordersBus(7)],
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
      settings: ordersSettings({ pageSize: 20 }),
      api: {
        authorizers: { customers: tokensFor("orders") },
        routes: ordersRoutes,
        throttle: { rateLimit: 50, burstLimit: 100 },
        logRetentionDays: 14,
      },
    },
  ],
  spendGuard: { monthlyLimitUsd: 200, emails: ["orders-dev@example.com"] },
});
