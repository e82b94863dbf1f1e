import { canonical, SeededRandom } from "../../fill/random";
import type { ObjectValue, Value } from "../../protocol/values";
import { blocksOf, contributed, either, textOf } from "../forms";
import { contributions, type ReadRule, type ReadSubject, type ServiceReads, untouched } from "../rule";

/** Protocols that EC2 knows by name. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
const protocols: Record<string, string> = { "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6" };
const everyProtocol = "-1";

/** A rule that is a resource of its own. For every protocol there are no ports. */
const ruleOfItsOwn: ReadRule = {
  answers: (rule) => {
    const protocol = rule.text("ip_protocol").toLowerCase();
    return {
      ip_protocol: protocols[protocol] ?? protocol,
      ...(protocol === everyProtocol && { from_port: null, to_port: null }),
    };
  },
};

/** Such a rule as its group has it. */
function asBlock(rule: ObjectValue): ObjectValue {
  const only = (name: string): string[] => [textOf(rule[name])].filter(Boolean);
  const group = textOf(rule.referenced_security_group_id);
  const itself = group === rule.security_group_id;
  return {
    cidr_blocks: only("cidr_ipv4"),
    description: textOf(rule.description),
    from_port: rule.from_port ?? 0,
    ipv6_cidr_blocks: only("cidr_ipv6"),
    prefix_list_ids: only("prefix_list_id"),
    protocol: textOf(rule.ip_protocol),
    security_groups: itself || !group ? [] : [group],
    self: itself,
    to_port: rule.to_port ?? 0,
  };
}

/** The rules that a group has, whoever made them. */
function rules(group: ReadSubject, name: "ingress" | "egress"): Value {
  const typeName = `aws_vpc_security_group_${name}_rule`;
  const ofGroup = (rule: ObjectValue): boolean => rule.security_group_id === group.text("id");
  return contributed(blocksOf(group.list(name)), contributions(group, typeName, "here", ofGroup, asBlock), canonical);
}

const securityGroup: ReadRule = {
  untouched: ["revoke_rules_on_delete"],
  answers: (group) => ({ ingress: rules(group, "ingress"), egress: rules(group, "egress") }),
};

/** An interface of an endpoint in each of its subnets, with an address that AWS chose. */
function interfaces(endpoint: ReadSubject): Record<string, Value> {
  const subnets = endpoint.list("subnet_ids").map(textOf).sort();
  const random = (subnet: string) => new SeededRandom(`${endpoint.text("id")} in ${subnet}`);
  const address = (subnet: string): string => `10.0.${Number(random(subnet).digits(3)) % 256}.10`;
  return {
    network_interface_ids: subnets.map((subnet) => `eni-${random(subnet).hex(17)}`),
    subnet_configuration: either(
      endpoint.state.subnet_configuration,
      subnets.map((subnet) => ({ ipv4: address(subnet), ipv6: "", subnet_id: subnet })),
    ),
    dns_options: either(endpoint.state.dns_options, [
      { dns_record_ip_type: "ipv4", private_dns_only_for_inbound_resolver_endpoint: false },
    ]),
  };
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html */
export const network: ServiceReads = {
  aws_vpc: untouched("ipv4_ipam_pool_id", "ipv4_netmask_length"),
  aws_security_group: securityGroup,
  aws_default_security_group: securityGroup,
  aws_vpc_security_group_ingress_rule: ruleOfItsOwn,
  aws_vpc_security_group_egress_rule: ruleOfItsOwn,
  aws_vpc_endpoint: {
    untouched: ["auto_accept"],
    absent: ["prefix_list_id"],
    answers: (endpoint) => (endpoint.text("vpc_endpoint_type") === "Interface" ? interfaces(endpoint) : {}),
  },
};
