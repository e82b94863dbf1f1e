import type { BaseEnvironment, Rule, Service } from "../../contract";
import { lambdaConcurrency, quotaIn } from "../../values/quotas";

type ForecastService = Pick<Service, "function"> & { readonly predictiveWarming?: { readonly standbyShare?: number } };
interface ForecastEnvironment {
  readonly services: readonly ForecastService[];
  readonly quotas: BaseEnvironment["quotas"];
  readonly regions?: { readonly standby: readonly string[] };
}

/**
 * Environments that all forecast functions may have together in a region: what the account's quota leaves besides what other functions
 * have reserved or provisioned, and besides what Lambda keeps unreserved.
 */
export function mostTogether({ services, quotas }: ForecastEnvironment, region?: string): number {
  const others = services
    .filter(({ predictiveWarming }) => !predictiveWarming)
    .reduce((sum, { function: { reservedConcurrency, provisionedConcurrency } }) => {
      return sum + (reservedConcurrency ?? provisionedConcurrency?.max ?? 0);
    }, 0);
  const most = quotaIn(quotas, "lambdaConcurrentExecutions", region ?? "");
  return most - lambdaConcurrency.unreservable - others;
}

/** That what is forecast can follow the forecast, and that the account has room for it. */
export const forecastsFit: Rule<ForecastEnvironment> = {
  id: "forecasts-have-room",
  statement: "A forecast has limits to move between, moves them alone, and the account has room for its minimums.",
  check(environment, report) {
    const { services } = environment;
    let least = 0;
    services.forEach((service, index) => {
      if (!service.predictiveWarming) return;
      const path = ["services", index, "predictiveWarming"];
      if (service.predictiveWarming.standbyShare !== undefined && environment.regions?.standby.length === 0) {
        report(
          [...path, "standbyShare"],
          "has no effect, as there is no standby region; name one under regions.standby, or remove it",
        );
      }
      const { provisionedConcurrency: provisioned } = service.function;
      if (!provisioned) {
        report(path, "has nothing to forecast; add function.provisionedConcurrency with min and max, or remove it");
        return;
      }
      least += provisioned.min;
      if (provisioned.min === provisioned.max) {
        report(path, `has no room, as min and max are both ${provisioned.max}; raise max, or remove it`);
      }
      if (provisioned.schedules.length > 0) {
        report(path, "moves the same limits as function.provisionedConcurrency.schedules; remove one of both");
      }
    });
    if (least === 0) return;
    const most = mostTogether(environment);
    if (least > most) {
      report(
        ["quotas", "lambdaConcurrentExecutions"],
        `leaves ${Math.max(0, most)} environments for services with predictiveWarming, whose min are ${least} together; lower these, reserve less for others, or have AWS raise the quota and then raise it here`,
      );
    }
  },
};
