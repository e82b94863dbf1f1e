import { hostedZonesAlias } from "../../modules/core";
import { resourcesOf, type StackJson } from "../../terraform";
import { optInRegions } from "../../values/availability";
import type { AccountNeed, NeedingResource } from "./need";
import { quotas } from "./quotas";
import { recordsRoleNeeds } from "./records-role";
import { serviceRoles } from "./service-roles";

/**
 * What the stacks of an environment need in an account, regions first. Quotas are compared with what this environment alone
 * uses: others in the account count as well.
 */
export function accountNeeds(stacks: readonly { readonly terraform: StackJson }[]): AccountNeed[] {
  const resources = stacks.flatMap(({ terraform }) => needing(terraform));
  const regions = [...new Set(resources.flatMap(({ region }) => region ?? []))].sort();
  return [
    ...regions.filter((region) => optInRegions.includes(region)).map(regionNeed),
    ...quotas.flatMap((quota) => quota.needs(resources, regions)),
    ...serviceRoles.flatMap((role) => role.needs(resources)),
    ...recordsRoleNeeds(stacks.map(({ terraform }) => terraform)),
  ];
}

function needing(terraform: StackJson): NeedingResource[] {
  const resources = resourcesOf({ terraform, name: "", folder: "", dependencies: [] });
  return [...resources].map(([address, { provider, reserved_concurrent_executions: reserved }]) => ({
    type: address.split(".")[0] ?? "",
    region: regionOf(provider),
    reservedConcurrency: typeof reserved === "number" && reserved > 0 ? reserved : 0,
  }));
}

/** The alias of a region's provider; undefined for that of the hosted zones, which is of another account. */
function regionOf(provider: string | undefined): string | undefined {
  const [, alias] = /^aws\.(.+)$/.exec(provider ?? "") ?? [];
  return alias === hostedZonesAlias ? undefined : alias;
}

/** @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html */
function regionNeed(region: string): AccountNeed {
  return {
    region,
    what: "the region is enabled, which it is not until somebody enables it",
    check: `aws account get-region-opt-status --region-name ${region}`,
    make: `aws account enable-region --region-name ${region}`,
    certain: true,
  };
}
