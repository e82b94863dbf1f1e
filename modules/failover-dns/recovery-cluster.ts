import { Route53RecoverycontrolconfigCluster } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-cluster";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf } from "../core";

/** The ARC cluster of routing controls. */
export interface RecoveryClusterReference {
  readonly arn: string;
  /** One of the cluster's five endpoints, with its region. */
  readonly endpoint: { readonly url: string; readonly region: string };
}

export interface RecoveryClusterProps {
  /** Name of the cluster, `<environment>`; cannot change. */
  readonly name: string;
  /** The region of the provider that creates it; the cluster itself is global. */
  readonly region: string;
}

/**
 * An Amazon Application Recovery Controller cluster, billed per hour. One is enough for all services of an
 * environment.
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/introduction-components-routing.html
 */
export class RecoveryCluster extends Construct implements RecoveryClusterReference {
  readonly arn: string;
  readonly endpoint: { readonly url: string; readonly region: string };

  constructor(scope: Construct, id: string, { name, region }: RecoveryClusterProps) {
    super(scope, id);
    checkName(this, name);
    const cluster = new Route53RecoverycontrolconfigCluster(this, "cluster", {
      provider: deploymentStackOf(this).providers.in(region),
      name,
    });
    this.arn = cluster.arn;
    const endpoint = cluster.clusterEndpoints.get(0);
    this.endpoint = { url: endpoint.endpoint, region: endpoint.region };
  }
}

/** @throws ConstructError if ARC would not accept the name of a cluster, panel, control or rule */
export function checkName(scope: Construct, name: string): string {
  if (/^[\w-]{1,64}$/.test(name)) return name;
  throw new ConstructError(scope, `"${name}" is not a valid name in ARC`, "use 1 to 64 letters, digits, _ and -");
}
