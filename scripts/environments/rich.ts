import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";

const { account, databases = [], services = [], tables = [], eventBuses = [], queues = [] } = prod.input;

const function_ = (reservedConcurrency: number) => ({
  entry: "services/orders/handler.ts",
  handler: "handler",
  runtime: "nodejs22.x" as const,
  memoryMb: 512,
  timeoutSeconds: 10,
  ephemeralStorageMb: 512,
  reservedConcurrency,
  environment: { MODE: "full", FEATURE_FLAGS: "none" },
  logLevel: "INFO" as const,
  systemLogLevel: "INFO" as const,
  logRetentionDays: 30 as const,
  updateRuntimeOn: "Auto" as const,
  sourceMap: true,
  asyncInvoke: { maximumRetryAttempts: 1, maximumEventAgeSeconds: 3600 },
});

/** Prod with options that no environment of the project uses: PgBouncer, provisioned tables, acknowledged removals and more. */
export const rich = defineEnvironment({
  ...prod.input,
  name: "rich",
  description: "Uses the options that the others do not",
  chaos: prod.input.chaos && {
    ...prod.input.chaos,
    experiments: {
      functions: [
        {
          name: "orders-throttled-table",
          service: "orders",
          minutes: 20,
          faults: [
            { at: "handler", kind: "latency", percent: 5, ms: 300, jitterMs: 200 },
            { at: "events", kind: "timeout", ms: 2000 },
            { at: "dynamodb", kind: "corrupted" },
          ],
        },
      ],
      pausedReplicationMinutes: 20,
      networkMinutes: 12,
      except: ["stock-replication"],
      logRetentionDays: 400,
    },
    hours: { days: ["TUE", "WED"], from: "09:30", to: "15:30", timeZone: "Europe/Dublin" },
  },
  deployRoleArn: `arn:aws:iam::${account}:role/deploy`,
  hostedZones: { recordsRoleArn: "arn:aws:iam::555555555555:role/dns/records" },
  alerts: { emails: ["oncall@example.com"], httpsEndpoints: ["https://oncall.example.com/aws"] },
  acknowledgedRemovals: [
    {
      stack: "rich-data",
      address: "aws_dynamodb_table.carts_table",
      reason: "the carts are in another table since spring",
      expires: "2025-01-31",
    },
  ],
  acknowledgedFindings: [
    {
      rule: "no-wildcard-permission",
      stack: "rich-services-eu-west-1",
      address: "aws_iam_role_policy.carts_function_role_policy.policy",
      reason: "the queues of customers come and go",
      expires: "2025-01-31",
    },
  ],
  acceptedDrift: [
    {
      stack: "rich-services-eu-west-1",
      address: "aws_lambda_function.carts_function_function",
      attribute: "memory_size",
      reason: "raised in an incident; the pull request is under review",
      expires: "2025-01-31",
    },
  ],
  rollout: {
    healthyForMinutes: 15,
    askEverySeconds: 60,
    ignoredAlarms: [{ name: "rich-carts-function-throttles", reason: "carts are throttled at noon" }],
  },
  keys: {
    data: { description: "Orders", rotationPeriodDays: 180, deletionWindowDays: 14 },
    operations: { description: "Logs" },
    application: { description: "What services encrypt" },
  },
  tables: [
    ...tables,
    {
      name: "stock",
      partitionKey: "pk",
      sortKey: "sk",
      attributes: { pk: "S", sk: "N", shelf: "S" },
      billingMode: "PROVISIONED",
      readCapacity: { minCapacity: 5, maxCapacity: 50, targetUtilization: 70 },
      writeCapacity: { minCapacity: 5, maxCapacity: 50 },
      globalSecondaryIndexes: [
        { name: "by-shelf", partitionKey: "shelf", projectionType: "INCLUDE", nonKeyAttributes: ["count"] },
      ],
      localSecondaryIndexes: [{ name: "by-count", sortKey: "shelf", projectionType: "KEYS_ONLY" }],
      tableClass: "STANDARD_INFREQUENT_ACCESS",
      pointInTimeRecoveryDays: 14,
    },
  ],
  // PgBouncer speaks the protocol of PostgreSQL only.
  databases: databases
    .filter(({ name }) => name === "ledger")
    .map(({ proxy: _, ...database }) => ({
      ...database,
      network: {
        ...database.network,
        gatewayEndpoints: ["dynamodb", "s3"],
        interfaceEndpoints: ["ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager", "ssm", "xray"],
      },
      rotation: { canary: { stepPercent: 20 } },
      pgbouncer: {
        image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/pgbouncer@sha256:${"0123456789abcdef".repeat(4)}`,
        domainName: "ledger.pools.example.com",
        certificateSecretArn: `arn:aws:secretsmanager:eu-west-1:${account}:secret:pool-certificate-AbCdEf`,
      },
    })),
  eventBuses: eventBuses.map((bus) => ({ ...bus, publisherAccounts: { "555555555555": { sources: ["partner"] } } })),
  queues: [
    ...queues,
    { name: "audits", fifo: { contentBasedDeduplication: true }, maxReceiveCount: 8, delaySeconds: 5 },
  ],
  services: [
    ...services.filter(({ name }) => name === "orders" || name === "storefront"),
    {
      name: "accounts",
      function: function_(100),
      tables: { orders: { access: "read", variable: "ORDERS_TABLE" }, stock: { access: "write" } },
      database: { name: "ledger", user: "ledger_service", access: "read" },
      settings: {
        "page-size": { value: "20", valueIn: { "eu-central-1": "10" }, allowedPattern: "\\d{1,3}" },
      },
      dashboard: {
        runbookUrl: "https://wiki.example.com/accounts",
        links: [{ title: "Code", url: "https://x.example" }],
      },
    },
    {
      name: "audit",
      function: function_(20),
      sends: { "orders-to-pick": {} },
      queues: {
        audits: {
          filterPatterns: [{ body: { total: [{ numeric: [">", 100] }] } }],
          consumedIn: "active-region",
          idempotency: { reason: "an audit is written over by the same audit" },
        },
      },
      streams: {
        orders: {
          filterPatterns: [
            { eventName: ["REMOVE"], dynamodb: { OldImage: { status: { S: ["OPEN", { prefix: "H" }] } } } },
          ],
          idempotency: { reason: "an audit is written over by the same audit" },
          sharedReason: "the auditors must not depend on another team",
        },
      },
      schedules: {
        quarterly: {
          expression: "cron(0 4 1 1,4,7,10 ? *)",
          timezone: "Europe/Dublin",
          description: "Audits of a quarter",
          flexibleWindowMinutes: 60,
          startDate: "2030-01-01T00:00:00Z",
          input: { depth: "full" },
          idempotency: { reason: "an audit is written over by the same audit" },
        },
      },
      subscriptions: {
        placed: {
          bus: "orders",
          description: "Orders of some value",
          eventPattern: {
            source: ["orders"],
            detail: { total: [{ numeric: [">", 100] }], country: [{ prefix: "D" }] },
          },
          maximumRetryAttempts: 10,
          maximumEventAgeSeconds: 3600,
        },
      },
    },
  ],
} as EnvironmentInput);
