import { type Arn, parseArn as arnOf } from "../../../values/languages";
import { type Place, placeOf, type Thing } from "../../inventory/thing";
import type { ObjectValue } from "../../protocol/values";
import type { CloudView } from "../cloud-view";

export type { Arn };

/** The parts of an ARN; undefined for anything else, such as a name. */
export function parseArn(value: unknown): Arn | undefined {
  return typeof value === "string" ? arnOf(value) : undefined;
}

/** True for an ARN of another account: what it names cannot be seen from here, and is taken for true. */
export function isForeign({ account }: Arn, place: Place): boolean {
  return account !== "" && account !== place.account;
}

/** What a call refers to by a name, or by an ARN of its own account. */
export type Found =
  /** It stands where the call looks for it. */
  | { readonly thing: Thing }
  /** It is another account's: it cannot be seen, and is taken for true. */
  | { readonly foreign: Arn }
  /** It is not there. `region` is the one that the ARN names, if it is not the call's own. */
  | { readonly missing: string; readonly region?: string };

/**
 * Looks for what a call names: by a name, which is of the call's own account and region, or by an ARN.
 * @param type Terraform's type
 * @param nameOf reads the name out of the last part of an ARN: `function:orders` is `orders`
 * @param named whether a state is the thing of that name
 */
export function lookUp(
  cloud: CloudView,
  type: string,
  given: string,
  nameOf: (resource: string) => string,
  named: (state: ObjectValue, name: string) => boolean,
): Found {
  const arn = parseArn(given);
  if (arn && isForeign(arn, cloud.place)) return { foreign: arn };
  const name = arn ? nameOf(arn.resource) : given;
  const global = placeOf(type, cloud.place).region === "";
  if (arn && !global && arn.region !== "" && arn.region !== cloud.place.region)
    return { missing: name, region: arn.region };
  const thing = cloud.find(type, (state) => named(state, name));
  return thing ? { thing } : { missing: name };
}

/** True if an ARN names something of this account and region that ought to be in the simulated cloud. */
export function isOwn(arn: Arn, { account, region }: Place): boolean {
  return arn.account === account && (arn.region === "" || arn.region === region);
}
