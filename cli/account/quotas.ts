import { type AccountQuota, accountQuotas, lambdaConcurrency } from "../../values/quotas";
import { requestQuota, showQuota } from "../quotas/commands";
import { countedTypes } from "../quotas/counted";
import { accountRegion } from "../quotas/shares";
import type { AccountNeed, NeedingResource } from "./need";

/** A quota of AWS that an environment uses a part of. */
export class Quota {
  constructor(
    private readonly props: {
      /** As the Service Quotas API calls the service. */
      readonly service: string;
      readonly code: string;
      readonly name: string;
      /** What an account has unless it asked for more. */
      readonly byDefault: string;
      /** Where the quota of a global service is asked for. */
      readonly globalRegion?: string;
      /** How much of it these resources use; 0 for none. */
      readonly use: (resources: readonly NeedingResource[]) => number;
    },
  ) {}

  /** The need of each region, or of the whole account. */
  needs(resources: readonly NeedingResource[], regions: readonly string[]): AccountNeed[] {
    const { service, code, name, byDefault, globalRegion, use } = this.props;
    const need = (asked: string, used: readonly NeedingResource[], region?: string): AccountNeed[] => {
      const count = use(used);
      if (count === 0) return [];
      const quota = { service, code, region: asked };
      return [
        {
          region,
          what: `${name}: ${count}, of ${byDefault} by default`,
          check: showQuota(quota),
          make: requestQuota(quota, "<value>"),
          certain: true,
        },
      ];
    };
    if (globalRegion) return need(globalRegion, resources);
    return regions.flatMap((region) =>
      need(
        region,
        resources.filter((resource) => resource.region === region),
        region,
      ),
    );
  }
}

const count =
  (...types: readonly string[]) =>
  (resources: readonly NeedingResource[]): number =>
    resources.filter(({ type }) => types.includes(type)).length;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
function concurrency(resources: readonly NeedingResource[]): number {
  const reserved = resources.reduce((sum, { reservedConcurrency }) => sum + reservedConcurrency, 0);
  return reserved > 0 ? reserved + lambdaConcurrency.unreservable : 0;
}

/** A quota that environment files state too, of which a resource of some types is one. */
function listed(name: ListedQuota): Quota {
  const { service, code, what, byDefault, scope } = accountQuotas[name];
  return new Quota({
    service,
    code,
    name: what,
    byDefault: byDefault.toLocaleString("en-US"),
    globalRegion: scope === "account" ? accountRegion : undefined,
    use: count(...(countedTypes[name] ?? [])),
  });
}

/** Those that the Service Quotas API knows. */
type ListedQuota = {
  [N in AccountQuota]: (typeof accountQuotas)[N] extends { readonly code: string } ? N : never;
}[AccountQuota];

const { service, code } = accountQuotas.lambdaConcurrentExecutions;

/**
 * The quotas that environments come near to, or that new accounts have less of, with the codes and defaults that the Service
 * Quotas API lists; `evenkeel quotas` has all of them.
 * @see https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 */
export const quotas: readonly Quota[] = [
  new Quota({
    service,
    code,
    name: "concurrent executions of Lambda, with the 100 that cannot be reserved",
    byDefault: "1,000, and new accounts have less, down to 10,",
    use: concurrency,
  }),
  listed("vpcs"),
  listed("databaseClusters"),
  listed("databaseInstances"),
  listed("databaseProxies"),
  listed("eventBuses"),
  listed("tables"),
  listed("apiDomains"),
  listed("distributions"),
];
