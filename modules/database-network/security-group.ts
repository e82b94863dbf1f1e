import { SecurityGroup as AwsSecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { deploymentStackOf } from "../core";

export interface SecurityGroupProps {
  readonly region: string;
  readonly vpcId: string;
  readonly name: string;
  /** What its members are; never changes. */
  readonly description: string;
}

/**
 * A security group that starts closed both ways; each rule is a resource of its own, so that adding one touches no other.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export class SecurityGroup extends Construct {
  readonly securityGroupId: string;
  private readonly region: string;

  constructor(scope: Construct, id: string, { region, vpcId, name, description }: SecurityGroupProps) {
    super(scope, id);
    this.region = region;
    this.securityGroupId = new AwsSecurityGroup(this, "group", {
      provider: deploymentStackOf(this).providers.in(region),
      vpcId,
      name,
      description,
      // Groups that name each other could not be deleted otherwise.
      revokeRulesOnDelete: true,
      tags: { Name: name },
    }).id;
  }

  /** Lets members of this group open connections to members of another one. */
  allowTo(id: string, other: SecurityGroup, port: number, description: string): void {
    const rule = { provider: this.provider, ipProtocol: "tcp", fromPort: port, toPort: port, description };
    new VpcSecurityGroupEgressRule(this, `to-${id}`, {
      ...rule,
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: other.securityGroupId,
    });
    new VpcSecurityGroupIngressRule(other, `from-${this.node.id}`, {
      ...rule,
      securityGroupId: other.securityGroupId,
      referencedSecurityGroupId: this.securityGroupId,
    });
  }

  /** Lets members of this group call an AWS service through its gateway endpoint. */
  allowToPrefixList(id: string, prefixListId: string, description: string): void {
    new VpcSecurityGroupEgressRule(this, `to-${id}`, {
      provider: this.provider,
      securityGroupId: this.securityGroupId,
      prefixListId,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      description,
    });
  }

  /** Lets members of this group open connections to a range of addresses, which is part of the rule's address. */
  allowToRange(id: string, cidrIpv4: string, port: number, description: string): void {
    new VpcSecurityGroupEgressRule(this, `to-${id}-${cidrIpv4.replace(/[./]/g, "-")}`, {
      provider: this.provider,
      securityGroupId: this.securityGroupId,
      cidrIpv4,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      description,
    });
  }

  private get provider() {
    return deploymentStackOf(this).providers.in(this.region);
  }
}
