import { Route53Record, type Route53RecordConfig } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import { acceptFinding, deploymentStackOf } from "../core";
import type { ServingRegion } from "./serving-region";

export interface RecordsProps {
  readonly domainName: string;
  readonly zoneId: string;
  /** The serving regions, home first, each with its health check if there is one. */
  readonly serving: readonly [RecordTarget, ...RecordTarget[]];
  /** Which of them failover records lead to first; home by default. */
  readonly active?: string;
}

export type RecordTarget = ServingRegion & { readonly healthCheckId?: string };

/**
 * One latency record per region.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-latency.html
 */
export function latencyRecords(scope: Construct, { domainName, zoneId, serving }: RecordsProps): void {
  for (const target of serving) {
    const { region } = target;
    addressRecord(scope, `latency-${region}`, serving[0].region, {
      zoneId,
      name: domainName,
      setIdentifier: region,
      latencyRoutingPolicy: { region },
      ...answering(target),
    });
  }
}

/**
 * The home region is PRIMARY from the first deployment on, because Route 53 rejects a SECONDARY next to a simple
 * record. The standby region is SECONDARY. A name takes one of each, so with more standby regions the SECONDARY points
 * to another name with the same structure, `standby-1.<domain>`.
 *
 * Names, identifiers and roles are of the places in that order, so that another first region changes only where records lead and by
 * which health check: Terraform changes one record at a time, and Route 53 refuses a second PRIMARY.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-failover.html
 */
export function failoverRecords(scope: Construct, { domainName, zoneId, serving, active }: RecordsProps): void {
  const order = [
    ...serving.filter(({ region }) => region === active),
    ...serving.filter(({ region }) => region !== active),
  ];
  const provider = serving[0].region;
  let next: Route53Record | undefined;
  // From the last name to the first: a record must be created after the one it points to.
  for (let level = Math.max(serving.length - 2, 0); level >= 0; level--) {
    const place = serving[level];
    const [first, second] = order.slice(level);
    if (!place || !first) continue;
    const name = level === 0 ? domainName : `standby-${level}.${domainName}`;
    const id = level === 0 ? { primary: "home", secondary: "standby" } : idsOf(level);
    const primary = addressRecord(scope, id.primary, provider, {
      zoneId,
      name,
      setIdentifier: level === 0 ? "home" : place.region,
      failoverRoutingPolicy: { type: "PRIMARY" },
      ...answering(first),
    });
    if (second) {
      addressRecord(scope, id.secondary, provider, {
        zoneId,
        name,
        setIdentifier: level === 0 ? "standby" : `after-${place.region}`,
        failoverRoutingPolicy: { type: "SECONDARY" },
        ...(next
          ? { alias: { name: next.fqdn, zoneId, evaluateTargetHealth: true }, dependsOn: [next] }
          : answering(second)),
      });
    }
    next = primary;
  }
}

function idsOf(level: number): { primary: string; secondary: string } {
  return { primary: `standby-${level}`, secondary: `standby-${level}-next` };
}

function answering({ target, healthCheckId }: RecordTarget) {
  return {
    healthCheckId,
    alias: { name: target.name, zoneId: target.hostedZoneId, evaluateTargetHealth: true },
  };
}

/** A record of addresses; the findings of a scan that are none are accepted. */
export function addressRecord(
  scope: Construct,
  id: string,
  region: string,
  config: Omit<Route53RecordConfig, "type">,
): Route53Record {
  const added = new Route53Record(scope, id, {
    ...config,
    type: "A",
    provider: deploymentStackOf(scope).providers.forRecords(region),
  });
  acceptFinding(added, "CKV2_AWS_23", (written) => {
    const { alias } = (written().resource?.aws_route53_record?.[added.friendlyUniqueId] ?? {}) as { alias?: object };
    return /\$\{aws_/.test(JSON.stringify(alias ?? {}))
      ? undefined
      : "What it leads to is in the state of its region, and the plan of this one has its name only.";
  });
  return added;
}
