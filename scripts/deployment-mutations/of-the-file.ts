import prod from "../../environments/prod";
import { apiOf, bus, cluster, database, edge, functionOf, service, table, without } from "./change-prod";
import type { MutationsOfKind } from "./mutation";

const { input } = prod;
const [ledger] = input.databases ?? [];
const { state } = input;
if (state?.backend !== "s3") throw new Error("prod has its state in S3");
const home = "eu-west-1";

/** Changes of the environment's file after its deployment. */
export const ofTheFile: readonly MutationsOfKind[] = [
  {
    title: "Regions, accounts, states and stages",
    mutations: [
      {
        what: "another standby region",
        config: { regions: { home, standby: ["eu-west-2"] }, backups: { ...input.backups, copyTo: "eu-west-2" } },
        stack: "keys",
        caught: { by: "the plan", says: /eu-central-1: \d+ resources; of these hold data or keys: .*data_replica/ },
      },
      {
        what: "home and standby swapped",
        config: { regions: { home: "eu-central-1", standby: [home] }, backups: { ...input.backups, copyTo: home } },
        stack: "keys",
        caught: { by: "no-other-region", at: /aws_kms_key\.data_primary/ },
      },
      {
        what: "another account",
        config: { account: "555555555555" },
        stack: "keys",
        caught: { by: "no-other-region", at: /aws_kms_key\.data_primary/ },
      },
      {
        what: "the stage lowered to foundation",
        config: {},
        stage: "foundation",
        stack: "keys",
        caught: { by: "the plan", says: /to lower the stage, name the regions under regions\.leaving first/ },
      },
      {
        what: "the stage lowered to hardening",
        config: {},
        stage: "hardening",
        stack: "keys",
        caught: { by: "the plan", says: /to lower the stage, name the regions under regions\.leaving first/ },
      },
      {
        what: "`state.keyPrefix`",
        config: { state: { ...state, keyPrefix: "elsewhere/prod" } },
        stack: "keys",
        moved: true,
        caught: { by: "no-fresh-start", at: /aws_kms_key/ },
      },
      {
        what: "`state.bucket`",
        config: { state: { ...state, bucket: "example-terraform-state-moved" } },
        stack: "keys",
        moved: true,
        caught: { by: "no-fresh-start", at: /aws_kms_key/ },
      },
      {
        what: "the name of the environment",
        config: { name: "live", state: { ...state, keyPrefix: "evenkeel/live" } },
        stack: "keys",
        moved: true,
        caught: { by: "no-fresh-start", at: /aws_kms_key/ },
      },
    ],
  },
  {
    title: "Expiry of items",
    mutations: [
      {
        what: "`timeToLiveAttribute` taken out",
        config: table("orders", { timeToLiveAttribute: undefined }),
        stack: "data",
        caught: { by: "no-other-expiry", at: /orders_table\.ttl/ },
      },
      {
        what: "`timeToLiveAttribute` of another name",
        config: table("orders", { timeToLiveAttribute: "deletedAt" }),
        stack: "data",
        caught: { by: "no-refused-change", at: /orders_table/ },
      },
      {
        what: "`timeToLiveAttribute` where there was none",
        config: table("shipments", { timeToLiveAttribute: "expiresAt" }),
        stack: "data",
        caught: { by: "no-other-expiry", at: /shipments_table\.ttl/ },
      },
    ],
  },
  {
    title: "How long something is kept",
    mutations: [
      {
        what: "`pointInTimeRecoveryDays` of a table 7 in place of 35",
        config: table("orders", { pointInTimeRecoveryDays: 7 }),
        stack: "data",
        caught: { by: "no-shorter-retention", at: /orders_table\.point_in_time_recovery\.recovery_period_in_days/ },
      },
      {
        what: "`backupRetentionDays` of a database 7 in place of 35",
        config: cluster({ backupRetentionDays: 7 }),
        stack: "database",
        caught: { by: "no-shorter-retention", at: /_cluster\.backup_retention_period/ },
      },
      {
        what: "`logRetentionDays` of a database 7 in place of 30",
        config: cluster({ logRetentionDays: 7 }),
        stack: "database",
        caught: { by: "no-shorter-retention", at: /log-postgresql\.retention_in_days/ },
      },
      {
        what: "`archiveRetentionDays` of a bus 7 in place of 90",
        config: bus({ archiveRetentionDays: 7 }),
        stack: "events",
        caught: { by: "no-shorter-retention", at: /archive\.retention_days/ },
      },
      {
        what: "`logRetentionDays` of a function 30 in place of 365",
        config: functionOf("orders", { logRetentionDays: 30 }),
        stack: `services-${home}`,
        caught: { by: "no-shorter-retention", at: /orders_function_log-group\.retention_in_days/ },
      },
      {
        what: "`logRetentionDays` of an API 30 in place of 365",
        config: apiOf("orders", { logRetentionDays: 30 }),
        stack: `services-${home}`,
        caught: { by: "no-shorter-retention", at: /orders_api_access-log\.retention_in_days/ },
      },
      {
        what: "`archiveRetentionDays` of a bus 365 in place of 90",
        config: bus({ archiveRetentionDays: 365 }),
        caught: { harmless: "what is archived is kept for longer" },
      },
    ],
  },
  {
    title: "Tables",
    mutations: [
      {
        what: "a table taken out",
        config: {
          tables: without(input.tables, "shipments"),
          services: without(without(input.services, "shipments"), "picking"),
          containers: [],
          containerNetwork: undefined,
          containerFlowLogs: undefined,
          queues: [],
        },
        stack: "data",
        caught: { by: "no-data-loss", at: /shipments_table/ },
      },
      {
        what: "another partition key",
        config: table("shipments", { partitionKey: "id", attributes: { id: "S" } }),
        stack: "data",
        caught: { by: "no-data-loss", at: /shipments_table/ },
      },
      {
        what: "a local index added",
        config: table("orders", { localSecondaryIndexes: [{ name: "by-time", sortKey: "createdAt" }] }),
        stack: "data",
        caught: { by: "no-data-loss", at: /orders_table/ },
      },
      {
        what: "another type of a key attribute",
        config: table("shipments", { attributes: { pk: "N" } }),
        stack: "data",
        caught: { by: "the plan", says: /type of the key attribute "pk" never changes/ },
      },
      {
        what: "an index taken out",
        config: table("orders", { globalSecondaryIndexes: [], attributes: { pk: "S", sk: "S" } }),
        stack: "data",
        caught: { by: "no-nested-data-loss", at: /global_secondary_index\["by-customer"\]/ },
      },
      {
        what: "an index with another key",
        config: table("orders", {
          attributes: { pk: "S", sk: "S", customerId: "S" },
          globalSecondaryIndexes: [{ name: "by-customer", partitionKey: "customerId", sortKey: "sk" }],
        }),
        stack: "data",
        caught: { by: "no-nested-data-loss", at: /global_secondary_index\["by-customer"\]/ },
      },
      {
        what: "an index that copies its keys alone",
        config: table("orders", {
          globalSecondaryIndexes: [
            { name: "by-customer", partitionKey: "customerId", sortKey: "createdAt", projectionType: "KEYS_ONLY" },
          ],
        }),
        stack: "data",
        caught: { by: "no-nested-data-loss", at: /global_secondary_index\["by-customer"\]/ },
      },
      {
        what: "`deletionProtection: false`",
        config: table("orders", { deletionProtection: false }),
        caught: { by: "synthesis", says: /deletionProtection/ },
      },
      {
        what: '`consistencyMode: "STRONG"`',
        config: table("shipments", { consistencyMode: "STRONG" }),
        caught: { by: "synthesis", says: /consistency/i },
      },
      {
        what: "another table class",
        config: table("orders", { tableClass: "STANDARD_INFREQUENT_ACCESS" }),
        stack: "data",
        caught: { harmless: "the items stay; storage and requests have other prices" },
      },
      {
        what: "a second index",
        config: table("orders", {
          globalSecondaryIndexes: [
            ...(input.tables?.[0]?.globalSecondaryIndexes ?? []),
            { name: "by-time", partitionKey: "createdAt" },
          ],
        }),
        stack: "data",
        caught: { harmless: "DynamoDB builds it beside the others" },
      },
    ],
  },
  {
    title: "Databases",
    mutations: [
      {
        what: "the databases taken out",
        config: { databases: [], services: without(without(input.services, "ledger"), "stock") },
        stack: "keys",
        caught: { by: "no-vanished-stack", at: /stacks-of-environment\["prod-database"\]/ },
      },
      {
        what: "one of two databases taken out",
        config: { databases: without(input.databases, "stock"), services: without(input.services, "stock") },
        stack: "database",
        caught: { by: "no-data-loss", at: /stock_database_eu-west-1_cluster/ },
      },
      {
        what: "Aurora PostgreSQL in place of Aurora MySQL",
        config: database(
          {
            cluster: {
              engineVersion: "16.6",
              databaseName: "stock",
              port: 3306,
              capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 16 },
              logRetentionDays: 365,
            },
            proxy: { logRetentionDays: 365 },
            migrations: undefined,
          },
          "stock",
        ),
        stack: "database",
        caught: { by: "no-data-loss", at: /stock_database_eu-west-1_cluster/ },
      },
      {
        what: "Aurora MySQL in place of Aurora PostgreSQL",
        config: database({
          cluster: {
            engine: "aurora-mysql",
            engineVersion: "8.0.mysql_aurora.3.08.2",
            databaseName: "ledger",
            port: 5432,
            capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 8 },
            logRetentionDays: 365,
          },
          migrations: undefined,
        }),
        stack: "database",
        caught: { by: "no-data-loss", at: /ledger_database_eu-west-1_cluster/ },
      },
      {
        what: "auditing of Aurora MySQL taken out",
        config: cluster({ parameters: {} }, "stock"),
        stack: "database",
        caught: { by: "no-function-off", at: /stock_database_eu-west-1_cluster\.enabled_cloudwatch_logs_exports/ },
      },
      {
        what: "another `databaseName`",
        config: cluster({ databaseName: "books" }),
        stack: "database",
        caught: { by: "no-data-loss", at: /global/ },
      },
      {
        what: "another `masterUsername`",
        config: cluster({ masterUsername: "owner" }),
        stack: "database",
        caught: { by: "no-data-loss", at: /_cluster/ },
      },
      {
        what: "`deletionProtection: false`",
        config: cluster({ deletionProtection: false }),
        caught: { by: "synthesis", says: /deletionProtection: is off/ },
      },
      {
        what: "`skipFinalSnapshot: true`",
        config: cluster({ skipFinalSnapshot: true }),
        caught: { by: "synthesis", says: /would lose the data with the database/ },
      },
      {
        what: "a major version while `maxRecoveryPointSeconds` is set",
        config: cluster({ engineVersion: "17.4" }),
        stack: "database",
        caught: { by: "no-refused-change", at: /global/ },
      },
      {
        what: "an older version",
        config: cluster({ engineVersion: "16.4" }),
        stack: "database",
        caught: { by: "no-refused-change", at: /global/ },
      },
      {
        what: "a newer minor version",
        config: cluster({ engineVersion: "16.8" }),
        stack: "database",
        caught: { harmless: "an upgrade that Aurora does in place, through the global cluster" },
      },
      {
        what: "`rds.force_ssl` 0 among the parameters",
        config: cluster({ parameters: { "rds.force_ssl": "0" } }),
        caught: { by: "synthesis", says: /force_ssl/ },
      },
      {
        what: "`require_secure_transport` OFF among the parameters",
        config: cluster({ parameters: { require_secure_transport: "OFF" } }, "stock"),
        caught: { by: "synthesis", says: /require_secure_transport/ },
      },
      {
        what: "`cidrBlock` of the network",
        config: database({ network: { ...ledger?.network, cidrBlock: "10.72.0.0/20" } as never }),
        stack: "database",
        caught: { by: "no-outage", at: /aws_vpc\./ },
      },
      {
        what: "an interface endpoint taken out that functions need",
        config: database({ network: { ...ledger?.network, interfaceEndpoints: ["secretsmanager"] } as never }),
        caught: { by: "synthesis", says: /has no "xray"/ },
      },
      {
        what: "another user in place of the one there is",
        config: {
          ...database({ users: ["books_service"] }),
          ...service("ledger", () => ({ database: { name: "ledger", user: "books_service" } })),
        },
        stack: "database",
        caught: { by: "no-data-loss", at: /secret/ },
      },
      {
        what: "migrations of another engine",
        config: database({ migrations: { folder: "services/stock/migrations" } }),
        caught: { by: "synthesis", says: /does not parse/ },
      },
      {
        what: "a user of services as the one that runs migrations",
        config: database({ migrations: { folder: "services/ledger/migrations", user: "ledger_service" } }),
        caught: { by: "synthesis", says: /name a user that only runs migrations/ },
      },
      {
        what: "more capacity",
        config: cluster({ capacity: { type: "serverless", minCapacity: 1, maxCapacity: 16 } }),
        stack: "database",
        caught: { harmless: "Aurora scales between other limits" },
      },
    ],
  },
  {
    title: "Keys, events and messages",
    mutations: [
      {
        what: "`deletionWindowDays` of a key 7 in place of 30",
        config: { keys: { ...input.keys, data: { ...input.keys?.data, deletionWindowDays: 7 } } },
        stack: "keys",
        caught: { by: "no-final-deletion", at: /data_primary\.deletion_window_in_days/ },
      },
      {
        what: "`rotationPeriodDays` of a key 365 in place of 180",
        config: { keys: { ...input.keys, data: { ...input.keys?.data, rotationPeriodDays: 365 } } },
        stack: "keys",
        caught: {
          harmless: "the key is still rotated; how often is the owner's promise, and nothing becomes unreadable",
        },
      },
      {
        what: "an existing key in place of one that was made",
        config: {
          keys: {
            ...input.keys,
            data: {
              existing: {
                "eu-west-1": "arn:aws:kms:eu-west-1:444444444444:key/mrk-1234abcd12ab34cd56ef1234567890aa",
                "eu-central-1": "arn:aws:kms:eu-central-1:444444444444:key/mrk-1234abcd12ab34cd56ef1234567890aa",
              },
            },
          },
        },
        stack: "keys",
        caught: { by: "no-data-loss", at: /data_primary/ },
      },
      {
        what: "keys in Vault in place of KMS, without saying what encrypted before",
        config: { keyManagement: { provider: "vault", address: "https://vault.example.com:8200" } as never },
        caught: { by: "synthesis", says: /encryptedByKmsBefore/ },
      },
      {
        what: "no service that encrypts any more",
        config: {
          services: input.services?.map(({ encryption: _, ...one }) => one),
        },
        stack: "keys",
        caught: { by: "no-data-loss", at: /application_primary/ },
      },
      {
        what: "another address for alerts",
        config: { alerts: { emails: ["orders-oncall@example.com"] } },
        stack: "keys",
        caught: { by: "no-vanished-address", at: /email/ },
      },
      {
        what: "the bus of another name",
        config: {
          ...bus({ name: "sales" }),
          queues: input.queues?.map((one) => ({
            ...one,
            subscriptions: Object.fromEntries(
              Object.entries(one.subscriptions ?? {}).map(([name, each]) => [name, { ...each, bus: "sales" }]),
            ),
          })),
          services: input.services?.map((one) => ({
            ...one,
            ...(one.publishes ? { publishes: { sales: { sources: ["orders"] } } } : {}),
            ...(one.subscriptions
              ? {
                  subscriptions: Object.fromEntries(
                    Object.entries(one.subscriptions).map(([name, each]) => [name, { ...each, bus: "sales" }]),
                  ),
                }
              : {}),
          })),
        },
        stack: "events",
        caught: { by: "no-data-loss", at: /orders-eu-west-1_archive|orders-eu-west-1_bus/ },
      },
      {
        what: "a subscription taken out",
        config: service("shipments", () => ({ subscriptions: {} })),
        stack: `services-${home}`,
        caught: { by: "no-data-loss", at: /dead-letters_queue/ },
      },
      {
        what: "another event pattern of a subscription",
        config: service("shipments", ({ subscriptions }) => ({
          subscriptions: Object.fromEntries(
            Object.entries(subscriptions ?? {}).map(([name, each]) => [
              name,
              { ...each, eventPattern: { source: ["orders"], "detail-type": ["OrderPlaced", "OrderChanged"] } },
            ]),
          ),
        })),
        stack: `services-${home}`,
        caught: { harmless: "which events a service waits for is what its owner states; they stay in the archive" },
      },
    ],
  },
  {
    title: "Services, APIs and the edge",
    mutations: [
      {
        what: "a service taken out",
        config: { services: without(input.services, "shipments") },
        stack: `services-${home}`,
        caught: { by: "no-vanished-address", at: /shipments_function/ },
      },
      {
        what: "a service of another name",
        config: service("shipments", () => ({ name: "deliveries" })),
        stack: `services-${home}`,
        caught: { by: "no-vanished-address", at: /shipments_function/ },
      },
      {
        what: "a route for everybody in place of signed-in customers",
        config: apiOf("orders", {
          routes: { ...input.services?.[0]?.api?.routes, "GET /orders/{orderId}": { authorization: "NONE" } },
        }),
        stack: `services-${home}`,
        caught: { by: "no-weaker-security", at: /route-get-orders-by-order-id\.authorization_type/ },
      },
      {
        what: "tokens of another issuer",
        config: apiOf("orders", {
          authorizers: { customers: { issuer: "https://login.example.com", audience: ["orders"] } },
        }),
        stack: `services-${home}`,
        caught: { by: "no-lockout", at: /jwt_configuration\.issuer/ },
      },
      {
        what: "tokens for another audience",
        config: apiOf("orders", {
          authorizers: { customers: { issuer: "https://auth.example.com", audience: ["sales"] } },
        }),
        stack: `services-${home}`,
        caught: { by: "no-lockout", at: /jwt_configuration\.audience/ },
      },
      {
        what: "an authorizer of another name",
        config: apiOf("ledger", {
          authorizers: { bookkeepers: { issuer: "https://auth.example.com", audience: ["ledger"] } },
          routes: {
            "GET /health": { authorization: "NONE" },
            "POST /entries": { authorization: "JWT", authorizer: "bookkeepers" },
            "GET /accounts/{accountId}/entries": { authorization: "JWT", authorizer: "bookkeepers" },
          },
        }),
        stack: `services-${home}`,
        caught: { by: "no-vanished-address", at: /authorizer-accountants/ },
      },
      {
        what: "another domain of an API",
        config: apiOf("ledger", { domainName: "books.example.com" }),
        stack: `services-${home}`,
        caught: { by: "no-outage", at: /aws_apigatewayv2_domain_name/ },
      },
      {
        what: "the API of a service taken out",
        config: service("ledger", () => ({ api: undefined, hostedZoneId: undefined, dns: undefined })),
        stack: `services-${home}`,
        caught: { by: "no-vanished-address", at: /ledger_api_api/ },
      },
      {
        what: "another name at the edge",
        config: edge({
          distribution: { ...input.services?.[2]?.edge?.distribution, aliases: ["shop.example.com"] } as never,
        }),
        stack: "edge",
        caught: { by: "no-outage", at: /aliases/ },
      },
      {
        what: "`edge.originSecret.use` sent in place of required",
        config: edge({ originSecret: { use: "sent" } }),
        stack: "services-eu-west-1",
        caught: {
          by: "no-weaker-security",
          at: /storefront_function_function\.environment\.variables\.ORIGIN_SECRET_USE/,
        },
      },
      {
        what: "the edge taken out",
        config: service("storefront", () => ({ edge: undefined, recovery: undefined })),
        stack: "keys",
        caught: { by: "no-vanished-stack", at: /prod-edge/ },
      },
      {
        what: "the firewall left out by an exception",
        config: { exceptions: { firewall: { enabled: false, reason: "the firewall costs too much this year" } } },
        stack: "edge",
        caught: { by: "no-vanished-address", at: /aws_wafv2_web_acl/ },
      },
      {
        what: "`provisionedConcurrency.min` 10 in place of 5, beside schedules",
        config: functionOf("orders", {
          provisionedConcurrency: { ...input.services?.[0]?.function.provisionedConcurrency, min: 10, max: 100 },
        }),
        stack: `services-${home}`,
        caught: { by: "no-ignored-change", at: /min_capacity|provisioned_concurrent_executions/ },
      },
      {
        what: "fewer rights of a service on a table",
        config: service("orders", () => ({ tables: { orders: { access: "read" } } })),
        stack: `services-${home}`,
        caught: { harmless: "what a service may do is what its owner states, and the items stay" },
      },
      {
        what: "more memory of a function",
        config: functionOf("ledger", { memoryMb: 2048 }),
        stack: `services-${home}`,
        caught: { harmless: "Lambda begins new environments with it" },
      },
      {
        what: "lower limits of an API's requests",
        config: apiOf("ledger", { throttle: { rateLimit: 100, burstLimit: 200 } }),
        stack: `services-${home}`,
        caught: { harmless: "a number that the owner states; clients are asked to repeat" },
      },
      {
        what: "other tags",
        config: { tags: { Team: "orders", CostCenter: "sales" } },
        stack: "data",
        caught: { harmless: "tags hold nothing" },
      },
      {
        what: "the spend guard taken out",
        config: { spendGuard: undefined },
        caught: { by: "synthesis", says: /spendGuard: is required/ },
      },
    ],
  },
];
