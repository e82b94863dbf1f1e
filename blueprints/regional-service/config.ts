import { z } from "zod";
import { hostedZoneId, kebabName, strictObject, withRule } from "../../modules/core";
import { eventRuleConfig, eventSource } from "../../modules/event-bus";
import { failoverDnsConfig, healthPathProblem } from "../../modules/failover-dns";
import { httpApiConfig, integrationTimeoutProblem } from "../../modules/http-api";
import { queueConsumerConfig } from "../../modules/message-queue";
import { settingsByName } from "../../modules/plain-settings";
import { recoveryObjectivesConfig } from "../../modules/recovery-objectives";
import { serviceFunctionConfig } from "../../modules/service-function";
import { serviceScheduleConfig } from "../../modules/service-schedules";
import { serviceTrafficConfig } from "../../modules/service-traffic";
import { streamConsumerConfig } from "../../modules/table-stream";
import { checkVaultDatabaseRole, vaultDatabaseRoleConfig } from "../../modules/vault-database-role";
import { permissionsConfig } from "./permissions";
import { checkOverrides, regionalOverrides } from "./regional-override";
import { checkVariables } from "./variables";

export type * from "./input";

const variableName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, "is not a valid environment variable name; use capital letters, digits and underscores");

const tableUse = strictObject(() => ({
  access: z.enum(["read", "write", "read-write"]).describe("What the function may do with the items."),
  variable: variableName.default("TABLE_NAME").describe("Environment variable with the table's name."),
  homeReplica: z
    .boolean()
    .default(false)
    .describe(
      "Also lets the functions of standby regions use the table in the home region, which HOME_REGION names: for data that all regions must agree on immediately.",
    ),
}));

const fields = strictObject(() => ({
  function: serviceFunctionConfig.describe("The function that does the work."),
  api: httpApiConfig
    .optional()
    .describe("HTTP API in front of the function; leave it out for a service without callers."),
  hostedZoneId: hostedZoneId.optional().describe("Public Route 53 zone of the API's domain name."),
  dns: failoverDnsConfig
    .prefault({})
    .describe("How the API's domain name moves between regions, from the stage that brings it."),
  recovery: recoveryObjectivesConfig
    .optional()
    .describe(
      "Recovery that the service promises after the loss of its home region; rejected if the configuration cannot achieve it.",
    ),
  traffic: serviceTrafficConfig
    .optional()
    .describe(
      "What the service has to answer and how fast, in the region that serves first. What it has of concurrency is checked against it.",
    ),
  tables: z
    .record(kebabName(100), tableUse)
    .default({})
    .describe("Tables that the function uses, by their name within the environment."),
  database: strictObject(() => ({
    name: kebabName(24).describe("Name of the database within the environment."),
    user: z
      .string()
      .min(1)
      .describe(
        "Database user to connect as, one of the database's users; with login, the role that its users are granted.",
      ),
    access: z
      .enum(["read", "read-write"])
      .default("read-write")
      .describe("Which endpoints the function gets; its permissions there are granted to the user in SQL."),
    login: vaultDatabaseRoleConfig
      .extend({ provider: z.literal("vault").describe("The Vault of keyManagement, by its database engine.") })
      .optional()
      .describe(
        "Creates a new database user for each execution environment of the function, and removes it again. Only without a pool.",
      ),
  }))
    .optional()
    .describe(
      "The database that the function connects to. The function runs in its network, so there can only be one. Sets DATABASE_HOST, DATABASE_READER_HOST, DATABASE_ENGINE where it is not PostgreSQL, DATABASE_PORT, DATABASE_NAME, DATABASE_USER, DATABASE_AUTHENTICATION and, where needed, DATABASE_SECRET_ARN, DATABASE_CA_FILE, DATABASE_TARGET_SESSION_ATTRS and DATABASE_READ_CONSISTENCY; with login VAULT_ADDR, VAULT_SERVER_ID, VAULT_AUTH_MOUNT, VAULT_ROLE, VAULT_DATABASE_MOUNT and VAULT_DATABASE_ROLE, and VAULT_JWT_ALGORITHM and VAULT_JWT_SECONDS where functions log in by identity tokens.",
    ),
  encryption: strictObject(() => ({
    readsOf: kebabName(24)
      .optional()
      .describe("Another service, whose messages the function may decrypt, instead of encrypting its own."),
  }))
    .optional()
    .describe(
      "Lets the function itself encrypt, with its key in keyManagement. Sets ENCRYPTION_KEY_ARN and ENCRYPTION_SERVICE, or VAULT_ADDR, VAULT_SERVER_ID, VAULT_AUTH_MOUNT, VAULT_ROLE, VAULT_TRANSIT_MOUNT and VAULT_KEY, and VAULT_JWT_ALGORITHM and VAULT_JWT_SECONDS where functions log in by identity tokens.",
    ),
  settings: settingsByName
    .optional()
    .describe(
      "Plain settings, stored as Parameter Store parameters in each region, which the function reads without a new deployment. Sets SETTINGS_PATH.",
    ),
  subscriptions: z
    .record(
      kebabName(40),
      eventRuleConfig.extend({ bus: kebabName(32).describe("Name of the bus within the environment.") }),
    )
    .default({})
    .describe("Rules that deliver events to the function, by name; names are part of Terraform addresses."),
  publishes: z
    .record(
      kebabName(32),
      strictObject(() => ({
        sources: z.array(eventSource).min(1).describe("Values of source that the function may use."),
        variable: variableName.default("EVENT_BUS_NAME").describe("Environment variable with the bus's name."),
        endpointVariable: variableName
          .default("EVENT_ENDPOINT_ID")
          .describe("Environment variable with the endpoint's id, set once events are replicated."),
      })),
    )
    .default({})
    .describe("Buses that the function publishes to, by their name within the environment."),
  queues: z
    .record(kebabName(40), queueConsumerConfig)
    .default({})
    .describe("Queues whose messages the function handles, by their name within the environment."),
  streams: z
    .record(kebabName(100), streamConsumerConfig)
    .default({})
    .describe("Tables whose changes the function handles, from their streams, by their name within the environment."),
  schedules: z
    .record(kebabName(40), serviceScheduleConfig)
    .default({})
    .describe("Schedules that call the function, by name; names are part of Terraform addresses."),
  sends: z
    .record(
      kebabName(40),
      strictObject(() => ({
        variable: variableName.default("QUEUE_URL").describe("Environment variable with the queue's URL."),
      })),
    )
    .default({})
    .describe(
      "Queues that the function sends to, each to that of its own region, by their name within the environment.",
    ),
  regions: regionalOverrides.describe(
    "What is different in a region of the environment, by region; all else is the same in each.",
  ),
  permissions: permissionsConfig.describe(
    "What the function may do with what is not of the environment: queues, buckets or tables of your own.",
  ),
}));

