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
const hostedZoneId = "Z0PRODEXAMPLE";

/** Auditors ask for the logs of a year. */
const forAYear = { logRetentionDays: 365 } as const;

/** What the databases have in common; functions in their networks reach secrets and X-Ray alone. */
const database = (cidrBlock: string) => ({
  rotation: forAYear,
  flowLogs: forAYear,
  network: { cidrBlock, gatewayEndpoints: [], interfaceEndpoints: ["secretsmanager", "xray"] as const },
});

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
        ...forAYear,
      },
      proxy: forAYear,
      ...database("10.64.0.0/20"),
      users: ["ledger_service"],
      migrations: { folder: "services/ledger/migrations", adoptedSchemas: ["ledger"], ...forAYear },
    },
    {
      name: "stock",
      cluster: {
        engine: "aurora-mysql",
        engineVersion: "8.0.mysql_aurora.3.08.2",
        databaseName: "stock",
        capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 16 },
        parameters: { server_audit_logging: "1", server_audit_events: "CONNECT" },
        ...forAYear,
      },
      proxy: { initQuery: "SET time_zone = '+00:00'", sessionPinningFilters: ["EXCLUDE_VARIABLE_SETS"], ...forAYear },
      ...database("10.66.0.0/20"),
      users: ["stock_service"],
      migrations: { folder: "services/stock/migrations", ...forAYear },
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
        ...forAYear,
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
        ...forAYear,
      },
      hostedZoneId,
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
        ...forAYear,
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
        ...forAYear,
      },
      hostedZoneId,
    },
    {
      // The orders again, read-only, for customers anywhere: only reads fail over at the edge.
      name: "storefront",
      function: {
        entry: "services/orders/handler.ts",
        memoryMb: 1769,
        timeoutSeconds: 10,
        reservedConcurrency: 100,
        ...forAYear,
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
        ...forAYear,
      },
      edge: {
        distribution: {
          aliases: ["storefront.example.com"],
          defaultBehavior: { methods: "read" },
          origin: { connectionAttempts: 2, readTimeoutSeconds: 12 },
        },
        hostedZoneId,
        firewall: {
          scope: "CLOUDFRONT",
          rateLimits: [{ name: "per-address", limit: 1000 }],
          ...forAYear,
        },
        router: {
          standbyCountries: ["AT", "CH", "CZ", "DE", "HU", "PL", "SK"],
          standbyEdgeRegions: ["eu-central-1"],
          ...forAYear,
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
        ...forAYear,
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
        ...forAYear,
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
        ...forAYear,
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
        ...forAYear,
      },
      hostedZoneId,
    },
    {
      name: "stock",
      function: {
        entry: "services/stock/handler.ts",
        memoryMb: 1024,
        timeoutSeconds: 10,
        reservedConcurrency: 100,
        ...forAYear,
      },
      database: { name: "stock", user: "stock_service" },
      // Reads move with DNS; movements follow once somebody has failed the database over.
      recovery: { recoveryTimeSeconds: 300, recoveryPointSeconds: 60 },
      api: {
        domainName: "stock.example.com",
        authorizers: { warehouses: tokensFor("stock") },
        routes: {
          "GET /health": { authorization: "NONE" },
          "POST /movements": byToken("warehouses", "stock:write"),
          "GET /items/{sku}": byToken("warehouses", "stock:read"),
        },
        throttle: { rateLimit: 200, burstLimit: 400 },
        ...forAYear,
      },
      hostedZoneId,
    },
  ],
  containers: [
    {
      // Where a shipment is, for whoever knows the order's id.
      name: "tracking",
      container: {
        image:
          "444444444444.dkr.ecr.eu-west-1.amazonaws.com/tracking@sha256:6b1f3c0a9d7e42b58c1d0e9f7a3b5c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7",
        ...forAYear,
      },
      loadBalancer: { domainName: "tracking.example.com" },
      hostedZoneId,
      tables: { shipments: { access: "read" } },
      errorBudget: { availabilityPercent: 99.5 },
    },
  ],
  containerNetwork: { cidrBlock: "10.72.0.0/20" },
  containerFlowLogs: forAYear,
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
  warmer: forAYear,
  queuePausing: forAYear,
  spendBrake: forAYear,
  predictiveWarming: forAYear,
  spendGuard: {
    monthlyLimitUsd: 5000,
    emails: ["orders-oncall@example.com", "finance@example.com"],
  },
});
