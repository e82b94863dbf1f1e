import type { Resource } from "../../topology";
import {
  type AccountQuota,
  accountQuotas,
  type Quota,
  quotaIn,
  quotaNames,
  type StatedQuotas,
} from "../../values/quotas";
import { requestQuota } from "./commands";
import { counted } from "./counted";

/** Where quotas of the whole account are asked for. */
export const accountRegion = "us-east-1";

/** Above this share of a quota there is little room for others in the account. */
const nearShare = 0.8;

/** Quotas that AWS was asked for, by region and code. */
export type ReadQuotas = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** How much of one quota an environment uses in a region, or in the whole account. */
export interface QuotaShare {
  /** Undefined for one of the whole account. */
  readonly region: string | undefined;
  /** The field of `quotas` that states it. */
  readonly name: AccountQuota;
  readonly service: string | undefined;
  readonly code: string | undefined;
  readonly uses: number;
  /** Address of what uses most, where it is a quota of each. */
  readonly of: string | undefined;
  /** The region whose traffic it has to carry after a failover, where that needs more than its own. */
  readonly takesOverFrom: string | undefined;
  readonly quota: number;
  /** Where the quota is from. */
  readonly from: "default" | "stated" | "read";
  readonly share: number;
  readonly verdict: "fits" | "near" | "exceeded";
  /** The command that asks AWS for more; undefined where it fits, and where AWS's API does not know the quota. */
  readonly ask: string | undefined;
}

/** What is known of an environment and its account. */
export interface SharesOptions {
  readonly stated: StatedQuotas;
  readonly standby: readonly string[];
  readonly read?: ReadQuotas;
}

/** The quotas that an environment uses, by region, those of the whole account last. */
export function quotaShares(resources: readonly Resource[], options: SharesOptions): QuotaShare[] {
  const regions = [...new Set(resources.flatMap(({ region }) => region ?? []))].sort();
  const of = (scope: Quota["scope"]) => quotaNames.filter((name) => accountQuotas[name].scope === scope);
  return [
    ...regions.flatMap((region) => of("region").flatMap((name) => shareIn(region, name, resources, regions, options))),
    ...of("account").flatMap((name) => {
      const { count, of: largest } = counted(name, resources, undefined);
      return count > 0 ? [shareOf({ name, uses: count, of: largest }, options)] : [];
    }),
  ];
}

function shareIn(
  region: string,
  name: AccountQuota,
  resources: readonly Resource[],
  regions: readonly string[],
  options: SharesOptions,
): QuotaShare[] {
  const used = counted(name, resources, region);
  const { moves }: Quota = accountQuotas[name];
  const servesHere = resources.some((each) => each.region === region && each.type === "aws_lambda_function");
  let [uses, takesOverFrom] = [used.count, undefined as string | undefined];
  for (const other of moves && servesHere && options.standby.includes(region) ? regions : []) {
    const needed = counted(name, resources, other).count;
    if (needed > uses) [uses, takesOverFrom] = [needed, other];
  }
  return uses > 0 ? [shareOf({ region, name, uses, of: used.of, takesOverFrom }, options)] : [];
}

interface Use {
  readonly region?: string;
  readonly name: AccountQuota;
  readonly uses: number;
  readonly of: string | undefined;
  readonly takesOverFrom?: string;
}

function shareOf({ region, name, uses, of, takesOverFrom }: Use, { stated, read }: SharesOptions): QuotaShare {
  const { service, code, fixed }: Quota = accountQuotas[name];
  const asked = region ?? accountRegion;
  const answered = code === undefined ? undefined : read?.get(asked)?.get(code);
  const isStated = stated.inRegions?.[asked]?.[name] !== undefined || stated[name] !== undefined;
  const quota = answered ?? quotaIn(stated, name, asked);
  const share = quota > 0 ? uses / quota : Number.POSITIVE_INFINITY;
  const verdict = uses > quota ? "exceeded" : share >= nearShare ? "near" : "fits";
  const ask =
    verdict === "fits" || fixed || service === undefined || code === undefined
      ? undefined
      : requestQuota({ service, code, region: asked }, Math.max(Math.floor(quota) + 1, Math.ceil(uses / nearShare)));
  return {
    region,
    name,
    service,
    code,
    uses,
    of,
    takesOverFrom,
    quota,
    from: answered !== undefined ? "read" : isStated ? "stated" : "default",
    share,
    verdict,
    ask,
  };
}
