import { Construct } from "constructs";
import type { BusinessSeries } from "../../modules/business-metrics";
import { ContainerService, type TaskCollector } from "../../modules/container-service";
import {
  type AlarmTarget,
  parseConfig,
  type RegionalKey,
  type RoleSettings,
  resourceName,
  setRoleSettings,
} from "../../modules/core";
import { LoadBalancer } from "../../modules/load-balancer";
import type { UsableTable } from "../../modules/replicated-table";
import type { ServiceNetwork } from "../../modules/service-network";
import {
  encryptionUse,
  permissionStatements,
  publishUse,
  type RegionalEventBuses,
  type RegionalQueues,
  type ServiceEncryption,
  type ServiceTelemetry,
  sendUse,
  settingsUse,
  tableUse,
  telemetryUse,
} from "../regional-service";
import { type RegionalContainerInput, regionalContainerConfig } from "./config";

export interface RegionalContainerProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: RegionalContainerInput;
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the service within the environment. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts the log. */
  readonly key: RegionalKey;
  /** Where tasks and load balancer are. */
  readonly network: ServiceNetwork;
  /** The tables of the environment, by name; a service gets access to those that its config lists. */
  readonly tables: ReadonlyMap<string, UsableTable>;
  /** The event buses of the environment; needed by services that publish. */
  readonly eventBuses?: RegionalEventBuses;
  /** The queues of the environment; needed by services that send to one. */
  readonly queues?: RegionalQueues;
  /** The keys that services themselves encrypt with; needed by a service that does. */
  readonly encryption?: ServiceEncryption;
  /** How its code sends traces; it sends none if left out. */
  readonly telemetry?: ServiceTelemetry;
  /** What takes its traces to X-Ray, from beside it. */
  readonly collector?: TaskCollector;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Whether this region creates the DNS record that validates the certificate; exactly one region does. */
  readonly ownsDomainValidation: boolean;
  /** Whether AWS refuses to delete the load balancer; true if left out. */
  readonly deletionProtection?: boolean;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** One service in one region whose code runs in a container: its tasks with everything they use, and their load balancer. */
export class RegionalContainer extends Construct {
  readonly region: string;
  readonly container: ContainerService;
  readonly loadBalancer: LoadBalancer;
  private readonly shownMetrics: BusinessSeries[] = [];
  private hasShownFaults = false;

  constructor(scope: Construct, id: string, props: RegionalContainerProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { environment, region, account, key, alarms, network } = props;
    this.region = region;
    const config = parseConfig(regionalContainerConfig, props.config, this.node.path);
    const name = resourceName(this, [environment, props.name], 64);
    const { loadBalancer } = config;
    const path = network.addService(props.name, {
      port: config.container.port,
      listenerPorts: [443, ...(loadBalancer.redirectHttp ? [80] : [])],
      clients: loadBalancer.clients,
    });
    this.loadBalancer = new LoadBalancer(this, "balancer", {
      config: loadBalancer,
      name,
      region,
      network,
      securityGroupId: path.loadBalancerSecurityGroupId,
      port: config.container.port,
      domain: {
        zoneId: config.hostedZoneId,
        validationRecords: props.ownsDomainValidation ? "create" : "existing",
      },
      deletionProtection: props.deletionProtection,
      alarms,
    });
    const uses = [
      ...encryptionUse(this, config, props),
      ...settingsUse(this, config, props),
      tableUse(this, config, props.tables),
      publishUse(config, props),
      sendUse(this, config, props),
      ...telemetryUse(props.telemetry),
    ];
    const { listener, targetGroupArn, dimensions, resourceLabel, serverErrorsAlarmName } = this.loadBalancer;
    this.container = new ContainerService(this, "container", {
      config: config.container,
      name,
      region,
      account,
      key,
      network: {
        subnetIds: network.subnetIds,
        securityGroupIds: [path.taskSecurityGroupId, ...network.additionalSecurityGroupIds],
      },
      targets: {
        targetGroupArn,
        listener,
        dimensions,
        resourceLabel,
        idleSeconds: loadBalancer.idleTimeoutSeconds,
        deregistrationDelaySeconds: loadBalancer.deregistrationDelaySeconds,
        serverErrorsAlarmName,
      },
      environmentVariables: {
        ENVIRONMENT: environment,
        SERVICE_NAME: props.name,
        ...Object.assign({}, ...uses.map(({ variables }) => variables)),
      },
      collector: props.collector,
      alarms,
    });
    for (const use of uses) use.connect(this.container);
    for (const statement of permissionStatements(config.permissions, { environment, region, account })) {
      this.container.addToRolePolicy(statement);
    }
  }

  /** The business metrics that its code writes. */
  get metricSeries(): readonly BusinessSeries[] {
    return this.shownMetrics;
  }

  /** Has dashboards show business metrics that its code writes. */
  showMetrics(metrics: readonly BusinessSeries[]): void {
    this.shownMetrics.push(...metrics);
  }

  /** Whether faults can be injected into its code. */
  get hasFaults(): boolean {
    return this.hasShownFaults;
  }

  /** Has dashboards show the faults that are injected into its code. */
  showFaults(): void {
    this.hasShownFaults = true;
  }

  /** ARNs of alarms on what its callers notice: failed requests and latency. None without alarms. */
  get callerAlarmArns(): readonly string[] {
    return this.loadBalancer.callerAlarmArns;
  }
}