/** What a service has whether its code runs in a function or in a container. */
export const sharedServiceFields = fields.pick({
  hostedZoneId: true,
  dns: true,
  recovery: true,
  tables: true,
  encryption: true,
  settings: true,
  publishes: true,
  sends: true,
  permissions: true,
}).shape;

/** A service of one region: a function, the API in front of it, and the tables behind it. */
export const regionalServiceConfig = withRule(fields, (service, report) => {
  if (service.api?.domainName && !service.hostedZoneId) {
    report(
      ["hostedZoneId"],
      `is required for the domain ${service.api.domainName}; set it to the id of its public hosted zone`,
    );
  }
  if (service.hostedZoneId && !service.api?.domainName) {
    report(["hostedZoneId"], "has no effect without api.domainName; add the domain name there, or remove this field");
  }
  // Health checkers have no certificate, so they check no API that asks for one.
  const isChecked = service.api?.domainName && !service.api.mutualTls;
  const health = isChecked && service.api && healthPathProblem(service.dns.endpointCheck.path, service.api.routes);
  if (health) report(["dns", "endpointCheck", "path"], health);
  const timeout = service.api && integrationTimeoutProblem(service.function.timeoutSeconds, service.api.timeoutMs);
  if (timeout) report(["function", "timeoutSeconds"], timeout);
  checkVariables(service, report);
  checkOverrides(service, report);
  for (const region of Object.keys(service.regions)) {
    // Of the variables of this region, what is wrong with all others has been told.
    const { environment } = service.regions[region as keyof typeof service.regions]?.function ?? {};
    if (!environment) continue;
    checkVariables({ ...service, function: { environment } }, (path, message) => {
      if (path[0] === "function") report(["regions", region, ...path], message);
    });
  }
  if (service.database?.login) {
    checkVaultDatabaseRole(service.database.login, (path, message) => report(["database", "login", ...path], message));
  }
  for (const [table, { homeReplica }] of service.database ? Object.entries(service.tables) : []) {
    if (!homeReplica) continue;
    report(
      ["tables", table, "homeReplica"],
      "does not work together with database, because its VPC only reaches its own region; use a separate service",
    );
  }
});

export type RegionalServiceConfig = z.output<typeof fields>;

/** The services whose functions decide who may call the API of a service. */
export function authorizingServices({ api }: Pick<RegionalServiceConfig, "api">): readonly string[] {
  return Object.values(api?.lambdaAuthorizers ?? {}).flatMap(({ service }) => (service === undefined ? [] : [service]));
}
