import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { deploymentStackOf } from "../core";
import type { PoolNetwork } from "./network-path";

export interface LoadBalancerProps {
  readonly name: string;
  readonly region: string;
  readonly network: PoolNetwork;
  readonly securityGroupId: string;
  /** Where clients connect to. */
  readonly port: number;
  /** Where the tasks listen. */
  readonly taskPort: number;
  /** Seconds in which clients of a task that goes leave it. */
  readonly drainSeconds: number;
  readonly zoneId: string;
  /** Name that clients connect to, in that zone. */
  readonly hostName: string;
}

/** Idle seconds after which a Network Load Balancer forgets a connection; PgBouncer's keepalives come more often. */
const idleSeconds = 350;

/**
 * An internal Network Load Balancer in front of one port of the tasks, with a name. It passes TCP through: PostgreSQL asks for TLS inside of
 * its own protocol, which a TLS listener does not speak.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html
 */
export class LoadBalancer extends Construct {
  readonly hostName: string;
  readonly targetGroupArn: string;
  /** Tasks can only be registered once the listener uses their target group. */
  readonly listener: LbListener;
  /** What metrics call the load balancer and its target group. */
  readonly dimensions: { readonly LoadBalancer: string; readonly TargetGroup: string };

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { name, region, network, port, taskPort, hostName } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    // Without names of their own, which AWS limits to 32 characters and which would stand in the way of a replacement.
    const tags = { Name: name };
    const balancer = new Lb(this, "load-balancer", {
      provider,
      loadBalancerType: "network",
      internal: true,
      ipAddressType: "ipv4",
      subnets: [...network.subnetIds],
      securityGroups: [props.securityGroupId],
      // Without it, a zone whose task is gone would refuse its clients.
      enableCrossZoneLoadBalancing: true,
      tags,
    });
    const targets = new LbTargetGroup(this, "targets", {
      provider,
      vpcId: network.vpcId,
      targetType: "ip",
      protocol: "TCP",
      port: taskPort,
      preserveClientIp: "false",
      deregistrationDelay: String(props.drainSeconds),
      // PgBouncer ends the connections itself, after their transactions.
      connectionTermination: false,
      healthCheck: { protocol: "TCP", port: "traffic-port", interval: 10, healthyThreshold: 2, unhealthyThreshold: 2 },
      tags,
      lifecycle: { createBeforeDestroy: true },
    });
    this.listener = new LbListener(this, "listener", {
      provider,
      loadBalancerArn: balancer.arn,
      port,
      protocol: "TCP",
      tcpIdleTimeoutSeconds: idleSeconds,
      defaultAction: [{ type: "forward", targetGroupArn: targets.arn }],
    });
    new Route53Record(this, "record", {
      provider,
      zoneId: props.zoneId,
      name: hostName,
      type: "A",
      alias: { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true },
    });
    this.hostName = hostName;
    this.targetGroupArn = targets.arn;
    this.dimensions = { LoadBalancer: balancer.arnSuffix, TargetGroup: targets.arnSuffix };
  }
}
