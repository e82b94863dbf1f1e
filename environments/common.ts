import type {
  ApiInput,
  BusInput,
  BusinessMetricInput,
  EnvironmentInput,
  QueueInput,
  RegionsInput,
  ServiceScheduleInput,
  ServiceTrafficInput,
  SettingsInput,
  StateInput,
  StreamConsumerInput,
  TableInput,
} from "evenkeel";

/** What the environments have in common; each file names what it uses from here, next to what is its own. */

export const ordersTeam = { Team: "orders", CostCenter: "orders" };

/** Ireland serves, Frankfurt takes over. */
export const regions: RegionsInput = { home: "eu-west-1", standby: ["eu-central-1"] };

/** The state of an environment in the bucket of its account, in a region that survives the loss of the home region. */
export const stateIn = (account: string, environment: string): StateInput => ({
  backend: "s3",
  bucket: `example-terraform-state-${account}`,
  region: "eu-north-1",
  keyPrefix: `evenkeel/${environment}`,
  kmsKeyArn: `arn:aws:kms:eu-north-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
});

export const ordersTable: TableInput = {
  name: "orders",
  partitionKey: "pk",
  sortKey: "sk",
  attributes: { pk: "S", sk: "S", customerId: "S", createdAt: "S" },
  globalSecondaryIndexes: [{ name: "by-customer", partitionKey: "customerId", sortKey: "createdAt" }],
  timeToLiveAttribute: "expiresAt",
};

/** What the orders service is run by. */
export const ordersMetrics: BusinessMetricInput[] = [
  {
    name: "OrdersPlaced",
    description: "Orders placed",
    alarm: {
      below: 1,
      periodSeconds: 3600,
      periods: 6,
      missingData: "breaching",
      description: "Nobody has placed an order for six hours. Look at the shop first, then at what the API answers.",
    },
  },
  {
    name: "OrderValue",
    description: "Value of orders, in minor units",
    unit: "None",
    dimensions: { Currency: ["EUR", "GBP"] },
  },
];

export const shipmentsTable: TableInput = { name: "shipments", partitionKey: "pk", attributes: { pk: "S" } };

/** Which events the consumers have handled, in any region. */
export const handledEventsTable: TableInput = {
  name: "handled-events",
  partitionKey: "pk",
  attributes: { pk: "S" },
  timeToLiveAttribute: "expiresAt",
};

export const ordersBus = (archiveRetentionDays: number): BusInput => ({
  name: "orders",
  description: "What happens to orders",
  archiveRetentionDays,
});

/** Events that the shipments service waits for. */
export const orderPlaced = {
  bus: "orders",
  description: "Orders that wait for a shipment",
  eventPattern: { source: ["orders"], "detail-type": ["OrderPlaced"] },
};

/** Orders that wait to be picked, in a queue in each region. */
export const ordersToPick: QueueInput = {
  name: "orders-to-pick",
  // Each time that the warehouse fails may cost an order two of them.
  maxReceiveCount: 10,
  subscriptions: { placed: orderPlaced },
};

/** What the shipments service does with its tables; so does picking. */
export const shipmentsTables = {
  shipments: { access: "write" },
  "handled-events": { access: "read-write", variable: "HANDLED_EVENTS_TABLE_NAME", homeReplica: true },
} as const;

/** Pick lists that are in the table of the shipments, from the stream of each region; each is announced once. */
export const pickListsOnly: StreamConsumerInput = {
  filterPatterns: [{ eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "PICK#" }] } } } }],
  consumedIn: "every-region",
  idempotency: { table: "handled-events" },
};

/** Both regions call on working days; one of them opens the round. */
export const morningRound: ServiceScheduleInput = {
  expression: "cron(0 6 ? * MON-FRI *)",
  timezone: "Europe/Dublin",
  description: "Opens the round of a working day for the pickers",
  runsIn: "every-region",
  idempotency: { table: "handled-events" },
};

/** Certificates of partners that sign their own. They change at other times than the code, for all who call partners at once. */
export const partnerCertificates = {
  name: "partner-certificates",
  folder: "layers/partner-certificates",
  description: "Certificates of authorities that partners have, in /opt/certs",
};

/** Where the platform team publishes what all teams use. */
const platformRegions = [
  ...["eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-central-2", "eu-north-1"],
  ...["us-east-1", "us-east-2"],
];
const ofPlatform = (arn: (region: string) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(platformRegions.map((region) => [region, arn(region)]));

/**
 * Powertools for Python, as the platform team has published it in its own account: AWS signs its public layer by no profile that code signing could
 * name.
 */
export const powertoolsForPython: NonNullable<EnvironmentInput["existingLayers"]>[number] = {
  name: "powertools-python",
  arns: ofPlatform((region) => `arn:aws:lambda:${region}:555555555555:layer:powertools-python:12`),
  compatibleRuntimes: ["python3.13"],
  signedBy: ofPlatform((region) => `arn:aws:signer:${region}:555555555555:/signing-profiles/platform/Ab3dEf6hIj`),
};

/** Has Node.js trust them beside those that it knows. */
export const trustedPartners = { NODE_EXTRA_CA_CERTS: "/opt/certs/partners.pem" };

/** Settings that the orders service reads without a new deployment. */
export const ordersSettings = ({ pageSize }: { readonly pageSize: number }): SettingsInput => ({
  "page-size": {
    value: String(pageSize),
    description: "Orders on a page of a list, unless the caller asks for another number",
    allowedPattern: "[1-9]\\d?|100",
  },
});

/** Callers with a token of this issuer for an audience. */
export const tokensFor = (audience: string) => ({ issuer: "https://auth.example.com", audience: [audience] });

/** A route for tokens that have a scope; the service asks for it as well. */
export const byToken = (authorizer: string, scope: string) =>
  ({ authorization: "JWT", authorizer, scopes: [scope] }) as const;

const byReader = byToken("customers", "orders:read");

/** Reading orders, for customers who are signed in. */
export const readOrders: ApiInput["routes"] = {
  "GET /health": { authorization: "NONE" },
  "GET /orders/{orderId}": byReader,
  "GET /customers/{customerId}/orders": byReader,
};

/** Placing and reading orders, for customers who are signed in. */
export const ordersRoutes: ApiInput["routes"] = {
  "GET /health": { authorization: "NONE" },
  "POST /orders": byToken("customers", "orders:write"),
  "GET /orders/{orderId}": byReader,
  "GET /customers/{customerId}/orders": byReader,
};

/** Quiet at night, busy from eight to eight: the same each day. */
export const ordersTraffic: ServiceTrafficInput = {
  requestsPerSecond: Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? 120 : 15)),
  timezone: "Europe/Dublin",
  averageDurationMs: 250,
  coldStartMs: 900,
  latency: { objectiveMs: 800, percent: 99.99 },
};
