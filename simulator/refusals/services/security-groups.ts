import type { ObjectValue } from "../../protocol/values";
import { noInterfacesInGroup } from "../demands/interfaces";
import { existsById, unused } from "../demands/references";
import { type Answer, type Call, type ServiceCalls, text } from "../refusal";
import { vpcFound } from "./vpc";

const answer = (code: string, message: string): Answer => ({ status: 400, code, message, unlisted: true });

const inUse = (group: ObjectValue): Answer =>
  answer("DependencyViolation", `resource ${text(group, "id")} has a dependent object`);

const groupFound = (attribute: string) =>
  existsById(attribute, "aws_security_group", (group) =>
    answer("InvalidGroup.NotFound", `The security group '${group}' does not exist`),
  );

/** The words in which EC2 tells a rule that is there already. */
function duplicate({ values }: Call): Answer {
  const peer = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"]
    .map((name) => text(values, name))
    .find(Boolean);
  const protocol = text(values, "ip_protocol");
  const ports = protocol === "-1" ? "" : `, from port: ${values.from_port}, to port: ${values.to_port}`;
  const rule = `peer: ${peer}, ${protocol === "-1" ? "ALL" : protocol.toUpperCase()}${ports}, ALLOW`;
  return answer("InvalidPermission.Duplicate", `the specified rule "${rule}" already exists`);
}

const rule = (direction: "Ingress" | "Egress") => ({
  service: "EC2",
  framework: true,
  create: { name: `AuthorizeSecurityGroup${direction}`, says: () => "creating VPC Security Group Rule" },
  update: {
    name: "ModifySecurityGroupRules",
    says: (values: ObjectValue) => `updating VPC Security Group Rule (${text(values, "id")})`,
  },
  remove: {
    name: `RevokeSecurityGroup${direction}`,
    says: (values: ObjectValue) => `deleting VPC Security Group Rule (${text(values, "id")})`,
  },
  exists: duplicate,
  demands: [groupFound("security_group_id"), groupFound("referenced_security_group_id")],
});

/**
 * Security groups and their rules.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 */
export const securityGroups: ServiceCalls = {
  aws_security_group: {
    service: "EC2",
    create: { name: "CreateSecurityGroup", says: (group) => `creating Security Group (${text(group, "name")})` },
    update: {
      name: "AuthorizeSecurityGroupIngress",
      says: (group) => `updating Security Group (${text(group, "id")}) ingress rules`,
    },
    remove: { name: "DeleteSecurityGroup", says: (group) => `deleting Security Group (${text(group, "id")})` },
    exists: ({ values }) =>
      answer(
        "InvalidGroup.Duplicate",
        `The security group '${text(values, "name")}' already exists for VPC '${text(values, "vpc_id")}'`,
      ),
    remembered: true,
    demands: [
      vpcFound,
      ({ values }) =>
        text(values, "name").toLowerCase() === "default"
          ? answer("InvalidParameterValue", "Cannot use reserved security group name: default")
          : undefined,
    ],
    removalDemands: [
      noInterfacesInGroup(inUse),
      unused(
        ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"],
        (other, group) => other.referenced_security_group_id === group.id && other.security_group_id !== group.id,
        (_user, { values }) => inUse(values),
      ),
    ],
  },
  aws_default_security_group: {
    service: "EC2",
    create: {
      name: "RevokeSecurityGroupIngress",
      says: (group) => `creating Default Security Group (${text(group, "vpc_id")})`,
    },
    remove: {
      name: "RevokeSecurityGroupIngress",
      says: (group) => `deleting Default Security Group (${text(group, "id")})`,
    },
    demands: [vpcFound],
  },
  aws_vpc_security_group_ingress_rule: rule("Ingress"),
  aws_vpc_security_group_egress_rule: rule("Egress"),
};
