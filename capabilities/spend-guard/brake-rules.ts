import { type BaseEnvironment, functionIn, type Rule, type Service } from "../../contract";
import { serviceTrafficConfig, TrafficFileError, TrafficWeek } from "../../modules/service-traffic";
import { type BrakeConfig, reservedForBrake } from "../../modules/spend-brake";
import { lambdaConcurrency, quotaIn } from "../../values/quotas";

interface BrakeEnvironment extends Pick<BaseEnvironment, "regions" | "quotas"> {
  readonly services: readonly (Service & { readonly brake?: BrakeConfig })[];
}

/** How far above the highest peak that is stated a ceiling has to be. */
const leastFactor = 2;

/** The highest peak that a service states, as invocations in a minute; undefined where it states none, or with a mistake. */
function peakOf({ traffic }: Service): number | undefined {
  const parsed = serviceTrafficConfig.safeParse(traffic);
  if (!parsed.success) return undefined;
  try {
    return new TrafficWeek(parsed.data).peak * 60;
  } catch (error) {
    // What is wrong with the file is told by its own rule.
    if (error instanceof TrafficFileError) return undefined;
    throw error;
  }
}

/** That a brake stops what went wrong and nothing else, and can be pulled. */
export const brakeRules: readonly Rule<BrakeEnvironment>[] = [
  {
    id: "brakes-are-above-healthy-traffic",
    statement: "The ceiling of a brake is at least twice the peak of the traffic that its service states.",
    check({ services }, report) {
      services.forEach((service, index) => {
        const peak = service.brake && peakOf(service);
        if (!service.brake || peak === undefined) return;
        const least = Math.ceil(peak * leastFactor);
        if (service.brake.invocationsPerMinute >= least) return;
        report(
          ["services", index, "brake", "invocationsPerMinute"],
          `could stop healthy traffic, whose stated peak is ${Math.ceil(peak)} a minute; use at least ${least}, twice the peak`,
        );
      });
    },
  },
  {
    id: "brakes-leave-less",
    statement: "The floor of a brake is below what the function reserves, and not below what it provisions.",
    check({ services, regions }, report) {
      services.forEach((service, index) => {
        const { brake } = service;
        if (!brake) return;
        const path = ["services", index, "brake", "floor"];
        for (const region of [regions.home, ...regions.standby]) {
          const { reservedConcurrency: reserved, provisionedConcurrency } = functionIn(service, region);
          const { max = 0, schedules = [] } = provisionedConcurrency ?? {};
          const provisioned = Math.max(max, ...schedules.map((schedule) => schedule.max));
          if (brake.floor < provisioned) {
            report(
              path,
              `is below the ${provisioned} executions that may be provisioned, and Lambda refuses that; use at least ${provisioned}`,
            );
            return;
          }
          if (reserved !== null && brake.floor >= reserved) {
            report(path, `brakes nothing, as the function reserves ${reserved}; use less, or reserve more`);
            return;
          }
        }
      });
    },
  },
  {
    id: "brakes-have-an-execution",
    statement: "The account has an execution that the brake itself reserves in each region.",
    check({ services, regions, quotas }, report) {
      if (!services.some(({ brake }) => brake)) return;
      for (const region of [regions.home, ...regions.standby]) {
        const reserved = services.reduce(
          (sum, service) => sum + (functionIn(service, region).reservedConcurrency ?? 0),
          0,
        );
        const quota = quotaIn(quotas, "lambdaConcurrentExecutions", region);
        const left = quota - lambdaConcurrency.unreservable - reserved;
        // That services alone reserve too much is told by a rule of the account.
        if (left < 0 || left >= reservedForBrake) continue;
        report(
          ["quotas", "lambdaConcurrentExecutions"],
          `leaves nothing for the brake in ${region}, which reserves ${reservedForBrake} so that it runs when everything else is used; reserve less, or have AWS raise the quota and then raise it here`,
        );
        return;
      }
    },
  },
];
