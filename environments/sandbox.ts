import { defineEnvironment } from "evenkeel";
import {
  handledEventsTable,
  orderPlaced,
  ordersBus,
  ordersSettings,
  ordersTable,
  regions,
  shipmentsTable,
  shipmentsTables,
} from "./common";

export default defineEnvironment({
  name: "sandbox",
  description: "For trying things out; holds nothing that matters",
  stage: "foundation",
  disposable: true,
  account: "111111111111",
  regions,
  tags: { Team: "platform", CostCenter: "orders" },
  state: { backend: "local" },
  alerts: { emails: ["platform@example.com"] },
  tables: [
    { ...ordersTable, deletionProtection: false },
    { ...shipmentsTable, deletionProtection: false },
    { ...handledEventsTable, deletionProtection: false },
  ],
  eventBuses: [ordersBus(1)],
  services: [
    {
      name: "orders",
      function: {
        entry: "services/orders/handler.ts",
        // Requests are signed here. This role places and reads orders for any customer, others for none.
        environment: { ALL_OWNERS_PRINCIPALS: "arn:aws:iam::111111111111:role/orders-support" },
        memoryMb: 512,
        timeoutSeconds: 10,
        reservedConcurrency: 10,
        logRetentionDays: 7,
        provisionedConcurrency: { min: 1, max: 2 },
      },
      tables: { orders: { access: "read-write" } },
      encryption: {},
      publishes: { orders: { sources: ["orders"] } },
      settings: ordersSettings({ pageSize: 5 }),
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
      tables: shipmentsTables,
      subscriptions: {
        "order-placed": orderPlaced,
      },
    },
  ],
  spendGuard: { monthlyLimitUsd: 20, emails: ["platform@example.com"] },
});
