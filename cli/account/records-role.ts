import { hostedZonesAlias } from "../../modules/core";
import { resourcesOf, type StackJson } from "../../terraform";
import type { AccountNeed } from "./need";

/**
 * The role that writes DNS records into hosted zones of another account: who has to be able to assume it, and what it has to
 * be allowed. Nothing if no record is written by one.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export function recordsRoleNeeds(stacks: readonly StackJson[]): AccountNeed[] {
  const zones = new Set(stacks.flatMap(zonesWrittenTo));
  const [roles = []] = stacks.flatMap(rolesOf);
  const role = roles.at(-1);
  if (!role || zones.size === 0) return [];
  const [, partition, , , account] = role.split(":");
  const deployRole = roles.at(-2);
  const named = [...zones].sort().map((zone) => `arn:${partition}:route53:::hostedzone/${zone}`);
  const onZones = "route53:GetHostedZone, route53:ListResourceRecordSets and route53:ChangeResourceRecordSets";
  const profile = deployRole ? " --profile <one of the deploy role>" : "";
  return [
    {
      what: [
        `the role ${role} in account ${account}, which ${deployRole ?? "whoever deploys"} may assume (its trust policy, and sts:AssumeRole on it)`,
        `and which may ${onZones} on ${named.join(", ")}, and route53:GetChange on arn:${partition}:route53:::change/*`,
      ].join(" "),
      check: `aws sts assume-role --role-arn ${role} --role-session-name check${profile}`,
      // What the provider calls is from its sources; that AWS lets it was not tried.
      certain: false,
    },
  ];
}

function zonesWrittenTo(terraform: StackJson): string[] {
  const resources = [...resourcesOf({ terraform, name: "", folder: "", dependencies: [] }).values()];
  return resources.flatMap(({ provider, zone_id: zone }) =>
    provider === `aws.${hostedZonesAlias}` && typeof zone === "string" ? [zone] : [],
  );
}

interface ProviderJson {
  readonly alias?: string;
  readonly assume_role?: readonly { readonly role_arn: string }[];
}

/** The roles that the provider of the hosted zones assumes one after the other, if the stack has it. */
function rolesOf(terraform: StackJson): string[][] {
  const { aws = [] } = (terraform.provider ?? {}) as { readonly aws?: readonly ProviderJson[] };
  return aws
    .filter(({ alias }) => alias === hostedZonesAlias)
    .map(({ assume_role: roles = [] }) => roles.map(({ role_arn: arn }) => arn));
}
