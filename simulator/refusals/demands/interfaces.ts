import type { ObjectValue } from "../../protocol/values";
import type { Answer, Demand } from "../refusal";
import { names, unused } from "./references";

/** Types that have network interfaces, with the places of their subnets and security groups. */
const withInterfaces: Readonly<Record<string, { readonly subnets: string; readonly groups: string }>> = {
  aws_lambda_function: { subnets: "vpc_config.subnet_ids", groups: "vpc_config.security_group_ids" },
  aws_db_proxy: { subnets: "vpc_subnet_ids", groups: "vpc_security_group_ids" },
  aws_db_proxy_endpoint: { subnets: "vpc_subnet_ids", groups: "vpc_security_group_ids" },
  aws_rds_cluster: { subnets: "", groups: "vpc_security_group_ids" },
  aws_db_instance: { subnets: "", groups: "vpc_security_group_ids" },
  aws_vpc_endpoint: { subnets: "subnet_ids", groups: "security_group_ids" },
  aws_lb: { subnets: "subnets", groups: "security_groups" },
  aws_ecs_service: { subnets: "network_configuration.subnets", groups: "network_configuration.security_groups" },
  aws_nat_gateway: { subnets: "subnet_id", groups: "" },
};

const types = Object.keys(withInterfaces);

/** Demands that no interface is left in a subnet when it is deleted. */
export const noInterfacesInSubnet = (answer: (subnet: ObjectValue) => Answer): Demand => unusedBy("subnets", answer);

/** Demands that no interface has a security group any more when it is deleted. */
export const noInterfacesInGroup = (answer: (group: ObjectValue) => Answer): Demand => unusedBy("groups", answer);

function unusedBy(kind: "subnets" | "groups", answer: (deleted: ObjectValue) => Answer): Demand {
  return (call) => {
    for (const type of types) {
      const path = withInterfaces[type]?.[kind];
      if (!path) continue;
      const demand = unused(
        type,
        (state, deleted) => names(state, path, deleted.id),
        () => answer(call.values),
      );
      const refused = demand(call);
      if (refused) return refused;
    }
    return undefined;
  };
}

/** Demands that no database stands in a subnet, through its group, when the subnet is deleted. */
export const noDatabaseInSubnet =
  (answer: (subnet: ObjectValue) => Answer): Demand =>
  ({ values, cloud }) => {
    const groups = cloud.all("aws_db_subnet_group", (group) => names(group, "subnet_ids", values.id));
    const inUse = groups.some(
      ({ state }) => cloud.all("aws_rds_cluster_instance", (one) => one.db_subnet_group_name === state.name).length > 0,
    );
    return inUse ? answer(values) : undefined;
  };
