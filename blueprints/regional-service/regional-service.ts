import { Construct } from "constructs";
import type { AlarmTarget, RegionalKey } from "../../modules/core";
import { ConstructError, parseConfig, resourceName } from "../../modules/core";
import { HttpApi } from "../../modules/http-api";
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
  readonly alarms?: AlarmTarget;
  readonly tracing: boolean;
  readonly deadLetters: boolean;
  readonly provisionedConcurrency: boolean;
  readonly savedQueries: boolean;
  /** Whether this region creates the DNS record that validates the API's certificate; exactly one region does. */
  readonly ownsDomainValidation: boolean;
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
      environmentVariables: {
        ENVIRONMENT: environment,
        SERVICE_NAME: props.name,
        ...Object.fromEntries(uses.map(({ variable, table }) => [variable, table.tableName])),
      },
    });
    for (const { access, table } of uses) {
      if (access === "read") table.grantRead(this.function);
      else if (access === "write") table.grantWrite(this.function);
      else table.grantReadWrite(this.function);
    }
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
