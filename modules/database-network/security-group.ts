import { SecurityGroup as AwsSecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { acceptFinding, deploymentStackOf, type WrittenStack } from "../core";

export interface SecurityGroupProps {
  /** The region of the VPC. */
  readonly region: string;
  /** The VPC that it is in. */
  readonly vpcId: string;
  /** Name in AWS; cannot change. */
  readonly name: string;
  /** What its members are; cannot change. */
  readonly description: string;
}

/**
 * A security group that starts with no rules in either direction. Each rule is a separate resource, so adding one does
 * not touch the others.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export class SecurityGroup extends Construct {
  readonly securityGroupId: string;
  private readonly region: string;

  constructor(scope: Construct, id: string, { region, vpcId, name, description }: SecurityGroupProps) {
    super(scope, id);
    this.region = region;
    const group = new AwsSecurityGroup(this, "group", {
      provider: deploymentStackOf(this).providers.in(region),
      vpcId,
      name,
      description,
      // Without this, groups that reference each other could not be deleted.
      revokeRulesOnDelete: true,
      tags: { Name: name },
    });
    this.securityGroupId = group.id;
    acceptFinding(group, "CKV2_AWS_5", (written) =>
      joined(`aws_security_group.${group.friendlyUniqueId}.id`, written())
        ? undefined
        : "What joins it is in another state, or is a proxy, which the check does not know.",
    );
  }

  /** Lets members of this group open connections to members of another group. */
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

  /** Lets members of this group reach an AWS service through its gateway endpoint. */
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

  /**
   * Lets members of this group open connections to an address range. The range is part of the rule's Terraform address.
   */
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

  /** Lets an address range open connections to members of this group. The range is part of the rule's Terraform address. */
  allowFromRange(id: string, cidrIpv4: string, port: number, description: string): void {
    new VpcSecurityGroupIngressRule(this, `from-${id}-${cidrIpv4.replace(/[./]/g, "-")}`, {
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

/** What the check of Checkov counts, of what this toolkit makes. */
const joiners = ["aws_lambda_function", "aws_ecs_service", "aws_lb", "aws_rds_cluster", "aws_vpc_endpoint"];

/** Whether something in the stack joins a group. */
const joined = (id: string, { resource }: WrittenStack): boolean =>
  joiners.some((type) => JSON.stringify(resource?.[type] ?? {}).includes(`\${${id}}`));
