import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { deploymentStackOf, iamRole, partitionOf, resourceName, trustPolicy } from "../core";

/**
 * The role that RDS uses for enhanced monitoring. IAM is global, so one role is enough for all regions.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html
 */
export function monitoringRole(
  scope: Construct,
  { name, home, account }: { name: string; home: string; account: string },
): { roleArn: string; attachment: IamRolePolicyAttachment } {
  const provider = deploymentStackOf(scope).providers.in(home);
  const role = iamRole(scope, "monitoring-role", {
    provider,
    name: resourceName(scope, [name, "monitoring"], 64),
    assumeRolePolicy: trustPolicy(
      { Service: "monitoring.rds.amazonaws.com" },
      { StringEquals: { "aws:SourceAccount": account } },
    ),
  });
  const attachment = new IamRolePolicyAttachment(scope, "monitoring-policy", {
    provider,
    role: role.name,
    policyArn: `arn:${partitionOf(home)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
  });
  return { roleArn: role.arn, attachment };
}
