import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { deploymentStackOf } from "../core";

/** The network of a pool; `DatabaseNetwork` implements it. The ids may be tokens. */
export interface PoolNetwork {
  readonly vpcId: string;
  /** Private subnets in at least two zones. */
  readonly subnetIds: readonly string[];
  /** Security group of the functions that query. */
  readonly clientSecurityGroupId: string;
  /** Security group of the tasks: it may reach the database and, without NAT, the endpoints of AWS services. */
  readonly poolSecurityGroupId: string;
  /** More security groups for the tasks, which give them outbound access to AWS services. */
  readonly additionalSecurityGroupIds?: readonly string[];
}

export interface NetworkPathProps {
  /** Name in AWS, `<environment>-<name>`. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** The network that it is in. */
  readonly network: PoolNetwork;
  /** The port that clients connect to. */
  readonly port: number;
  /** The ports that the tasks listen on. */
  readonly taskPorts: readonly number[];
}

/**
 * The security group of the load balancers, and the rules for the path from clients through the load balancers to the
 * tasks. The network has the rules from the tasks to the database.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
export class NetworkPath extends Construct {
  readonly loadBalancerSecurityGroupId: string;
  private readonly region: string;

  constructor(scope: Construct, id: string, { name, region, network, port, taskPorts }: NetworkPathProps) {
    super(scope, id);
    this.region = region;
    const group = new SecurityGroup(this, "group", {
      provider: this.provider,
      vpcId: network.vpcId,
      name: `${name}-load-balancer`,
      description: "Load balancers of the connection pool",
      revokeRulesOnDelete: true,
      tags: { Name: `${name}-load-balancer` },
    });
    this.loadBalancerSecurityGroupId = group.id;
    this.allow("clients", network.clientSecurityGroupId, group.id, port, "Queries through the pool");
    for (const taskPort of taskPorts) {
      // This also allows health checks, which come from the load balancer.
      this.allow(`tasks-${taskPort}`, group.id, network.poolSecurityGroupId, taskPort, "Queries and health checks");
    }
  }

  private allow(id: string, from: string, to: string, port: number, description: string): void {
    const rule = { provider: this.provider, ipProtocol: "tcp", fromPort: port, toPort: port, description };
    new VpcSecurityGroupEgressRule(this, `${id}-out`, {
      ...rule,
      securityGroupId: from,
      referencedSecurityGroupId: to,
    });
    new VpcSecurityGroupIngressRule(this, `${id}-in`, {
      ...rule,
      securityGroupId: to,
      referencedSecurityGroupId: from,
    });
  }

  private get provider() {
    return deploymentStackOf(this).providers.in(this.region);
  }
}
