import { TerraformOutput, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { routeGuards, routesWith } from "../blueprints/edge-site";
import { callsOf, RegionalContainer } from "../blueprints/regional-container";
import {
  authorizingServices,
  RegionalService,
  type RegionalServiceConfig,
  type ServiceDatabaseLogin,
  type ServiceEncryption,
  type ServiceOrigin,
} from "../blueprints/regional-service";
import { tracingCalls } from "../contract";
import { ConstructError } from "../modules/core";
import { ServiceNetwork } from "../modules/service-network";
import { CapableStack } from "./capable-stack";
import type { DataStack } from "./data-stack";
import type { DatabaseStack } from "./database-stack";
import type { EventsStack } from "./events-stack";
import { withExistingBuses, withExistingTables } from "./existing";
import type { KeysStack } from "./keys-stack";
import { refuseCycle } from "./own-stack";
import { containerTelemetry, serviceTelemetry, traceReceivers } from "./service-telemetry";

/** The stacks whose keys, tables, databases and buses the services use. */
export interface UpstreamStacks {
  readonly keys: KeysStack;
  readonly data: DataStack;
  readonly databases?: DatabaseStack;
  readonly events?: EventsStack;
  /** The keys that services themselves encrypt with. */
  readonly encryption?: ServiceEncryption;
  /** Where services get database logins that are created for them. */
  readonly databaseLogin?: ServiceDatabaseLogin;
}

/** The services of one region: a state of its own, so that a region can be rolled out, or be down, without the others. */
export class ServicesStack extends CapableStack {
  private readonly services: ReadonlyMap<string, RegionalService>;
  private readonly containers: ReadonlyMap<string, RegionalContainer>;
  private readonly containerNetwork?: ServiceNetwork;

  constructor(
    scope: Construct,
    readonly region: string,
    { keys, data, databases, events, encryption, databaseLogin }: UpstreamStacks,
  ) {
    const { deployment } = keys;
    super(scope, `services-${region}`, keys, [region]);
    const tables = withExistingTables(data.tables, deployment);
    const eventBuses = withExistingBuses(events, deployment);
    // Services by name, each after those whose functions its API asks who may call.
    const built = new Map<string, RegionalService>();
    const build = (name: string, config: RegionalServiceConfig) => {
      if (built.has(name)) return;
      for (const other of authorizingServices(config)) {
        const its = deployment.services.get(other);
        if (its) build(other, its);
      }
      built.set(
        name,
        new RegionalService(this, name, {
          config,
          environment: deployment.environment,
          name,
          region,
          account: deployment.account,
          key: keys.operations,
          tables,
          databases,
          eventBuses,
          queues: events,
          activeRegion: deployment.activeRegion,
          encryption,
          databaseLogin,
          origin: originOf(name, keys),
          alarms: this.alarmTarget,
          tracing: deployment.tracing,
          telemetry: serviceTelemetry(deployment.telemetry, region),
          // The validation record of a domain is the same in every region: the home region owns it.
          ownsDomainValidation: region === deployment.homeRegion,
          authorizerFunctions: new Map([...built].map(([other, service]) => [other, service.function])),
        }),
      );
    };
    for (const [name, config] of deployment.services) build(name, config);
    this.services = new Map([...deployment.services.keys()].map((name) => [name, built.get(name) as RegionalService]));
    this.containerNetwork = this.networkOfContainers();
    this.containers = this.buildContainers({ tables, eventBuses, queues: events, encryption });
    for (const [name, { api }] of this.services) {
      if (!api) continue;
      new TerraformOutput(this, `${name}-endpoint`, {
        value: api.endpoint,
        description: `URL of ${name} in ${region}`,
      });
    }
    for (const config of deployment.config.services) {
      this.offer("service", this.service(config.name), { config });
    }
    for (const config of deployment.config.containers) {
      this.offer("container", this.container(config.name), { config });
    }
    this.offer("region", this, {
      config: deployment.config,
      region,
      service: (name) => this.service(name),
      containerNetwork: this.containerNetwork,
      queue: (name) => events?.queue(name, region),
      bus: (name) => eventBuses?.bus(name, region),
    });
    this.offerFunctionsAndRules();
  }

  /** Functions may use what a team builds, and then come after it. */
  override addDependency(dependency: TerraformStack): void {
    refuseCycle(this, dependency);
    super.addDependency(dependency);
  }

  /** One service in a container of this region. @throws ConstructError when the environment has none of that name */
  container(name: string): RegionalContainer {
    const container = this.containers.get(name);
    if (container) return container;
    throw new ConstructError(
      this,
      `has no container "${name}"`,
      `use one of ${[...this.containers.keys()].join(", ") || "containers of the environment, which has none"}`,
    );
  }

  private networkOfContainers(): ServiceNetwork | undefined {
    const { containerNetwork: config, containers, environment, account, telemetry } = this.deployment;
    if (!config) return undefined;
    const all = [...containers.values()];
    return new ServiceNetwork(this, "container-network", {
      config,
      name: `${environment}-containers`,
      region: this.region,
      account,
      calls: [...new Set([...all.flatMap((container) => callsOf(container)), ...tracingCalls(telemetry)])],
      receivers: traceReceivers(this.deployment),
      endpointActions: all.flatMap(({ permissions }) => permissions.flatMap(({ actions }) => actions)),
    });
  }

  private buildContainers(
    upstream: Pick<
      ConstructorParameters<typeof RegionalContainer>[2],
      "tables" | "eventBuses" | "queues" | "encryption"
    >,
  ): ReadonlyMap<string, RegionalContainer> {
    const { deployment, region, containerNetwork: network, keys } = this;
    if (!network) return new Map();
    return new Map(
      [...deployment.containers].map(([name, config]) => {
        const container = new RegionalContainer(this, name, {
          ...upstream,
          config,
          environment: deployment.environment,
          name,
          region,
          account: deployment.account,
          key: keys.operations,
          network,
          ...containerTelemetry(deployment.telemetry, region),
          alarms: this.alarmTarget,
          ownsDomainValidation: region === deployment.homeRegion,
          deletionProtection: !deployment.config.disposable && !deployment.unprotectedRegions.includes(region),
        });
        new TerraformOutput(this, `${name}-endpoint`, {
          value: container.loadBalancer.endpoint,
          description: `URL of ${name} in ${region}`,
        });
        return [name, container];
      }),
    );
  }

  /** One service of this region. @throws ConstructError when the environment has none of that name */
  service(name: string): RegionalService {
    const service = this.services.get(name);
    if (service) return service;
    throw new ConstructError(this, `has no service "${name}"`, `use one of ${[...this.services.keys()].join(", ")}`);
  }
}

/** What the function of a service checks, if a distribution is in front of it that proves requests. */
function originOf(name: string, { deployment, originSecrets }: KeysStack): ServiceOrigin | undefined {
  const [edge, secret] = [deployment.edgeSites.get(name), originSecrets.get(name)];
  if (!edge || !secret) return undefined;
  const guards = routeGuards(deployment.services.get(name)?.api?.routes ?? {}, edge);
  return { secret, use: edge.originSecret.use, openRoutes: routesWith("none", guards) };
}
