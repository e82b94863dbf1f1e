import { Construct } from "constructs";
import type { BusinessSeries } from "../../modules/business-metrics";
import type { BreakerSeries } from "../../modules/circuit-breakers";
import {
  type AlarmTarget,
  parseConfig,
  type RegionalKey,
  type RoleSettings,
  resourceName,
  setRoleSettings,
} from "../../modules/core";
import { HttpApi } from "../../modules/http-api";
import type { QueueConsumer } from "../../modules/message-queue";
import type { PauseSeries } from "../../modules/queue-pausing";
import type { UsableTable } from "../../modules/replicated-table";
import { ServiceFunction } from "../../modules/service-function";
import { type RegionalServiceInput, regionalServiceConfig } from "./config";
import { databaseUse, type RegionalDatabases, type ServiceDatabaseLogin } from "./database-use";
import { encryptionUse, type ServiceEncryption } from "./encryption-use";
import { eventUse, type RegionalEventBuses } from "./event-use";
import { originUse, type ServiceOrigin } from "./origin-use";
import { permissionStatements } from "./permissions";
import { queueUse, type RegionalQueues } from "./queue-use";
import { functionIn } from "./regional-override";
import { scheduleUse } from "./schedule-use";
import { settingsUse } from "./settings-use";
import { streamUse } from "./stream-use";
import { tableUse } from "./table-use";
import { type ServiceTelemetry, telemetryUse } from "./telemetry-use";

export interface RegionalServiceProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: RegionalServiceInput;
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the service within the environment. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts logs, dead letters and the function's environment. */
  readonly key: RegionalKey;
  /** The tables of the environment, by name; a service gets access to those that its config lists. */
  readonly tables: ReadonlyMap<string, UsableTable>;
  /** The databases of the environment; needed by a service that connects to one. */
  readonly databases?: RegionalDatabases;
  /** The event buses of the environment; needed by services that publish or subscribe. */
  readonly eventBuses?: RegionalEventBuses;
  /** The queues of the environment; needed by services that send to one or take its messages. */
  readonly queues?: RegionalQueues;
  /** The region that serves first, where it is another one; for queues, streams and schedules of that region only. */
  readonly activeRegion?: string;
  /** The keys that services themselves encrypt with; needed by a service that does. */
  readonly encryption?: ServiceEncryption;
  /** Where database logins are created; needed by a service that asks for them. */
  readonly databaseLogin?: ServiceDatabaseLogin;
  /** The functions of other services in the region, by name; needed by an API whose authorizer is one of them. */
  readonly authorizerFunctions?: ReadonlyMap<string, ServiceFunction>;
  /** The distribution in front of it, where the function has to check that requests came by it. */
  readonly origin?: ServiceOrigin;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Whether functions write X-Ray traces. */
  readonly tracing: boolean;
  /** How the function is traced instead, if it is not by X-Ray. */
  readonly telemetry?: ServiceTelemetry;
  /** Whether this region creates the DNS record that validates the API's certificate; exactly one region does. */
  readonly ownsDomainValidation: boolean;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** One service in one region: its function with everything it uses, and the HTTP API in front of it. */
export class RegionalService extends Construct {
  readonly region: string;
  readonly function: ServiceFunction;
  readonly api?: HttpApi;
  /** What takes the messages of its queues, by their names in the environment. */
  readonly consumers: ReadonlyMap<string, QueueConsumer>;
  private readonly shownBreakers: BreakerSeries[] = [];
  private readonly shownPauses: PauseSeries[] = [];
  private readonly shownMetrics: BusinessSeries[] = [];
  private hasShownFaults = false;

  constructor(scope: Construct, id: string, props: RegionalServiceProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { environment, region, account, key, alarms } = props;
    this.region = region;
    const config = parseConfig(regionalServiceConfig, props.config, this.node.path);
    const name = resourceName(this, [environment, props.name], 64);
    const database = databaseUse(this, config, props);
    const queues = queueUse(this, config, props);
    const uses = [
      ...encryptionUse(this, config, props),
      ...settingsUse(this, config, props),
      ...(database ? [database] : []),
      tableUse(this, config, props.tables),
      eventUse(this, config, props),
      queues,
      ...streamUse(this, config, props),
      ...scheduleUse(this, config, props),
      ...originUse(props.origin, region),
      ...telemetryUse(props.telemetry),
    ];
    this.function = new ServiceFunction(this, "function", {
      config: functionIn(config, region),
      name,
      region,
      account,
      key,
      alarms,
      tracing: props.tracing,
      // Code that is not bundled has the variables, by which an SDK of its own sends to the same receiver.
      openTelemetry: props.telemetry?.openTelemetry && config.function.code === undefined,
      layerArns: props.telemetry?.layerArns,
      vpc: database?.vpc,
      environmentVariables: {
        ENVIRONMENT: environment,
        SERVICE_NAME: props.name,
        ...Object.assign({}, ...uses.map(({ variables }) => variables)),
      },
    });
    for (const use of uses) use.connect(this.function);
    this.consumers = queues.consumers;
    for (const statement of permissionStatements(config.permissions, { environment, region, account })) {
      this.function.addToRolePolicy(statement);
    }
    if (config.api) {
      this.api = new HttpApi(this, "api", {
        config: config.api,
        name,
        region,
        key,
        alarms,
        target: this.function,
        account,
        authorizerFunctions: props.authorizerFunctions,
        domain: config.hostedZoneId
          ? { zoneId: config.hostedZoneId, validationRecords: props.ownsDomainValidation ? "create" : "existing" }
          : undefined,
      });
    }
  }

  /** The circuit breakers that its function calls through. */
  get breakers(): readonly BreakerSeries[] {
    return this.shownBreakers;
  }

  /** ARNs of alarms on what its callers notice: errors and latency of the API, or failed invocations. None without alarms. */
  get callerAlarmArns(): readonly string[] {
    if (this.api) return this.api.callerAlarmArns;
    const { errorsAlarmArn } = this.function;
    return errorsAlarmArn === undefined ? [] : [errorsAlarmArn];
  }

  /** The business metrics that its function writes. */
  get metricSeries(): readonly BusinessSeries[] {
    return this.shownMetrics;
  }

  /** Has dashboards show business metrics that its function writes. */
  showMetrics(metrics: readonly BusinessSeries[]): void {
    this.shownMetrics.push(...metrics);
  }

  /** Whether faults can be injected into its function. */
  get hasFaults(): boolean {
    return this.hasShownFaults;
  }

  /** Has dashboards show the faults that are injected into its function. */
  showFaults(): void {
    this.hasShownFaults = true;
  }

  /** Has dashboards show circuit breakers that its function calls through. */
  showBreakers(breakers: readonly BreakerSeries[]): void {
    this.shownBreakers.push(...breakers);
  }

  /** The queues that circuit breakers pause. */
  get pauses(): readonly PauseSeries[] {
    return this.shownPauses;
  }

  /** Has dashboards show a queue that circuit breakers pause. */
  showPause(pause: PauseSeries): void {
    this.shownPauses.push(pause);
  }
}
