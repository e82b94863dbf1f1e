import { defineEnvironment } from "evenkeel";
import {
  byToken,
  handledEventsTable,
  morningRound,
  orderPlaced,
  ordersBus,
  ordersMetrics,
  ordersRoutes,
  ordersSettings,
  ordersTable,
  ordersTeam,
  ordersToPick,
  ordersTraffic,
  partnerCertificates,
  pickListsOnly,
  powertoolsForPython,
  readOrders,
  regions,
  shipmentsTable,
  shipmentsTables,
  stateIn,
  tokensFor,
  trustedPartners,
} from "./common";

const account = "444444444444";

export default defineEnvironment({
  name: "prod",
  description: "Serves the customers; survives the loss of eu-west-1",
  stage: "optimization",
  account,
  regions,
  tags: ordersTeam,
  state: stateIn(account, "prod"),
  alerts: { emails: ["orders-oncall@example.com", "platform-oncall@example.com"] },
  alertChannels: {
    tools: {
      receivers: [
        { name: "on-call", format: "pagerduty", serviceRegion: "eu", severities: ["page"] },
        { name: "orders-chat", format: "slack", channel: "C0123456789" },
      ],
    },
  },
  chaos: {
    optIn: "Game days on the first Tuesday of a month; the on-call team switches faults",
    experiments: {
      functions: [
        {
          name: "orders-throttled-table",
          service: "orders",
          faults: [{ at: "dynamodb", kind: "status", percent: 20, status: 400, error: "ThrottlingException" }],
        },
        {
          name: "shipments-slow-carrier",
          service: "shipments",
          faults: [{ at: "carrier", kind: "latency", percent: 50, ms: 1500 }],
        },
      ],
    },
    hours: { from: "10:00", to: "15:00", timeZone: "Europe/Dublin" },
    gameDays: [
      {
        name: "first-tuesday",
        day: "TUE",
        week: 1,
        at: "10:00",
        experiments: ["orders-throttled-table", "orders-replication", "ledger-failover"],
      },
    ],
  },
  quotas: { lambdaConcurrentExecutions: 3000 },
  codeSigning: { untrustedCode: "Enforce" },
  layers: [partnerCertificates],
  existingLayers: [powertoolsForPython],
  keys: {
    data: { description: "Orders of prod", rotationPeriodDays: 180 },
    operations: { description: "Logs, alerts and dead letters of prod" },
  },
  tables: [ordersTable, shipmentsTable, handledEventsTable],
  databases: [
    {
      name: "ledger",
      cluster: {
        engineVersion: "16.6",
        databaseName: "ledger",
        capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 8 },
        maxRecoveryPointSeconds: 60,
        logRetentionDays: 365,
      },
      proxy: { logRetentionDays: 365 },
      rotation: { logRetentionDays: 365 },
      flowLogs: { logRetentionDays: 365 },
      network: { cidrBlock: "10.64.0.0/20", gatewayEndpoints: [], interfaceEndpoints: ["secretsmanager", "xray"] },
      users: ["ledger_service"],
      migrations: { folder: "services/ledger/migrations", adoptedSchemas: ["ledger"], logRetentionDays: 365 },
    },
  ],
  eventBuses: [ordersBus(90)],
  queues: [ordersToPick],
  dependencies: [
    {
      name: "carrier",
      endpoints: {
        "eu-west-1": "https://dublin.carrier.example.com",
        "eu-central-1": "https://frankfurt.carrier.example.com",
      },
      // A shipment is announced under the order's id, to whichever region answers.
      fallback: true,
    },
    { name: "warehouse" },
  ],
  services: [
    {
      name: "orders",
      function: {
        entry: "services/orders/handler.ts",
        memoryMb: 1769,
        timeoutSeconds: 10,
        reservedConcurrency: 400,
        logRetentionDays: 365,
        provisionedConcurrency: {
          min: 5,
          max: 100,
          schedules: [
            {
              name: "weekday-mornings",
              schedule: "cron(30 6 ? * MON-FRI *)",
              timezone: "Europe/Dublin",
              min: 40,
              max: 100,
            },
            {
              name: "weekday-evenings",
              schedule: "cron(0 20 ? * MON-FRI *)",
              timezone: "Europe/Dublin",
              min: 5,
              max: 100,
            },
          ],
        },
      },
      traffic: ordersTraffic,
      metrics: ordersMetrics,
      errorBudget: { latency: { withinMs: 1000 } },
      tables: { orders: { access: "read-write" } },
      encryption: {},
      publishes: { orders: { sources: ["orders"] } },
      settings: ordersSettings({ pageSize: 20 }),
      chaos: { longestMinutes: 30 },
      dns: { endpointCheck: { requestIntervalSeconds: 10 } },
      recovery: { recoveryTimeSeconds: 420, recoveryPointSeconds: 420 },
      api: {
        domainName: "orders.example.com",
        authorizers: { customers: tokensFor("orders") },
        routes: ordersRoutes,
        throttle: { rateLimit: 1000, burstLimit: 2000 },
        logRetentionDays: 365,
      },
      hostedZoneId: "Z0PRODEXAMPLE",
    },
    {
      name: "ledger",
      function: {
        entry: "services/ledger/handler.ts",
        // Accountants book on every account; other callers only on those in the claim accounts of their token.
        environment: { ALL_OWNERS_SCOPE: "entries:all" },
        memoryMb: 1024,
        timeoutSeconds: 10,
        reservedConcurrency: 100,
        logRetentionDays: 365,
        warming: { concurrency: 2 },
      },
      traffic: { requestsPerSecond: 0.01, averageDurationMs: 80, latency: { objectiveMs: 800 } },
      database: { name: "ledger", user: "ledger_service" },
      // Accountants ask a few times a minute; 100 a second is somebody's loop.
      brake: { invocationsPerMinute: 6000 },
      // Reads move with DNS; writes follow once somebody has failed the database over.
      recovery: { recoveryTimeSeconds: 300, recoveryPointSeconds: 60 },
      api: {
        domainName: "ledger.example.com",
        authorizers: { accountants: tokensFor("ledger") },
        routes: {
          "GET /health": { authorization: "NONE" },
          "POST /entries": byToken("accountants", "entries:write"),
          "GET /accounts/{accountId}/entries": byToken("accountants", "entries:read"),
        },
        throttle: { rateLimit: 200, burstLimit: 400 },
        logRetentionDays: 365,
      },
      hostedZoneId: "Z0PRODEXAMPLE",
    },
    {
      // The orders again, read-only, for customers anywhere: only reads fail over at the edge.
      name: "storefront",
      function: {
        entry: "services/orders/handler.ts",
        memoryMb: 1769,
        timeoutSeconds: 10,
        reservedConcurrency: 100,
        logRetentionDays: 365,
        provisionedConcurrency: { min: 2, max: 60 },
      },
      predictiveWarming: {},
      tables: { orders: { access: "read" } },
      // Customers see the notes of their orders here too.
      encryption: { readsOf: "orders" },
      errorBudget: {},
      recovery: { recoveryTimeSeconds: 30, recoveryPointSeconds: 60 },
      api: {
        authorizers: { customers: tokensFor("orders") },
        routes: readOrders,
        throttle: { rateLimit: 500, burstLimit: 1000 },
        logRetentionDays: 365,
      },
      edge: {
        distribution: {
          aliases: ["storefront.example.com"],
          defaultBehavior: { methods: "read" },
          origin: { connectionAttempts: 2, readTimeoutSeconds: 12 },
        },
        hostedZoneId: "Z0PRODEXAMPLE",
        firewall: {
          scope: "CLOUDFRONT",
          rateLimits: [{ name: "per-address", limit: 1000 }],
          logRetentionDays: 365,
        },
        router: {
          standbyCountries: ["AT", "CH", "CZ", "DE", "HU", "PL", "SK"],
          standbyEdgeRegions: ["eu-central-1"],
          logRetentionDays: 365,
        },
      },
    },
    {
      name: "shipments",
      function: {
        entry: "services/shipments/handler.ts",
        environment: { CARRIER_URL: "https://carrier.example.com", ...trustedPartners },
        memoryMb: 1024,
        timeoutSeconds: 30,
        reservedConcurrency: 50,
        logRetentionDays: 365,
      },
      chaos: { longestMinutes: 30 },
      layers: [partnerCertificates.name],
      errorBudget: { availabilityPercent: 99.5 },
      tables: shipmentsTables,
      dependencies: ["carrier"],
      subscriptions: {
        "order-placed": orderPlaced,
      },
      recovery: { recoveryTimeSeconds: 420, recoveryPointSeconds: 420 },
    },
    {
      name: "picking",
      function: {
        entry: "services/picking/handler.ts",
        environment: { WAREHOUSE_URL: "https://warehouse.example.com", ...trustedPartners },
        memoryMb: 512,
        timeoutSeconds: 20,
        // 20 for the queue, and the rest for the stream and the round.
        reservedConcurrency: 25,
        logRetentionDays: 365,
      },
      layers: [partnerCertificates.name],
      tables: shipmentsTables,
      dependencies: ["warehouse"],
      // As many at a time as the warehouse keeps up with, none while it fails; each order once, whichever region it is in.
      queues: {
        "orders-to-pick": {
          maximumConcurrency: 20,
          pausedBy: ["warehouse"],
          idempotency: { table: "handled-events" },
        },
      },
      streams: { shipments: pickListsOnly },
      schedules: { "morning-round": morningRound },
      publishes: { orders: { sources: ["picking"] } },
      recovery: { recoveryTimeSeconds: 420, recoveryPointSeconds: 420 },
    },
    {
      // In Python, and restored from a snapshot, so that nothing is kept warm for it.
      name: "quotes",
      function: {
        code: { folder: "services/quotes/app", answers: ["warming"] },
        runtime: "python3.13",
        handler: "handler.handler",
        snapStart: true,
        memoryMb: 512,
        timeoutSeconds: 10,
        reservedConcurrency: 50,
        logRetentionDays: 365,
      },
      layers: [powertoolsForPython.name],
      recovery: { recoveryTimeSeconds: 420, recoveryPointSeconds: 60 },
      api: {
        domainName: "quotes.example.com",
        authorizers: { customers: tokensFor("quotes") },
        routes: {
          "GET /health": { authorization: "NONE" },
          "POST /quotes": byToken("customers", "quotes:read"),
        },
        throttle: { rateLimit: 200, burstLimit: 400 },
        logRetentionDays: 365,
      },
      hostedZoneId: "Z0PRODEXAMPLE",
    },
  ],
  containers: [
    {
      // Where a shipment is, for whoever knows the order's id.
      name: "tracking",
      container: {
        image:
          "444444444444.dkr.ecr.eu-west-1.amazonaws.com/tracking@sha256:6b1f3c0a9d7e42b58c1d0e9f7a3b5c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7",
        logRetentionDays: 365,
      },
      loadBalancer: { domainName: "tracking.example.com" },
      hostedZoneId: "Z0PRODEXAMPLE",
      tables: { shipments: { access: "read" } },
      errorBudget: { availabilityPercent: 99.5 },
    },
  ],
  containerNetwork: { cidrBlock: "10.72.0.0/20" },
  containerFlowLogs: { logRetentionDays: 365 },
  backups: {
    rules: [
      { name: "daily", schedule: "cron(0 3 ? * * *)", copyDeleteAfterDays: 7 },
      {
        name: "monthly",
        schedule: "cron(0 1 1 * ? *)",
        deleteAfterDays: 400,
        coldStorageAfterDays: 30,
        copied: false,
      },
    ],
    copyTo: "eu-central-1",
    lock: { mode: "governance", minRetentionDays: 7 },
    recoveryPointHours: 25,
  },
  warmer: { logRetentionDays: 365 },
  queuePausing: { logRetentionDays: 365 },
  spendBrake: { logRetentionDays: 365 },
  predictiveWarming: { logRetentionDays: 365 },
  spendGuard: {
    monthlyLimitUsd: 5000,
    emails: ["orders-oncall@example.com", "finance@example.com"],
  },
});
