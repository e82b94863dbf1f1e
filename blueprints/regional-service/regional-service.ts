import { Construct } from "constructs";
import type { AlarmTarget, Grantee, RegionalKey } from "../../modules/core";
import { ConstructError, parseConfig, resourceName } from "../../modules/core";
import { type EventBus, EventRule } from "../../modules/event-bus";
import type { EventEndpoint } from "../../modules/event-endpoint";
import type { DatabaseAccess } from "../../modules/global-database";
import { HttpApi } from "../../modules/http-api";
import { PlainSettings } from "../../modules/plain-settings";
import type { ReplicatedTable } from "../../modules/replicated-table";
import { SavedQueries } from "../../modules/saved-queries";
import { ServiceFunction } from "../../modules/service-function";
import { type RegionalServiceConfig, regionalServiceConfig } from "./config";

export interface RegionalServiceProps {
  readonly config: RegionalServiceConfig;
  readonly environment: string;
  /** Name of the service within the environment. */
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** Encrypts logs, dead letters and the function's environment. */
  readonly key: RegionalKey;
  /** The tables of the environment, by name; a service is granted those that its config lists. */
  readonly tables: ReadonlyMap<string, ReplicatedTable>;
  /** The databases of the environment; needed by a service that connects to one. */
  readonly databases?: RegionalDatabases;
  /** The event buses of the environment; needed by services that publish or subscribe. */
  readonly eventBuses?: RegionalEventBuses;
  /** What services encrypt with themselves; needed by a service that does. */
  readonly encryption?: ServiceEncryption;
  /** Where database logins are made; needed by a service that asks for them. */
  readonly databaseLogin?: ServiceDatabaseLogin;
  readonly alarms?: AlarmTarget;
  readonly tracing: boolean;
  readonly deadLetters: boolean;
  readonly provisionedConcurrency: boolean;
  readonly savedQueries: boolean;
  /** Whether this region creates the DNS record that validates the API's certificate; exactly one region does. */
  readonly ownsDomainValidation: boolean;
}

/** Finds the event buses of an environment by their names in it. */
export interface RegionalEventBuses {
  /** The bus in a region; undefined where the region consumes no events. */
  bus(name: string, region: string): EventBus | undefined;
  /** The endpoint that leads to the bus in either region, once there is one. */
  endpoint(name: string): EventEndpoint | undefined;
}

/** The keys that services encrypt with themselves, by the service whose messages they are. */
export interface ServiceEncryption {
  /** Variables that tell a function of a region its key; `reads` for one that only decrypts. */
  variables(service: string, region: string, reads: boolean): Readonly<Record<string, string>>;
  /** Lets a function use the key of its own region. */
  grant(grantee: Grantee, service: string, reads: boolean): void;
}

/** The database logins that are made for services. */
export interface ServiceDatabaseLogin {
  /** Variables that tell a function where it gets its logins. */
  variables(service: string): Readonly<Record<string, string>>;
}

/** Finds the databases of an environment by their names in it. */
export interface RegionalDatabases {
  /** How functions of a region connect; throws for a region without the database. */
  connection(
    name: string,
    region: string,
  ): {
    readonly access: DatabaseAccess;
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
    /** The secret that a user logs in by, and every name it may hold; undefined where the name alone is enough. */
    userSecret(user: string):
      | {
          readonly secretArn: string;
          readonly users: readonly string[];
          grantRead(grantee: Grantee): void;
          /** The share of functions that use a new login first, where it has one. */
          readonly canary?: { readonly path: string; readonly name: string; grantRead(grantee: Grantee): void };
        }
      | undefined;
  };
}

/** One service in one region: function, grants on its tables, HTTP API, and queries over the logs of both. */
export class RegionalService extends Construct {
  readonly function: ServiceFunction;
  readonly api?: HttpApi;

