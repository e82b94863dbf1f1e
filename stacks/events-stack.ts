import { Construct } from "constructs";
import type { RegionalServiceConfig } from "../blueprints/regional-service";
import type { Deployment } from "../contract";
import { alertRegions } from "../contract/alert-regions";
import { ConstructError } from "../modules/core";
import { EventBus, EventRule } from "../modules/event-bus";
import { EventEndpoint } from "../modules/event-endpoint";
import { leastVisibilitySeconds, MessageQueue } from "../modules/message-queue";
import { CapableStack } from "./capable-stack";
import { withExistingBuses } from "./existing";
import type { KeysStack } from "./keys-stack";

/**
 * Events and messages that must not be lost: the event buses with their archives, in the home region and the first standby
 * region, and the endpoints through which publishers reach either; queues with their dead letters, in each region that services
 * run in. Rules belong to the services or queues that they are for.
 */
export class EventsStack extends CapableStack {
  private readonly buses: ReadonlyMap<string, ReadonlyMap<string, EventBus>>;
  private readonly endpoints: ReadonlyMap<string, EventEndpoint>;
  private readonly queues: ReadonlyMap<string, ReadonlyMap<string, MessageQueue>>;

  constructor(scope: Construct, keys: KeysStack) {
    const { deployment } = keys;
    // With the providers of all standby regions, a bus can be removed after another region has become the first one.
    const standby = deployment.eventRegions.length > 1 ? deployment.config.regions.standby : [];
    const queueRegions = deployment.queues.size > 0 ? deployment.serviceRegions : [];
    super(scope, "events", keys, [
      ...deployment.eventRegions,
      ...queueRegions,
      ...alertRegions(deployment, ["events"]),
      ...standby,
    ]);
    const { environment, account, eventRegions } = deployment;
    const alarms = this.alarmTarget;
    this.buses = new Map(
      [...deployment.eventBuses].map(([name, config]) => [
        name,
        new Map(
          eventRegions.map((region) => [
            region,
            new EventBus(this, `${name}-${region}`, {
              config,
              name: `${environment}-${name}`,
              region,
              account,
              key: keys.data,
              alarms,
            }),
          ]),
        ),
      ]),
    );
    const [homeRegion, standbyRegion] = eventRegions;
    // The policy of an existing key need not know schedules.
    const scheduleKey = deployment.keys.operations.existing ? undefined : keys.operations;
    this.endpoints = new Map(
      [...this.buses].flatMap(([name, byRegion]) => {
        const [home, standby] = [homeRegion, standbyRegion].map((region) => region && byRegion.get(region));
        if (!home || !standby) return [];
        const { active } = deployment.config.regions;
        const props = {
          config: {},
          name: `${environment}-${name}`,
          account,
          home,
          standby,
          active,
          alarms,
          key: scheduleKey,
        };
        return [[name, new EventEndpoint(this, `${name}-endpoint`, props)] as const];
      }),
    );
    this.queues = this.buildQueues(deployment);
    for (const config of deployment.config.eventBuses) {
      for (const bus of this.buses.get(config.name)?.values() ?? []) this.offer("bus", bus, { config });
    }
    this.offerFunctionsAndRules();
  }

  /** A bus in a region, or undefined in regions that consume no events. @throws ConstructError for an unknown bus */
  bus(name: string, region: string): EventBus | undefined {
    const byRegion = this.buses.get(name);
    if (byRegion) return byRegion.get(region);
    throw new ConstructError(
      this,
      `has no event bus "${name}", only: ${[...this.buses.keys()].join(", ") || "none"}`,
      "declare the bus",
    );
  }

  /** The endpoint of a bus, once there is a standby region. */
  endpoint(name: string): EventEndpoint | undefined {
    return this.endpoints.get(name);
  }

  /** A queue in a region, or undefined where there is none. */
  queue(name: string, region: string): MessageQueue | undefined {
    return this.queues.get(name)?.get(region);
  }

  /** Below a construct of their own, so that no bus or endpoint has the id of a queue. */
  private buildQueues(deployment: Deployment): ReadonlyMap<string, ReadonlyMap<string, MessageQueue>> {
    const scope = new Construct(this, "queues");
    const alarms = this.alarmTarget;
    const { environment, queues, serviceRegions } = deployment;
    const buses = withExistingBuses(this, deployment);
    return new Map(
      [...queues].map(([name, { subscriptions, ...config }]) => {
        const reader = readerOf(name, deployment);
        const byRegion = new Map(
          serviceRegions.map((region) => {
            const queue = new MessageQueue(scope, `${name}-${region}`, {
              config,
              name: `${environment}-${name}`,
              region,
              key: this.keys.data,
              leastVisibilitySeconds: reader && leastVisibilityOf(name, reader),
              consumed: reader !== undefined && reads(reader, name, region, deployment),
              alarms,
            });
            for (const [rule, { bus: busName, ...ruleConfig }] of Object.entries(subscriptions)) {
              const bus = buses?.bus(busName, region);
              if (!bus) continue;
              new EventRule(queue, `subscription-${rule}`, {
                name: `${name}-${rule}`,
                config: ruleConfig,
                bus,
                target: queue,
                alarms,
              });
            }
            return [region, queue] as const;
          }),
        );
        return [name, byRegion] as const;
      }),
    );
  }
}

/** The service that takes the messages of a queue. */
function readerOf(queue: string, { services }: Deployment): RegionalServiceConfig | undefined {
  return [...services.values()].find(({ queues }) => queue in queues);
}

function leastVisibilityOf(queue: string, { function: fn, queues }: RegionalServiceConfig): number {
  const { batchingWindowSeconds = 0, pausedBy = [] } = queues[queue] ?? {};
  return leastVisibilitySeconds(fn.timeoutSeconds, batchingWindowSeconds, pausedBy.length > 0);
}

function reads(
  { queues }: RegionalServiceConfig,
  queue: string,
  region: string,
  { activeRegion }: Deployment,
): boolean {
  const use = queues[queue];
  return use?.enabled === true && (use.consumedIn === "every-region" || region === activeRegion);
}
