import { arn, form, generatedName, hexId, same, starting } from "../forms";
import { initially, type Rule, type ServiceRules, type Subject } from "../subject";
import { zoneId, zoneLetters } from "../zones";

/** An EC2 resource whose ARN is `<kind>/<id>`. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const thing = (prefix: string, kind: string): Record<string, Rule> => ({
  id: hexId(`${prefix}-`),
  arn: arn("ec2", `${kind}/{id}`),
  owner_id: form("{account}"),
});

const ruleOf = (prefix: string): Record<string, Rule> => ({
  security_group_rule_id: hexId(prefix),
  id: same("security_group_rule_id"),
  arn: arn("ec2", "security-group-rule/{security_group_rule_id}"),
});

/** Each VPC has a default group from the beginning, which Terraform adopts. */
const defaultGroupOf = (s: Subject, vpc: string): string => `sg-${s.shared("default-sg", vpc).hex(17)}`;

/** The fields of a flow log in its default format. */
const flowLogFields =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status".split(
    " ",
  );

const publicIp: Rule = (s) => `203.0.113.${1 + (Number(s.random.digits(3)) % 254)}`;

/** VPCs, subnets and what connects them. */
export const network: ServiceRules = {
  aws_vpc: {
    ...thing("vpc", "vpc"),
    default_network_acl_id: hexId("acl-"),
    default_route_table_id: hexId("rtb-"),
    main_route_table_id: same("default_route_table_id"),
    default_security_group_id: initially((s) => defaultGroupOf(s, s.text("id"))),
    dhcp_options_id: (s) => `dopt-${s.shared("dhcp", s.region).hex(17)}`,
    ipv6_association_id: starting(""),
    ipv6_cidr_block: starting(""),
    ipv6_cidr_block_network_border_group: starting(""),
    cidr_block: starting("10.0.0.0/16"),
  },
  aws_subnet: {
    ...thing("subnet", "subnet"),
    availability_zone: (s) => `${s.region}a`,
    availability_zone_id: (s) =>
      zoneId(s.region, Math.max(0, zoneLetters(s.region).indexOf(s.text("availability_zone").slice(-1)))),
    ipv6_cidr_block_association_id: starting(""),
    private_dns_hostname_type_on_launch: starting("ip-name"),
  },
  aws_security_group: {
    ...thing("sg", "security-group"),
    name: generatedName("name_prefix"),
    vpc_id: (s) => `vpc-${s.shared("default-vpc", s.region).hex(17)}`,
    ingress: starting([]),
    egress: starting([]),
  },
  aws_default_security_group: {
    ...thing("sg", "security-group"),
    id: (s) => defaultGroupOf(s, s.text("vpc_id")),
    name: starting("default"),
    name_prefix: starting(""),
    description: starting("default VPC security group"),
    vpc_id: (s) => `vpc-${s.shared("default-vpc", s.region).hex(17)}`,
    ingress: starting([]),
    egress: starting([]),
  },
  aws_security_group_rule: {
    id: (s) => `sgrule-${s.random.digits(10)}`,
    security_group_rule_id: hexId("sgr-"),
    source_security_group_id: starting(""),
  },
  aws_vpc_security_group_ingress_rule: ruleOf("sgr-"),
  aws_vpc_security_group_egress_rule: ruleOf("sgr-"),
  aws_route_table: { ...thing("rtb", "route-table"), propagating_vgws: starting([]), route: starting([]) },
  aws_route_table_association: { id: hexId("rtbassoc-") },
  aws_route: {
    id: (s) => `r-${s.text("route_table_id")}${s.random.digits(10)}`,
    origin: starting("CreateRoute"),
    state: starting("active"),
    instance_id: starting(""),
    instance_owner_id: starting(""),
    network_interface_id: starting(""),
  },
  aws_internet_gateway: thing("igw", "internet-gateway"),
  aws_egress_only_internet_gateway: { id: hexId("eigw-") },
  aws_nat_gateway: {
    id: hexId("nat-"),
    association_id: hexId("eipassoc-"),
    network_interface_id: hexId("eni-"),
    private_ip: starting("10.0.0.10"),
    public_ip: publicIp,
    secondary_private_ip_addresses: starting([]),
  },
  aws_eip: {
    id: hexId("eipalloc-"),
    allocation_id: same("id"),
    arn: arn("ec2", "elastic-ip/{id}"),
    domain: starting("vpc"),
    public_ip: publicIp,
    public_dns: (s) => `ec2-${s.text("public_ip").replaceAll(".", "-")}.compute-1.${s.dnsSuffix}`,
    public_ipv4_pool: starting("amazon"),
    network_border_group: form("{region}"),
    association_id: starting(""),
    carrier_ip: starting(""),
    customer_owned_ip: starting(""),
    instance: starting(""),
    network_interface: starting(""),
    private_dns: starting(""),
    private_ip: starting(""),
    ptr_record: starting(""),
  },
  aws_vpc_endpoint: {
    ...thing("vpce", "vpc-endpoint"),
    state: starting("available"),
    ip_address_type: starting("ipv4"),
    cidr_blocks: starting([]),
    dns_entry: (s) =>
      s.text("vpc_endpoint_type") === "Interface"
        ? [
            {
              dns_name: `${s.text("id")}-${s.random.lower(8)}.${s.text("service_name").split(".").slice(3).join(".")}.${s.region}.vpce.${s.dnsSuffix}`,
              hosted_zone_id: `Z${s.shared("vpce", s.region).upper(13)}`,
            },
          ]
        : [],
    network_interface_ids: starting([]),
    policy: starting('{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}'),
    prefix_list_id: (s) =>
      s.text("vpc_endpoint_type") === "Interface" ? null : `pl-${s.shared(s.text("service_name"), s.region).hex(8)}`,
    route_table_ids: starting([]),
    security_group_ids: (s) =>
      s.text("vpc_endpoint_type") === "Interface" ? [`sg-${s.shared("default-sg", s.region).hex(17)}`] : [],
    subnet_ids: starting([]),
    service_region: form("{region}"),
  },
  aws_flow_log: {
    id: hexId("fl-"),
    arn: arn("ec2", "vpc-flow-log/{id}"),
    log_destination: starting(""),
    log_group_name: starting(""),
    log_format: starting(flowLogFields.map((field) => `$\{${field}}`).join(" ")),
  },
  aws_network_acl: {
    ...thing("acl", "network-acl"),
    ingress: starting([]),
    egress: starting([]),
    subnet_ids: starting([]),
  },
  aws_vpc_peering_connection: { id: hexId("pcx-"), accept_status: starting("active") },
  aws_ec2_managed_prefix_list: { ...thing("pl", "prefix-list"), version: starting(1) },
};