  constructor(scope: Construct, id: string, props: RegionalServiceProps) {
    super(scope, id);
    const { environment, region, account, key, alarms } = props;
    const config = parseConfig(regionalServiceConfig, props.config, this.node.path);
    const name = resourceName(this, [environment, props.name], 64);
    const uses = Object.entries(config.tables).map(([table, use]) => ({ ...use, table: this.table(table, props) }));
    const settings = this.settings(config, props);
    const connection = config.database && this.connection(config.database.name, props);
    const encryption = config.encryption && this.encryption(config.encryption, props);
    const login = config.database?.login && this.databaseLogin(props);
    const secret = config.database && !login ? connection?.userSecret(config.database.user) : undefined;

    this.function = new ServiceFunction(this, "function", {
      config: config.function,
      name,
      region,
      account,
      key,
      alarms,
      tracing: props.tracing,
      deadLetters: props.deadLetters,
      provisionedConcurrency: props.provisionedConcurrency,
      vpc: connection && {
        subnetIds: connection.subnetIds,
        securityGroupIds: connection.securityGroupIds,
      },
      environmentVariables: {
        ENVIRONMENT: environment,
        SERVICE_NAME: props.name,
        ...(settings ? { SETTINGS_PATH: settings.path } : {}),
        ...this.eventVariables(config, props),
        ...encryption?.keys.variables(encryption.service, region, encryption.reads),
        ...databaseVariables(config, connection?.access, secret?.secretArn),
        ...(secret?.canary && { DATABASE_CANARY_PATH: secret.canary.path, DATABASE_CANARY_NAME: secret.canary.name }),
        ...login?.variables(props.name),
        ...Object.fromEntries(uses.map(({ variable, table }) => [variable, table.tableName])),
        ...homeVariables(uses),
      },
    });
    encryption?.keys.grant(this.function, encryption.service, encryption.reads);
    settings?.grantRead(this.function);
    // A login that is made for it has a password, and needs no permission of AWS.
    for (const user of config.database && !login ? (secret?.users ?? [config.database.user]) : []) {
      connection?.access.grantConnect(this.function, user);
    }
    secret?.grantRead(this.function);
    secret?.canary?.grantRead(this.function);
    for (const { access, table, homeReplica } of uses) {
      grantTable(table, access, this.function);
      const [home] = table.regions;
      if (homeReplica && home !== undefined && home !== region)
        grantTable(table, access, inRegion(home, this.function));
    }
    this.connectEvents(config, props);
    if (config.api) {
      this.api = new HttpApi(this, "api", {
        config: config.api,
        name,
        region,
        key,
        alarms,
        target: this.function,
        domain: config.hostedZoneId
          ? { zoneId: config.hostedZoneId, validationRecords: props.ownsDomainValidation ? "create" : "existing" }
          : undefined,
      });
    }
    if (props.savedQueries) {
      new SavedQueries(this, "queries", {
        config: config.savedQueries,
        environment,
        service: props.name,
        region,
        logGroupNames: [this.function.logGroupName, ...(this.api ? [this.api.accessLogGroupName] : [])],
      });
    }
  }

  /** The settings of this region alone: each region's services are a state of their own. */
  private settings({ settings }: RegionalServiceConfig, props: RegionalServiceProps): PlainSettings | undefined {
    if (!settings) return undefined;
    const { environment, name, region, account } = props;
    const ofRegion = Object.entries(settings).map(([setting, { valueIn, ...rest }]) => {
      const own = Object.entries(valueIn).filter(([valueRegion]) => valueRegion === region);
      return [setting, { ...rest, valueIn: Object.fromEntries(own) }];
    });
    return new PlainSettings(this, "settings", {
      config: { settings: Object.fromEntries(ofRegion) },
      path: `/${environment}/${name}`,
      account,
      regions: [region],
    });
  }

  private eventVariables({ publishes }: RegionalServiceConfig, { eventBuses, region }: RegionalServiceProps) {
    const entries = Object.entries(publishes).flatMap(([name, { variable, endpointVariable }]) => {
      const bus = eventBuses?.bus(name, region);
      const endpoint = eventBuses?.endpoint(name);
      return [
        ...(bus ? [[variable, bus.eventBusName]] : []),
        ...(endpoint ? [[endpointVariable, endpoint.endpointId]] : []),
      ];
    });
    return Object.fromEntries(entries) as Record<string, string>;
  }

