import { oneVpc, subnetsExist, twoZones } from "../demands/network";
import { unused } from "../demands/references";
import { type Answer, type ServiceCalls, text } from "../refusal";

const answer = (code: string, message: string): Answer => ({ status: 400, code, message });

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * Groups of parameters and subnets.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html
 */
export const rdsGroups: ServiceCalls = {
  aws_rds_cluster_parameter_group: {
    service: "RDS",
    create: {
      name: "CreateDBClusterParameterGroup",
      says: (group) => `creating RDS Cluster Parameter Group (${text(group, "name")})`,
    },
    update: {
      name: "ModifyDBClusterParameterGroup",
      says: (group) => `modifying RDS Cluster Parameter Group (${text(group, "name")})`,
    },
    remove: {
      name: "DeleteDBClusterParameterGroup",
      says: (group) => `deleting RDS Cluster Parameter Group (${text(group, "name")})`,
    },
    exists: ({ values }) =>
      answer("DBParameterGroupAlreadyExists", `Parameter group ${text(values, "name")} already exists`),
    removalDemands: [
      unused(
        "aws_rds_cluster",
        (cluster, group) => same(text(cluster, "db_cluster_parameter_group_name"), text(group, "name")),
        (_user, { values }) =>
          answer(
            "InvalidDBParameterGroupState",
            `One or more database instances are still members of this parameter group ${text(values, "name")}, so the group cannot be deleted`,
          ),
      ),
    ],
  },
  aws_db_subnet_group: {
    service: "RDS",
    create: { name: "CreateDBSubnetGroup", says: (group) => `creating RDS DB Subnet Group (${text(group, "name")})` },
    update: { name: "ModifyDBSubnetGroup", says: (group) => `updating RDS DB Subnet Group (${text(group, "name")})` },
    remove: { name: "DeleteDBSubnetGroup", says: (group) => `deleting RDS Subnet Group (${text(group, "name")})` },
    exists: ({ values }) =>
      answer("DBSubnetGroupAlreadyExists", `The DB subnet group '${text(values, "name")}' already exists.`),
    demands: [
      subnetsExist("subnet_ids", (subnet) =>
        answer("InvalidSubnet", `Some input subnets in :[${subnet}] are invalid.`),
      ),
      oneVpc("subnet_ids", (vpcs) =>
        answer("InvalidSubnet", `The DB subnet group's subnets are in more than one VPC: ${vpcs.join(", ")}.`),
      ),
      twoZones("subnet_ids", (zones) =>
        answer(
          "DBSubnetGroupDoesNotCoverEnoughAZs",
          "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. " +
            `Current AZ coverage: ${zones.join(", ")}. Add subnets to cover at least 2 AZs.`,
        ),
      ),
    ],
    removalDemands: [
      unused(
        ["aws_rds_cluster", "aws_rds_cluster_instance"],
        (user, group) => same(text(user, "db_subnet_group_name"), text(group, "name")),
        (user, { values }) =>
          answer(
            "InvalidDBSubnetGroupStateFault",
            `Cannot delete the subnet group '${text(values, "name")}' because at least one database ` +
              `${user.type === "aws_rds_cluster" ? "cluster" : "instance"}: ${text(user.state, "id")} is still using it.`,
          ),
      ),
    ],
  },
};
