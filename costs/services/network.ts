import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { hoursPerMonth } from "../../values/prices";
import { shown } from "../use";
import { blocksOf, charge, free, hourly, numberOf } from "./parts";

/** An interface endpoint costs by the hour in each zone; a gateway endpoint nothing. */
function endpoint({ values }: PricedResource): readonly Charge[] {
  if (values.vpc_endpoint_type !== "Interface") return [];
  const zones = Array.isArray(values.subnet_ids) ? values.subnet_ids.length : 1;
  return hourly("vpc.interface-endpoints", zones, zones === 1 ? "zone" : "zones");
}

/** Tasks of a service that run all the time. */
function tasks(service: PricedResource, at: PricingContext): readonly Charge[] {
  const definition = at.referred(service, service.values.task_definition);
  const count = numberOf(service.values.desired_count, 1);
  const architecture =
    blocksOf(definition?.values.runtime_platform)[0]?.cpu_architecture === "ARM64" ? "arm64" : "x86_64";
  const vcpus = numberOf(definition?.values.cpu) / 1024;
  const gigabytes = numberOf(definition?.values.memory) / 1024;
  const hours = count * hoursPerMonth;
  return [
    ...charge(
      `fargate.${architecture}.vcpu`,
      hours * vcpus,
      `${count} tasks x ${shown(vcpus)} vCPU x ${hoursPerMonth} h`,
    ),
    ...charge(
      `fargate.${architecture}.memory`,
      hours * gigabytes,
      `${count} tasks x ${shown(gigabytes)} GB x ${hoursPerMonth} h`,
    ),
  ];
}

export const network: Pricings = {
  aws_vpc: free,
  aws_subnet: free,
  aws_route_table: free,
  aws_route_table_association: free,
  aws_security_group: free,
  aws_default_security_group: free,
  aws_vpc_security_group_egress_rule: free,
  aws_vpc_security_group_ingress_rule: free,
  aws_flow_log: free,
  aws_vpc_endpoint: endpoint,
  aws_lb: () => hourly("load-balancer.hours", 1, "load balancer"),
  aws_lb_listener: free,
  aws_lb_target_group: free,
  aws_ecs_cluster: free,
  aws_ecs_cluster_capacity_providers: free,
  aws_internet_gateway: free,
  aws_lb_listener_certificate: free,
  aws_ecs_service: tasks,
  aws_ecs_task_definition: free,
};
