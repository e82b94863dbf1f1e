import { isWithin, overlap } from "../demands/cidr";
import { noDatabaseInSubnet, noInterfacesInSubnet } from "../demands/interfaces";
import { existsById, unused } from "../demands/references";
import { trustedRole } from "../demands/roles";
import { type Answer, type Demand, type ServiceCalls, text, texts } from "../refusal";

/** EC2's API model lists no errors. */
const answer = (code: string, message: string): Answer => ({ status: 400, code, message, unlisted: true });

/** Demands that the VPC is there. */
export const vpcFound = existsById("vpc_id", "aws_vpc", (vpc) =>
  answer("InvalidVpcID.NotFound", `The vpc ID '${vpc}' does not exist`),
);

const conflicts = (cidr: string): Answer =>
  answer("InvalidSubnet.Conflict", `The CIDR '${cidr}' conflicts with another subnet`);

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const blockIsFree: Demand = ({ values, prior, cloud }) => {
  const [cidr, vpcId] = [text(values, "cidr_block"), text(values, "vpc_id")];
  if (prior || cidr === "") return undefined;
  const vpc = cloud.find("aws_vpc", ({ id }) => id === vpcId);
  const further = cloud.all("aws_vpc_ipv4_cidr_block_association", (block) => block.vpc_id === vpcId);
  const blocks = vpc ? [vpc, ...further].map(({ state }) => text(state, "cidr_block")) : [];
  if (vpc && !blocks.some((block) => isWithin(cidr, block)))
    return answer("InvalidSubnet.Range", `The CIDR '${cidr}' is invalid.`);
  const others = cloud.all("aws_subnet", (subnet) => subnet.vpc_id === vpcId);
  return others.some(({ state }) => overlap(cidr, text(state, "cidr_block"))) ? conflicts(cidr) : undefined;
};

const zoneOfRegion: Demand = ({ values, prior, cloud: { place } }) => {
  const zone = text(values, "availability_zone");
  return prior || zone === "" || zone.startsWith(place.region)
    ? undefined
    : answer(
        "InvalidParameterValue",
        `Value (${zone}) for parameter availabilityZone is invalid. Subnets can only be created in the zones of ${place.region}.`,
      );
};

const hasDependencies =
  (kind: string) =>
  (values: Parameters<typeof text>[0]): Answer =>
    answer("DependencyViolation", `The ${kind} '${text(values, "id")}' has dependencies and cannot be deleted.`);

/** Types that stand in a VPC; a security group that is the VPC's own goes with it. */
const inVpc = [
  "aws_subnet",
  "aws_security_group",
  "aws_vpc_endpoint",
  "aws_internet_gateway",
  "aws_route_table",
  "aws_lb",
  "aws_lb_target_group",
];

