import { folded, nameOrArn, or } from "../forms";
import type { Rules } from "../rule";

const rule =
  "{ip_protocol} {from_port}-{to_port} {cidr_ipv4}{cidr_ipv6}{prefix_list_id}{referenced_security_group_id} of security group {security_group_id}";
const anything = {
  from_port: or("-1"),
  to_port: or("-1"),
  cidr_ipv4: or(""),
  cidr_ipv6: or(""),
  prefix_list_id: or(""),
  referenced_security_group_id: or(""),
};

/**
 * VPCs, load balancers and containers.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/
 */
export const network: Rules = {
  aws_subnet: { scope: "region", name: "subnet {cidr_block} of VPC {vpc_id}" },
  aws_security_group: { scope: "region", name: "security group {name} of VPC {vpc_id}", read: { name: folded } },
  aws_default_security_group: { scope: "region", name: "the default security group of VPC {vpc_id}" },
  aws_vpc_security_group_ingress_rule: { scope: "region", name: `traffic from ${rule}`, read: anything },
  aws_vpc_security_group_egress_rule: { scope: "region", name: `traffic to ${rule}`, read: anything },
  aws_route_table_association: {
    scope: "region",
    name: "the route table of {subnet_id}{gateway_id}",
    read: { subnet_id: or(""), gateway_id: or("") },
  },
  aws_vpc_endpoint: {
    scope: "region",
    name: "the private name of {service_name} in VPC {vpc_id}",
    // Without private DNS names, endpoints of one service live side by side; gateways are told apart by route table.
    read: {
      service_name: (value, { private_dns_enabled }) => (private_dns_enabled === true ? String(value) : undefined),
    },
  },
  aws_flow_log: {
    scope: "region",
    name: "the flow log of {vpc_id}{subnet_id}{eni_id} to {log_destination}{log_group_name}, {traffic_type}",
    read: {
      vpc_id: or(""),
      subnet_id: or(""),
      eni_id: or(""),
      log_destination: or(""),
      log_group_name: or(""),
      traffic_type: or("ALL"),
    },
  },
  aws_internet_gateway: { scope: "region", name: "the internet gateway of VPC {vpc_id}" },
  aws_lb: { scope: "region", name: "load balancer {name}" },
  aws_lb_target_group: { scope: "region", name: "target group {name}" },
  aws_lb_listener: { scope: "region", name: "listener {port} of load balancer {load_balancer_arn}" },
  aws_lb_listener_rule: { scope: "region", name: "rule {priority} of listener {listener_arn}" },
  aws_lb_listener_certificate: {
    scope: "region",
    name: "certificate {certificate_arn} of listener {listener_arn}",
  },
  aws_ecr_repository: { scope: "region", name: "repository {name}" },
  aws_ecs_cluster: { scope: "region", name: "container cluster {name}" },
  aws_ecs_cluster_capacity_providers: {
    scope: "region",
    name: "the capacity providers of container cluster {cluster_name}",
  },
  aws_ecs_service: {
    scope: "region",
    name: "container service {name} in cluster {cluster}",
    read: { cluster: or("default", nameOrArn) },
  },
};
