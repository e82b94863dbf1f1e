import { routeGuards, routesWith } from "../../blueprints/edge-site";
import {
  type BaseEnvironment,
  type Database,
  type EnabledCapabilities,
  type NeededEndpoint,
  type NetworkCall,
  tracesOtherwise,
} from "../../contract";

/** What calls AWS or Vault from the network of a database, where the functions that connect to it run. */
export function networkCalls(
  database: Database,
  { services, keyManagement, tracing }: BaseEnvironment,
  enabled: EnabledCapabilities,
): NetworkCall[] {
  const users = services.filter((service) => service.database?.name === database.name);
  const byVault = keyManagement.provider === "vault";
  const byKms = !byVault || keyManagement.encryptedByKmsBefore === true;
  const toVault = byVault && keyManagement.privateAccess !== undefined;
  const byToken = byVault && keyManagement.logins.includes("jwt");
  const isTraced = users.length > 0 && enabled.has("tracing");
  const { openTelemetry, layer } = tracing ?? {};
  const calls: readonly (NetworkCall & { readonly made: boolean })[] = [
    {
      clause: "functions are traced",
      made: isTraced && (!tracesOtherwise(tracing) || layer?.xray === true),
      endpoints: [
        byInterface("xray", "but functions in the network are traced; add it, or switch tracing off under exceptions"),
      ],
    },
    {
      clause: "functions send traces",
      made: isTraced && ((openTelemetry && !openTelemetry.privateAccess) || layer) !== undefined,
      endpoints: [],
    },
    {
      clause: "functions read the headers of their receiver of traces",
      made: isTraced && Object.keys(openTelemetry?.headersSecretArns ?? {}).length > 0,
      endpoints: [
        byInterface(
          "secretsmanager",
          "but functions in the network read the headers of their receiver of traces; add it",
        ),
      ],
    },
    {
      clause: "functions use tables",
      made: users.some(({ tables }) => Object.keys(tables).length > 0),
      endpoints: [
        {
          list: "gatewayEndpoints",
          service: "dynamodb",
          because: "but functions in the network use tables; add it",
        },
      ],
    },
    {
      clause: "functions read settings",
      made: users.some(({ settings }) => settings),
      endpoints: [byInterface("ssm", "but functions in the network read settings; add it")],
    },
    {
      clause: "functions encrypt",
      made: users.some(({ encryption }) => encryption),
      endpoints: byKms ? [byInterface("kms", "but functions in the network encrypt; add it")] : [],
    },
    {
      clause: "functions read the key of their distribution",
      made: users.some(({ api, edge }) => api && edge && routesWith("proof", routeGuards(api.routes, edge)).length > 0),
      endpoints: [
        byInterface("secretsmanager", "but functions in the network read the key of their distribution; add it"),
      ],
    },
    {
      clause: "functions get identity tokens from STS",
      made: byToken && users.some(({ encryption, database: use }) => encryption || use?.login),
      endpoints: [
        byInterface(
          "sts",
          "but functions in the network log in to Vault or OpenBao by identity tokens, which STS makes; add it",
        ),
      ],
    },
    {
      clause: "functions get logins from Vault",
      made: !toVault && users.some(({ database: use }) => use?.login),
      endpoints: [],
    },
    {
      clause: "functions send to queues",
      made: users.some(({ sends }) => Object.keys(sends).length > 0),
      endpoints: [byInterface("sqs", "but functions in the network send to queues; add it")],
    },
    {
      clause: "functions publish events",
      made: users.some(({ publishes }) => Object.keys(publishes).length > 0),
      endpoints: [],
    },
  ];
  return [...calls.filter(({ made }) => made), ...enabled.networkCalls(database)];
}

const byInterface = (service: string, because: string): NeededEndpoint => ({
  list: "interfaceEndpoints",
  service,
  because,
});