  /** Grants on the buses that the service publishes to, and the rules that hand it events in this region. */
  private connectEvents(config: RegionalServiceConfig, props: RegionalServiceProps): void {
    const { eventBuses, region, alarms, deadLetters } = props;
    for (const [name, { sources }] of Object.entries(config.publishes)) {
      (eventBuses?.endpoint(name) ?? eventBuses?.bus(name, region))?.grantPublish(this.function, { sources });
    }
    for (const [name, { bus: busName, ...rule }] of Object.entries(config.subscriptions)) {
      const bus = eventBuses?.bus(busName, region);
      if (!bus) continue;
      new EventRule(this, `subscription-${name}`, {
        name: `${props.name}-${name}`,
        config: rule,
        bus,
        target: this.function,
        deadLetters,
        alarms,
      });
    }
  }

  private connection(name: string, { databases, region }: RegionalServiceProps) {
    if (databases) return databases.connection(name, region);
    throw new ConstructError(this, `uses database "${name}", the environment has none`, "declare it or remove it here");
  }

  private encryption({ readsOf }: { readonly readsOf?: string }, { encryption: keys, name }: RegionalServiceProps) {
    if (keys) return { keys, service: readsOf ?? name, reads: readsOf !== undefined };
    throw new ConstructError(this, "encrypts, but the environment has no key for it", "pass encryption");
  }

  private databaseLogin({ databaseLogin }: RegionalServiceProps): ServiceDatabaseLogin {
    if (databaseLogin) return databaseLogin;
    throw new ConstructError(this, "has database logins made, but the environment has no Vault", "pass databaseLogin");
  }

  private table(name: string, { tables }: RegionalServiceProps): ReplicatedTable {
    const table = tables.get(name);
    if (table) return table;
    const known = [...tables.keys()].join(", ") || "none";
    throw new ConstructError(
      this,
      `uses table "${name}", the environment has: ${known}`,
      "declare the table or remove it here",
    );
  }
}

type TableUse = RegionalServiceConfig["tables"][string] & { readonly table: ReplicatedTable };

function grantTable(table: ReplicatedTable, access: TableUse["access"], grantee: Grantee): void {
  if (access === "read") table.grantRead(grantee);
  else if (access === "write") table.grantWrite(grantee);
  else table.grantReadWrite(grantee);
}

/** A principal as that of another region: its role is good in each, only the resources that it is granted differ. */
function inRegion(region: string, grantee: Grantee): Grantee {
  return { region, addToRolePolicy: (statement) => grantee.addToRolePolicy(statement) };
}

/** The region whose replicas all regions ask first, where a table is used in that way. */
function homeVariables(uses: readonly TableUse[]): Record<string, string> {
  const home = uses.find(({ homeReplica }) => homeReplica)?.table.regions[0];
  return home === undefined ? {} : { HOME_REGION: home };
}

/** Where the function finds its database and how it logs in, as runtime/postgres reads it. */
function databaseVariables(
  { database }: RegionalServiceConfig,
  access: DatabaseAccess | undefined,
  secretArn: string | undefined,
): Record<string, string> {
  if (!database || !access) return {};
  return {
    ...(database.access === "read-write" ? { DATABASE_HOST: access.writerEndpoint } : {}),
    DATABASE_READER_HOST: access.readerEndpoint,
    DATABASE_PORT: String(access.port),
    DATABASE_NAME: access.databaseName,
    DATABASE_USER: database.user,
    DATABASE_AUTHENTICATION: database.login?.provider ?? access.authentication,
    ...(secretArn ? { DATABASE_SECRET_ARN: secretArn } : {}),
    ...(access.caFile ? { DATABASE_CA_FILE: access.caFile } : {}),
  };
}
