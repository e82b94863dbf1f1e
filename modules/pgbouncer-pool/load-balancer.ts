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
  /** The port that clients connect to. */
  readonly port: number;
  /** The port that the tasks listen on. */
  readonly taskPort: number;
  /** How long clients have to disconnect from a stopping task, in seconds. */
  readonly drainSeconds: number;
  readonly zoneId: string;
  /** Host name for clients, in that zone. */
  readonly hostName: string;
}

/** Idle time after which a Network Load Balancer drops a connection. PgBouncer's keepalives are more frequent. */
const idleSeconds = 350;

/**
 * An internal Network Load Balancer in front of one port of the tasks, with a DNS name. It passes TCP through:
 * PostgreSQL negotiates TLS inside its own protocol, which a TLS listener does not support.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html
 */
export class LoadBalancer extends Construct {
  readonly hostName: string;
  readonly targetGroupArn: string;
  /** Tasks can only be registered once the listener uses their target group. */
  readonly listener: LbListener;
  /** The metric dimensions of the load balancer and its target group. */
  readonly dimensions: { readonly LoadBalancer: string; readonly TargetGroup: string };

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { name, region, network, port, taskPort, hostName } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    // No explicit names: AWS limits them to 32 characters, and a fixed name would prevent a replacement.
    const tags = { Name: name };
    const balancer = new Lb(this, "load-balancer", {
      provider,
      loadBalancerType: "network",
      internal: true,
      ipAddressType: "ipv4",
      subnets: [...network.subnetIds],
      securityGroups: [props.securityGroupId],
      // Without this, a zone without a running task would reject its clients.
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
      // PgBouncer closes the connections itself, after their transactions.
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
