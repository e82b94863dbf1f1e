import type { BaseEnvironment, Rule, Service } from "../../contract";
import { sizeMark } from "../../modules/core";
import { portOf } from "../../modules/global-database";
import { environmentSizeLimit } from "../../modules/service-function";

/** Lengths of the shortest values that are only known in AWS, in bytes. */
const shortest = {
  keyArn: "arn:aws:kms:us-east-1:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab".length,
  host: "a.proxy-abcdefghijkl.us-east-1.rds.amazonaws.com".length,
  queues: "https://sqs.us-east-1.amazonaws.com/111111111111",
  name: 1,
} as const;

type Vault = Extract<BaseEnvironment["keyManagement"], { readonly provider: "vault" }>;

type Variable = readonly [name: string, value: string | number];

/** The variables that a function surely gets beside those in function.environment, with values or their least lengths. */
function given(
  { name: environment, keyManagement, databases, tracing }: BaseEnvironment,
  service: Service,
): readonly Variable[] {
  const { name, encryption, settings, database, tables, publishes, sends } = service;
  const cluster = databases.find((one) => one.name === database?.name)?.cluster;
  const vault = keyManagement.provider === "vault" ? keyManagement : undefined;
  return [
    ["ENVIRONMENT", environment],
    ["SERVICE_NAME", name],
    ...ofTracing(tracing),
    ...(settings ? [["SETTINGS_PATH", `/${environment}/${name}`] as const] : []),
    ...(vault && (encryption || database?.login) ? ofVault(vault) : []),
    ...(encryption && !vault
      ? [["ENCRYPTION_KEY_ARN", shortest.keyArn] as const, ["ENCRYPTION_SERVICE", encryption.readsOf ?? name] as const]
      : []),
    ...(database
      ? ([
          ["DATABASE_READER_HOST", shortest.host],
          ...(cluster?.engine === "aurora-mysql" ? [["DATABASE_ENGINE", cluster.engine] as const] : []),
          ["DATABASE_PORT", cluster ? String(portOf(cluster)) : ""],
          ["DATABASE_NAME", cluster?.databaseName ?? ""],
          ["DATABASE_USER", database.user],
          ["DATABASE_AUTHENTICATION", shortest.name],
        ] as const)
      : []),
    ...Object.entries(tables).map(([table, { variable }]) => [variable, `${environment}-${table}`] as const),
    ...Object.entries(publishes).map(([bus, { variable }]) => [variable, `${environment}-${bus}`] as const),
    ...Object.entries(sends).map(
      ([queue, { variable }]) => [variable, `${shortest.queues}/${environment}-${queue}-messages`] as const,
    ),
  ];
}

const ofTracing = ({ openTelemetry, layer }: NonNullable<BaseEnvironment["tracing"]> = {}): Variable[] => [
  ...Object.entries(layer?.variables ?? {}),
  ...(openTelemetry
    ? ([
        ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", shortestOf(openTelemetry.endpoints)],
        ["OTEL_RESOURCE_ATTRIBUTES", Object.entries(openTelemetry.resourceAttributes).join(",")],
        ["OTEL_EXPORTER_OTLP_TRACES_HEADERS", Object.entries(openTelemetry.headers).join(",")],
      ] as const)
    : []),
];

const shortestOf = (values: Readonly<Record<string, string>>): number =>
  Math.min(...Object.values(values).map((value) => Buffer.byteLength(value)), 100);

const ofVault = ({ address, serverId, logins, identityTokens }: Vault): Variable[] => [
  ["VAULT_ADDR", address],
  ["VAULT_SERVER_ID", serverId],
  ["VAULT_AUTH_MOUNT", shortest.name],
  ["VAULT_ROLE", shortest.name],
  ...(logins[0] === "jwt" && identityTokens
    ? ([
        ["VAULT_JWT_ALGORITHM", identityTokens.signingAlgorithm],
        ["VAULT_JWT_SECONDS", String(identityTokens.durationSeconds)],
      ] as const)
    : []),
];

const sizeOf = (variables: readonly Variable[]): number =>
  variables.reduce(
    (sum, [name, value]) =>
      sum + Buffer.byteLength(name) + (typeof value === "number" ? value : Buffer.byteLength(value)),
    0,
  );

const variablesFit: Rule = {
  id: "variables-fit",
  statement: "The environment variables of a function, with those that the toolkit sets, fit into Lambda's 4 KB.",
  check(environment, report) {
    environment.services.forEach((service, index) => {
      const own = sizeOf(Object.entries(service.function.environment));
      const more = sizeOf(given(environment, service));
      // What is too large by itself is told by the function's own config.
      if (own > environmentSizeLimit || own + more <= environmentSizeLimit) return;
      report(
        ["services", index, "function", "environment", sizeMark],
        `takes ${own} bytes and the variables that the toolkit sets for this function at least ${more}, but Lambda allows ${environmentSizeLimit} together; keep large values in settings`,
      );
    });
  },
};

export const variableRules: readonly Rule[] = [variablesFit];
