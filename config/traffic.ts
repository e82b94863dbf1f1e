import { type BaseEnvironment, type EnabledCapabilities, functionIn, type Service } from "../contract";
import {
  type ServiceTrafficConfig,
  serviceTrafficConfig,
  TrafficFileError,
  TrafficWeek,
  type WarmingAdvice,
  warmingAdvice,
} from "../modules/service-traffic";

/** A service whose traffic is stated, with the week that it makes. */
export interface SizedService {
  readonly service: Service;
  /** Its place in the environment's `services`. */
  readonly index: number;
  readonly traffic: ServiceTrafficConfig;
  readonly week: TrafficWeek;
}

/** Regions that services run in: the one that serves first, then those that take over, at this stage or a later one. */
export function regionsOfTraffic(
  { regions }: Pick<BaseEnvironment, "regions">,
  { comes }: Pick<EnabledCapabilities, "comes">,
): readonly string[] {
  const { home, standby } = regions;
  const all = comes("standbyServices") ? [home, ...standby] : [home];
  const serving = all.find((region) => region === regions.active) ?? home;
  return [serving, ...all.filter((region) => region !== serving)];
}

/** By the services of an environment: every rule about traffic asks for them, and a week takes a while to reckon. */
const known = new WeakMap<object, readonly SizedService[]>();

/** The services whose traffic is stated without a mistake, and can be read. */
export function sizedServices({ services }: Pick<BaseEnvironment, "services">): readonly SizedService[] {
  const sized = known.get(services) ?? sizesOf(services);
  known.set(services, sized);
  return sized;
}

function sizesOf(services: readonly Service[]): SizedService[] {
  return services.flatMap((service, index) => {
    const traffic = serviceTrafficConfig.safeParse(service?.traffic);
    if (!traffic.success) return [];
    try {
      return [{ service, index, traffic: traffic.data, week: new TrafficWeek(traffic.data) }];
    } catch (error) {
      // What is wrong with the file is told by its own rule.
      if (error instanceof TrafficFileError) return [];
      throw error;
    }
  });
}

/** What the chooser says of a service, for the function that it has where it serves first. */
export function adviceOf({ service, traffic, week }: SizedService, regions: readonly string[]): WarmingAdvice {
  return warmingAdvice(traffic, functionIn(service, regions[0] ?? ""), regions, week);
}
