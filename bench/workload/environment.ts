import {
  type ApiInput,
  type BusInput,
  defineEnvironment,
  type RegionsInput,
  type SettingsInput,
  type StateInput,
  type TableInput,
} from "evenkeel";

/**
 * Prod as it was when the aims of speed were set: nine stacks, four services, two regions. It stays as it is, so that a run of
 * today and one of next year have the same work to do. What capabilities bring to it without being asked is part of the work.
 */

const ordersTeam = { Team: "orders", CostCenter: "orders" };

/** Ireland serves, Frankfurt takes over. */
const regions: RegionsInput = { home: "eu-west-1", standby: ["eu-central-1"] };

/** The state of an environment in the bucket of its account, in a region that survives the loss of the home region. */
const stateIn = (account: string, environment: string): StateInput => ({
  backend: "s3",
  bucket: `example-terraform-state-${account}`,
  region: "eu-north-1",
  keyPrefix: `evenkeel/${environment}`,
  kmsKeyArn: `arn:aws:kms:eu-north-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
});

const ordersTable: TableInput = {
  name: "orders",
  partitionKey: "pk",
  sortKey: "sk",
  attributes: { pk: "S", sk: "S", customerId: "S", createdAt: "S" },
  globalSecondaryIndexes: [{ name: "by-customer", partitionKey: "customerId", sortKey: "createdAt" }],
  timeToLiveAttribute: "expiresAt",
};

const shipmentsTable: TableInput = { name: "shipments", partitionKey: "pk", attributes: { pk: "S" } };

/** Which events the consumers have handled, in any region. */
const handledEventsTable: TableInput = {
  name: "handled-events",
  partitionKey: "pk",
  attributes: { pk: "S" },
  timeToLiveAttribute: "expiresAt",
};

const ordersBus = (archiveRetentionDays: number): BusInput => ({
  name: "orders",
  description: "What happens to orders",
  archiveRetentionDays,
});

/** Events that the shipments service waits for. */
const orderPlaced = {
  bus: "orders",
  description: "Orders that wait for a shipment",
  eventPattern: { source: ["orders"], "detail-type": ["OrderPlaced"] },
};

/** What the shipments service does with its tables. */
const shipmentsTables = {
  shipments: { access: "write" },
  "handled-events": { access: "read-write", variable: "HANDLED_EVENTS_TABLE_NAME", homeReplica: true },
} as const;

/** Settings that the orders service reads without a new deployment. */
const ordersSettings = ({ pageSize }: { readonly pageSize: number }): SettingsInput => ({
  "page-size": {
    value: String(pageSize),
    description: "Orders on a page of a list, unless the caller asks for another number",
    allowedPattern: "[1-9]\\d?|100",
  },
});

/** Callers with a token of this issuer for an audience. */
const tokensFor = (audience: string) => ({ issuer: "https://auth.example.com", audience: [audience] });

const byCustomer = { authorization: "JWT", authorizer: "customers" } as const;

/** Reading orders, for customers who are signed in. */
const readOrders: ApiInput["routes"] = {
  "GET /health": { authorization: "NONE" },
  "GET /orders/{orderId}": byCustomer,
  "GET /customers/{customerId}/orders": byCustomer,
};

/** Placing and reading orders, for customers who are signed in. */
const ordersRoutes: ApiInput["routes"] = {
  "GET /health": { authorization: "NONE" },
  "POST /orders": byCustomer,
  "GET /orders/{orderId}": byCustomer,
  "GET /customers/{customerId}/orders": byCustomer,
};

const account = "444444444444";

export default defineEnvironment({
  name: "prod",
  description: "What the aims of speed are measured on",
  stage: "optimization",
  account,
  regions,
  tags: ordersTeam,
  state: stateIn(account, "prod"),
  alerts: { emails: ["orders-oncall@example.com", "platform-oncall@example.com"] },
  quotas: { lambdaConcurrentExecutions: 3000 },
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
      },
      network: { cidrBlock: "10.64.0.0/20", gatewayEndpoints: [], interfaceEndpoints: ["secretsmanager", "xray"] },
      users: ["ledger_service"],
    },
  ],
  eventBuses: [ordersBus(90)],
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
      tables: { orders: { access: "read-write" } },
      encryption: {},
      publishes: { orders: { sources: ["orders"] } },
      settings: ordersSettings({ pageSize: 20 }),
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
        memoryMb: 1024,
        timeoutSeconds: 10,
        reservedConcurrency: 100,
        logRetentionDays: 365,
      },
      database: { name: "ledger", user: "ledger_service" },
      // Reads move with DNS; writes follow once somebody has failed the database over.
      recovery: { recoveryTimeSeconds: 300, recoveryPointSeconds: 60 },
      api: {
        domainName: "ledger.example.com",
        authorizers: { accountants: tokensFor("ledger") },
        routes: {
          "GET /health": { authorization: "NONE" },
          "POST /entries": { authorization: "JWT", authorizer: "accountants" },
          "GET /accounts/{accountId}/entries": { authorization: "JWT", authorizer: "accountants" },
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
      },
      tables: { orders: { access: "read" } },
      // Customers see the notes of their orders here too.
      encryption: { readsOf: "orders" },
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
        memoryMb: 1024,
        timeoutSeconds: 30,
        reservedConcurrency: 50,
        logRetentionDays: 365,
      },
      tables: shipmentsTables,
      subscriptions: {
        "order-placed": orderPlaced,
      },
      recovery: { recoveryTimeSeconds: 420, recoveryPointSeconds: 420 },
    },
  ],
  spendGuard: {
    monthlyLimitUsd: 5000,
    emails: ["orders-oncall@example.com", "finance@example.com"],
  },
});
