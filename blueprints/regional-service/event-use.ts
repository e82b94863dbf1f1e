import type { Construct } from "constructs";
import type { AlarmTarget } from "../../modules/core";
import { EventRule, type UsableBus } from "../../modules/event-bus";
import type { EventEndpoint } from "../../modules/event-endpoint";
import type { RegionalServiceConfig } from "./config";
import type { FunctionUse, PrincipalUse } from "./function-use";

/** Finds the event buses of an environment by their names in it. */
export interface RegionalEventBuses {
  /** The bus in a region; undefined where the region consumes no events. */
  bus(name: string, region: string): UsableBus | undefined;
  /** The endpoint that sends events to the bus in either region, once there is one. */
  endpoint(name: string): EventEndpoint | undefined;
}

export interface EventUseProps {
  /** Name of the service within the environment. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** Finds the event buses of the environment by their names in it. */
  readonly eventBuses?: RegionalEventBuses;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/** The buses that a service publishes to. */
export function publishUse(
  config: Pick<RegionalServiceConfig, "publishes">,
  { region, eventBuses }: Pick<EventUseProps, "region" | "eventBuses">,
): PrincipalUse {
  const variables = Object.entries(config.publishes).flatMap(([name, { variable, endpointVariable }]) => {
    const bus = eventBuses?.bus(name, region);
    const endpoint = eventBuses?.endpoint(name);
    return [
      ...(bus ? [[variable, bus.eventBusName]] : []),
      ...(endpoint ? [[endpointVariable, endpoint.endpointId]] : []),
    ];
  });
  return {
    variables: Object.fromEntries(variables) as Record<string, string>,
    connect(target) {
      for (const [name, { sources }] of Object.entries(config.publishes)) {
        (eventBuses?.endpoint(name) ?? eventBuses?.bus(name, region))?.grantPublish(target, { sources });
      }
    },
  };
}

/** The buses that a service publishes to, and the rules that deliver events to it in its region. */
export function eventUse(scope: Construct, config: RegionalServiceConfig, props: EventUseProps): FunctionUse {
  const { name: service, region, eventBuses, alarms } = props;
  const publishes = publishUse(config, props);
  return {
    variables: publishes.variables,
    connect(target) {
      publishes.connect(target);
      for (const [name, { bus: busName, ...rule }] of Object.entries(config.subscriptions)) {
        const bus = eventBuses?.bus(busName, region);
        if (!bus) continue;
        new EventRule(scope, `subscription-${name}`, {
          name: `${service}-${name}`,
          config: rule,
          bus,
          target,
          alarms,
        });
      }
    },
  };
}
