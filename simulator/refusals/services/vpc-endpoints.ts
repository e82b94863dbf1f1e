import { groupsExist, groupsOfVpc, oneSubnetAZone, subnetsExist } from "../demands/network";
import { existsById, textsAt } from "../demands/references";
import { type Answer, type Demand, type ServiceCalls, text } from "../refusal";
import { vpcFound } from "./vpc";

const answer = (code: string, message: string): Answer => ({ status: 400, code, message, unlisted: true });

/** @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html */
const serviceOfRegion: Demand = ({ values, prior, cloud: { place } }) => {
  const name = text(values, "service_name");
  const [, region] = /^(?:com\.amazonaws|cn\.com\.amazonaws|aws\.api)\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(name) ?? [];
  // A service of another region needs the argument that says so.
  return prior || !region || region === place.region || text(values, "service_region") === region
    ? undefined
    : answer("InvalidServiceName", `The Vpc Endpoint Service '${name}' does not exist`);
};

/** @see https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html */
const privateNames: Demand = ({ values, cloud }) => {
  const vpc = cloud.find("aws_vpc", ({ id }) => id === values.vpc_id);
  if (!vpc || values.private_dns_enabled !== true) return undefined;
  const { enable_dns_support: support, enable_dns_hostnames: hostnames } = vpc.state;
  return support === false || hostnames !== true
    ? answer(
        "InvalidParameter",
        "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for " +
          text(values, "vpc_id"),
      )
    : undefined;
};

/** Private names of S3 need a way to S3 that others in the VPC take. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html */
const gatewayForS3: Demand = ({ values, prior, cloud }) => {
  const service = text(values, "service_name");
  const needed =
    /\.s3$/.test(service) && values.vpc_endpoint_type === "Interface" && values.private_dns_enabled === true;
  if (!needed || prior) return undefined;
  const gateway = cloud.find(
    "aws_vpc_endpoint",
    (other) =>
      other.vpc_id === values.vpc_id && other.service_name === service && other.vpc_endpoint_type === "Gateway",
  );
  return gateway
    ? undefined
    : answer(
        "InvalidParameter",
        "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC must have a Gateway endpoint for the service.",
      );
};

const tablesOfVpc: Demand = ({ values, cloud }) => {
  const wrong = textsAt(values, "route_table_ids").find((id) => {
    const table = cloud.find("aws_route_table", (state) => state.id === id);
    return table !== undefined && table.state.vpc_id !== values.vpc_id;
  });
  return wrong === undefined
    ? undefined
    : answer("InvalidParameter", `Route table ${wrong} does not belong to vpc ${text(values, "vpc_id")}`);
};

/**
 * Endpoints of AWS services in a VPC.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
 */
export const vpcEndpoints: ServiceCalls = {
  aws_vpc_endpoint: {
    service: "EC2",
    create: {
      name: "CreateVpcEndpoint",
      says: (endpoint) => `creating EC2 VPC Endpoint (${text(endpoint, "service_name")})`,
    },
    update: { name: "ModifyVpcEndpoint", says: (endpoint) => `updating EC2 VPC Endpoint (${text(endpoint, "id")})` },
    remove: { name: "DeleteVpcEndpoints", says: (endpoint) => `deleting EC2 VPC Endpoint (${text(endpoint, "id")})` },
    exists: ({ values }) => {
      const [service, vpc] = [text(values, "service_name"), text(values, "vpc_id")];
      if (values.private_dns_enabled !== true) {
        const [table] = textsAt(values, "route_table_ids");
        return answer(
          "RouteAlreadyExists",
          `route table ${table} already has a route with destination-prefix-list-id ${text(values, "prefix_list_id")}`,
        );
      }
      const [, region = "", name = ""] = /^com\.amazonaws\.([^.]+)\.(.+)$/.exec(service) ?? [];
      return answer(
        "InvalidParameter",
        `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${name}.${region}.amazonaws.com in the VPC ${vpc}`,
      );
    },
    remembered: true,
    demands: [
      vpcFound,
      serviceOfRegion,
      subnetsExist("subnet_ids", (subnet) =>
        answer("InvalidSubnetId.NotFound", `The subnet ID '${subnet}' does not exist`),
      ),
      oneSubnetAZone("subnet_ids", (subnet) =>
        answer(
          "DuplicateSubnetsInSameZone",
          `Found another VPC endpoint subnet in the availability zone of ${subnet}. VPC endpoint subnets should be in ` +
            "different availability zones supported by the VPC endpoint service.",
        ),
      ),
      groupsExist("security_group_ids", (group) =>
        answer("InvalidSecurityGroupId.NotFound", `The security group '${group}' does not exist`),
      ),
      groupsOfVpc(
        "security_group_ids",
        ({ values }) => text(values, "vpc_id") || undefined,
        (group, { values }) =>
          answer("InvalidParameter", `Security group ${group} does not belong to VPC ${text(values, "vpc_id")}`),
      ),
      existsById("route_table_ids", "aws_route_table", (table) =>
        answer("InvalidRouteTableId.NotFound", `The routeTable ID '${table}' does not exist`),
      ),
      tablesOfVpc,
      privateNames,
      gatewayForS3,
    ],
  },
};
