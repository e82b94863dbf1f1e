import type { Construct } from "constructs";
import { ConstructError } from "../modules/core";
import { EventBus } from "../modules/event-bus";
import { EventEndpoint } from "../modules/event-endpoint";
import { alertRegions } from "./alert-regions";
import { CapableStack } from "./capable-stack";
import type { KeysStack } from "./keys-stack";

/**
 * Events that must not be lost: the event buses with their archives, in the home region and the first standby region, and
 * the endpoints through which publishers reach either. Rules belong to the services that they are for.
 */
export class EventsStack extends CapableStack {
  private readonly buses: ReadonlyMap<string, ReadonlyMap<string, EventBus>>;
  private readonly endpoints: ReadonlyMap<string, EventEndpoint>;

  constructor(scope: Construct, keys: KeysStack) {
    const { deployment } = keys;
    // With the providers of all standby regions, a bus can be removed after another region has become the first one.
    const standby = deployment.eventRegions.length > 1 ? deployment.config.regions.standby : [];
    super(scope, "events", keys, [...deployment.eventRegions, ...alertRegions(deployment, ["events"]), ...standby]);
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
}
