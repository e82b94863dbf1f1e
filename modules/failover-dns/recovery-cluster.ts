import { Route53RecoverycontrolconfigCluster } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-cluster";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf } from "../core";

/** The ARC cluster that routing controls live in. */
export interface RecoveryClusterReference {
  readonly arn: string;
  /** One of the cluster's five endpoints, and its region. */
  readonly endpoint: { readonly url: string; readonly region: string };
}

export interface RecoveryClusterProps {
  /** Name of the cluster, `<environment>`; never changes. */
  readonly name: string;
  /** The region whose provider creates it; the cluster itself is global. */
  readonly region: string;
}

/**
 * A cluster of Amazon Application Recovery Controller, paid by the hour (2.50 USD): one serves all services of an environment.
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

/** @throws ConstructError when ARC would not take the name of a cluster, panel, control or rule */
export function checkName(scope: Construct, name: string): string {
  if (/^[\w-]{1,64}$/.test(name)) return name;
  throw new ConstructError(scope, `"${name}" is no name for ARC`, "use 1 to 64 letters, digits, _ and -");
}