/** A load balancer that the internet reaches has public addresses. */
const withoutPublicAddresses: Demand = ({ values, cloud }) => {
  const vpcId = text(values, "vpc_id");
  const subnets = cloud.all("aws_subnet", (subnet) => subnet.vpc_id === vpcId).map(({ state }) => text(state, "id"));
  const balancer = cloud.find(
    "aws_lb",
    (one) => one.internal !== true && texts(one, "subnets").some((id) => subnets.includes(id)),
  );
  return (
    balancer &&
    answer(
      "DependencyViolation",
      `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    )
  );
};

const routeTableFits: Demand = ({ values, prior, cloud }) => {
  if (prior) return undefined;
  const subnet = cloud.find("aws_subnet", ({ id }) => id === values.subnet_id);
  const table = cloud.find("aws_route_table", ({ id }) => id === values.route_table_id);
  return subnet && table && subnet.state.vpc_id !== table.state.vpc_id
    ? answer(
        "InvalidParameterValue",
        `route table ${text(values, "route_table_id")} and subnet ${text(values, "subnet_id")} belong to different networks`,
      )
    : undefined;
};

/**
 * VPCs, subnets, internet gateways, route tables and flow logs.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export const vpc: ServiceCalls = {
  aws_vpc: {
    service: "EC2",
    create: { name: "CreateVpc", says: () => "creating EC2 VPC" },
    update: { name: "ModifyVpcAttribute", says: (values) => `updating EC2 VPC (${text(values, "id")})` },
    remove: { name: "DeleteVpc", says: (values) => `deleting EC2 VPC (${text(values, "id")})` },
    remembered: true,
    removalDemands: [
      unused(
        inVpc,
        (inside, { id }) => inside.vpc_id === id,
        (_user, { values }) => hasDependencies("vpc")(values),
      ),
    ],
  },
  aws_subnet: {
    service: "EC2",
    create: { name: "CreateSubnet", says: () => "creating EC2 Subnet" },
    update: { name: "ModifySubnetAttribute", says: (subnet) => `modifying EC2 Subnet (${text(subnet, "id")})` },
    remove: { name: "DeleteSubnet", says: (subnet) => `deleting EC2 Subnet (${text(subnet, "id")})` },
    exists: ({ values }) => conflicts(text(values, "cidr_block")),
    remembered: true,
    demands: [vpcFound, zoneOfRegion, blockIsFree],
    removalDemands: [noInterfacesInSubnet(hasDependencies("subnet")), noDatabaseInSubnet(hasDependencies("subnet"))],
  },
  aws_internet_gateway: {
    service: "EC2",
    create: { name: "AttachInternetGateway", says: () => "attaching EC2 Internet Gateway" },
    update: {
      name: "AttachInternetGateway",
      says: (gateway) => `attaching EC2 Internet Gateway (${text(gateway, "id")})`,
    },
    remove: {
      name: "DetachInternetGateway",
      says: (gateway) => `detaching EC2 Internet Gateway (${text(gateway, "id")})`,
    },
    exists: ({ values }) =>
      answer("InvalidParameterValue", `Network ${text(values, "vpc_id")} already has an internet gateway attached`),
    remembered: true,
    demands: [vpcFound],
    removalDemands: [withoutPublicAddresses],
  },
  aws_route_table: {
    service: "EC2",
    create: { name: "CreateRouteTable", says: () => "creating Route Table" },
    update: { name: "ReplaceRoute", says: (table) => `updating Route in Route Table (${text(table, "id")})` },
    remove: { name: "DeleteRouteTable", says: (table) => `deleting Route Table (${text(table, "id")})` },
    remembered: true,
    demands: [vpcFound],
    removalDemands: [
      unused(
        "aws_route_table_association",
        (association, table) => association.route_table_id === table.id,
        (_user, { values }) => hasDependencies("routeTable")(values),
      ),
    ],
  },
  aws_route_table_association: {
    service: "EC2",
    create: {
      name: "AssociateRouteTable",
      says: (association) => `creating Route Table (${text(association, "route_table_id")}) Association`,
    },
    remove: {
      name: "DisassociateRouteTable",
      says: (association) => `deleting Route Table Association (${text(association, "id")})`,
    },
    exists: ({ values }) =>
      answer(
        "Resource.AlreadyAssociated",
        `the specified association for route table ${text(values, "route_table_id")} conflicts with an existing association`,
      ),
    demands: [
      existsById("subnet_id", "aws_subnet", (subnet) =>
        answer("InvalidSubnetID.NotFound", `The subnet ID '${subnet}' does not exist`),
      ),
      existsById("route_table_id", "aws_route_table", (table) =>
        answer("InvalidRouteTableID.NotFound", `The routeTable ID '${table}' does not exist`),
      ),
      routeTableFits,
    ],
  },
  aws_flow_log: {
    service: "EC2",
    create: {
      name: "CreateFlowLogs",
      says: (log) => `creating Flow Log (${text(log, "vpc_id") || text(log, "subnet_id") || text(log, "eni_id")})`,
    },
    remove: { name: "DeleteFlowLogs", says: (log) => `deleting Flow Log (${text(log, "id")})` },
    exists: () =>
      answer("FlowLogAlreadyExists", "There is an existing Flow Log with the same configuration and log destination."),
    demands: [
      vpcFound,
      trustedRole(
        ({ values, prior }) => (prior ? "" : text(values, "iam_role_arn")),
        "vpc-flow-logs.amazonaws.com",
        (role) => answer("InvalidParameterValue", `Unable to assume given IAM role: ${role}`),
      ),
    ],
  },
};
