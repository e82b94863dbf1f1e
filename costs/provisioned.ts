import { functionIn, type PricingContext, type Service } from "../contract";
import { hoursOf, hoursPerWeek, provisionedByHour } from "../modules/service-traffic";
import { breakEvenUtilization, hoursPerMonth, lambdaPricesIn, priceIn } from "../values/prices";
import { withTraffic } from "./use";

/** What a month of a function's provisioned concurrency in one region comes to. */
export interface ProvisionedUse {
  /** Environments times hours. */
  readonly unitHours: number;
  /** Share of the requests that find every one of them at work, between 0 and 1. */
  readonly spilledShare: number;
}

const isProvisioned = ({ resources }: PricingContext, { name }: Service, region: string): boolean =>
  resources.some(
    (resource) =>
      resource.type === "aws_lambda_provisioned_concurrency_config" &&
      resource.service === name &&
      resource.region === region,
  );

/** What a service has provisioned in a region. @returns undefined where the deployment has none */
export function provisionedUse(at: PricingContext, service: Service, region: string): ProvisionedUse | undefined {
  if (!isProvisioned(at, service, region)) return undefined;
  const sized = withTraffic(at.config).find((one) => one.service.name === service.name);
  const share = sized ? shareOf(at, service.name, region) : 0;
  const hours = sized && share > 0 ? hoursOf(sized.traffic) : [];
  const seconds = (sized?.traffic.averageDurationMs ?? 0) / 1000;
  const executions = (hour: number) => (hours[hour]?.average ?? 0) * share * seconds;
  const units = provisionedByHour(functionIn(service, region), executions);
  if (!units) return undefined;
  const spilled = sized && sized.week.requests > 0 ? sized.week.beyond(units) / sized.week.requests : 0;
  return {
    unitHours: (units.reduce((sum, count) => sum + count, 0) * hoursPerMonth) / hoursPerWeek,
    spilledShare: spilled,
  };
}

/** The share of the stated traffic that a region gets. */
function shareOf(at: PricingContext, service: string, region: string): number {
  const all = withTraffic(at.config).find((one) => one.service.name === service)?.week.requests ?? 0;
  return all === 0 ? 0 : (at.requests(service, region) * hoursPerWeek) / hoursPerMonth / all;
}

/** Whether what a service has provisioned where the traffic is costs more or less than environments on demand would. */
export interface ProvisionedVerdict {
  readonly service: string;
  readonly region: string;
  /** US dollars a month with provisioned concurrency, for environments and durations. */
  readonly provisionedUsd: number;
  /** US dollars a month if the same requests ran on demand. */
  readonly onDemandUsd: number;
  /** Share of the time that the environments are in use, between 0 and 1. */
  readonly utilization: number;
  /** The share from which provisioned environments cost less; above 1, never. */
  readonly breakEven: number;
}

/** A verdict on each service with provisioned concurrency and stated traffic, in the region that serves. */
export function provisionedVerdicts(at: PricingContext): ProvisionedVerdict[] {
  const region = at.servingRegion;
  return withTraffic(at.config).flatMap(({ service, traffic }) => {
    const use = provisionedUse(at, service, region);
    const requests = at.requests(service.name, region);
    if (!use || requests === 0) return [];
    const gigabytes = functionIn(service, region).memoryMb / 1024;
    const seconds = requests * (traffic.averageDurationMs / 1000);
    const negotiated = at.config.costs.prices;
    const usd = (price: "lambda.arm64" | "lambda.arm64.provisioned" | "lambda.arm64.provisioned-duration") =>
      priceIn(price, region, negotiated).usd;
    const inside = seconds * (1 - use.spilledShare);
    return [
      {
        service: service.name,
        region,
        provisionedUsd:
          gigabytes *
          (use.unitHours * 3600 * usd("lambda.arm64.provisioned") +
            inside * usd("lambda.arm64.provisioned-duration") +
            seconds * use.spilledShare * usd("lambda.arm64")),
        onDemandUsd: gigabytes * seconds * usd("lambda.arm64"),
        utilization: use.unitHours === 0 ? 0 : inside / (use.unitHours * 3600),
        breakEven: breakEvenUtilization({
          ...lambdaPricesIn(region),
          onDemandGbSecond: usd("lambda.arm64"),
          provisionedGbSecond: usd("lambda.arm64.provisioned"),
          provisionedDurationGbSecond: usd("lambda.arm64.provisioned-duration"),
        }),
      },
    ];
  });
}
