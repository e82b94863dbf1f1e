import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const vpc = (more: ObjectValue = {}): ObjectValue => ({
  id: "vpc-1",
  cidr_block: "10.0.0.0/16",
  enable_dns_support: true,
  enable_dns_hostnames: true,
  ...more,
});
const subnet = (id: string, cidr_block: string, more: ObjectValue = {}): ObjectValue => ({
  id,
  vpc_id: "vpc-1",
  cidr_block,
  availability_zone: `${home}a`,
  ...more,
});
const group = (id: string, more: ObjectValue = {}): ObjectValue => ({ id, name: id, vpc_id: "vpc-1", ...more });

/** A VPC with two subnets and two security groups. */
const network = () =>
  new TestCloud()
    .has("aws_vpc", vpc())
    .has("aws_subnet", subnet("subnet-a", "10.0.1.0/24"))
    .has("aws_subnet", subnet("subnet-b", "10.0.2.0/24", { availability_zone: `${home}b` }))
    .has("aws_security_group", group("sg-1"))
    .has("aws_security_group", group("sg-2"));

describe("EC2 refuses a subnet", () => {
  const creating = (cidr: string, more: ObjectValue = {}) =>
    network().creating("aws_subnet", subnet("subnet-c", cidr, more));

  test.each(["10.0.1.0/24", "10.0.1.128/25", "10.0.0.0/22"])("%s, which overlaps another", (cidr) => {
    expect(creating(cidr)).toMatch(
      new RegExp(
        `^creating EC2 Subnet: operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: …, api error InvalidSubnet\\.Conflict: The CIDR '${cidr}' conflicts with another subnet`,
      ),
    );
  });

  test("that is free only if it lies in the VPC's block and the region's zones", () => {
    expect(creating("10.0.3.0/24")).toBe("");
    expect(creating("10.0.1.0/24", { vpc_id: "vpc-outside" })).toBe("");
    expect(creating("10.1.3.0/24")).toContain("InvalidSubnet.Range");
    expect(creating("10.0.3.0/24", { availability_zone: `${standby}a` })).toContain(
      "parameter availabilityZone is invalid",
    );
  });

  test("of a VPC that is in another region or gone", () => {
    const values = subnet("subnet-c", "10.0.3.0/24");
    expect(
      network()
        .in(standby)
        .creating("aws_subnet", { ...values, availability_zone: "" }),
    ).toContain("InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist");
    expect(new TestCloud().lost("aws_vpc", vpc()).creating("aws_subnet", values)).toContain("InvalidVpcID.NotFound");
  });
});

describe("EC2 refuses to delete", () => {
  test.each<[string, string, ObjectValue]>([
    [
      "a function",
      "aws_lambda_function",
      { function_name: "f", vpc_config: [{ subnet_ids: ["subnet-a"], security_group_ids: ["sg-1"] }] },
    ],
    ["a proxy", "aws_db_proxy", { name: "p", vpc_subnet_ids: ["subnet-a"], vpc_security_group_ids: ["sg-1"] }],
    ["an endpoint", "aws_vpc_endpoint", { id: "vpce-1", subnet_ids: ["subnet-a"], security_group_ids: ["sg-1"] }],
  ])("a subnet or security group with interfaces of %s", (_what, type, values) => {
    const cloud = network();
    expect(cloud.deleting("aws_subnet", subnet("subnet-a", "10.0.1.0/24"))).toBe("");
    expect(cloud.deleting("aws_security_group", group("sg-1"))).toBe("");
    cloud.has(type, values);
    expect(cloud.deleting("aws_subnet", subnet("subnet-a", "10.0.1.0/24"))).toContain(
      "deleting EC2 Subnet (subnet-a): operation error EC2: DeleteSubnet",
    );
    expect(cloud.deleting("aws_security_group", group("sg-1"))).toMatch(
      /^deleting Security Group \(sg-1\): .* api error DependencyViolation: resource sg-1 has a dependent object$/,
    );
    expect(cloud.deleting("aws_subnet", subnet("subnet-b", "10.0.2.0/24"))).toBe("");
  });

  test("a subnet where a database stands", () => {
    const cloud = network().has("aws_db_subnet_group", { name: "net", subnet_ids: ["subnet-a", "subnet-b"] });
    expect(cloud.deleting("aws_subnet", subnet("subnet-a", "10.0.1.0/24"))).toBe("");
    cloud.has("aws_rds_cluster_instance", { identifier: "i", db_subnet_group_name: "net" });
    expect(cloud.deleting("aws_subnet", subnet("subnet-a", "10.0.1.0/24"))).toContain("DependencyViolation");
  });

  test("a security group that a rule of another names", () => {
    const rule = { id: "sgr-1", security_group_id: "sg-2", referenced_security_group_id: "sg-1", ip_protocol: "tcp" };
    const cloud = network().has("aws_vpc_security_group_ingress_rule", rule);
    expect(cloud.deleting("aws_security_group", group("sg-1"))).toContain("DependencyViolation");
    expect(cloud.deleting("aws_security_group", group("sg-2"))).toBe("");
  });

  test("a VPC with something inside, and a route table in use", () => {
    expect(network().deleting("aws_vpc", vpc())).toContain("The vpc 'vpc-1' has dependencies and cannot be deleted.");
    expect(new TestCloud().has("aws_vpc", vpc()).deleting("aws_vpc", vpc())).toBe("");
    const cloud = network().has("aws_route_table", { id: "rtb-1", vpc_id: "vpc-1" });
    expect(cloud.deleting("aws_route_table", { id: "rtb-1" })).toBe("");
    cloud.has("aws_route_table_association", { id: "rtbassoc-1", route_table_id: "rtb-1", subnet_id: "subnet-a" });
    expect(cloud.deleting("aws_route_table", { id: "rtb-1" })).toContain("DependencyViolation");
  });
});

describe("EC2 refuses", () => {
  test("a second security group of one name in a VPC, and the name default", () => {
    const cloud = network();
    expect(cloud.creating("aws_security_group", group("sg-3", { name: "sg-1" }))).toContain(
      "api error InvalidGroup.Duplicate: The security group 'sg-1' already exists for VPC 'vpc-1'",
    );
    expect(cloud.creating("aws_security_group", group("sg-3", { name: "sg-1", vpc_id: "vpc-outside" }))).toBe("");
    expect(cloud.creating("aws_security_group", group("sg-3", { name: "Default" }))).toContain("reserved");
  });

  test("a rule that is there already, in the words of the newer framework", () => {
    const rule = {
      id: "sgr-1",
      security_group_id: "sg-1",
      ip_protocol: "tcp",
      from_port: 5432,
      to_port: 5432,
      cidr_ipv4: "10.0.0.0/16",
    };
    const cloud = network().has("aws_vpc_security_group_ingress_rule", rule);
    expect(cloud.creating("aws_vpc_security_group_ingress_rule", { ...rule, description: "another" })).toMatch(
      /^creating VPC Security Group Rule\noperation error EC2: AuthorizeSecurityGroupIngress, .* api error InvalidPermission\.Duplicate: the specified rule "peer: 10\.0\.0\.0\/16, TCP, from port: 5432, to port: 5432, ALLOW" already exists\n/,
    );
    expect(cloud.creating("aws_vpc_security_group_egress_rule", rule)).toBe("");
    expect(cloud.creating("aws_vpc_security_group_ingress_rule", { ...rule, to_port: 5433 })).toBe("");
  });

  test("a rule of or for a security group that is gone", () => {
    const cloud = network().lost("aws_security_group", group("sg-4"));
    const rule = (security_group_id: string, referenced_security_group_id: string) =>
      cloud.creating("aws_vpc_security_group_egress_rule", {
        security_group_id,
        referenced_security_group_id,
        ip_protocol: "-1",
      });
    expect(rule("sg-1", "sg-2")).toBe("");
    expect(rule("sg-1", "sg-4")).toContain("InvalidGroup.NotFound: The security group 'sg-4' does not exist");
    expect(rule("sg-4", "sg-1")).toContain("InvalidGroup.NotFound");
  });

  test("a second route table of a subnet, and one of another VPC", () => {
    const cloud = network()
      .has("aws_route_table", { id: "rtb-1", vpc_id: "vpc-1" })
      .has("aws_route_table", { id: "rtb-2", vpc_id: "vpc-2" });
    const creating = (route_table_id: string) =>
      cloud.creating("aws_route_table_association", { id: "rtbassoc-2", subnet_id: "subnet-a", route_table_id });
    expect(creating("rtb-1")).toBe("");
    expect(creating("rtb-2")).toContain("belong to different networks");
    cloud.has("aws_route_table_association", { id: "rtbassoc-1", subnet_id: "subnet-a", route_table_id: "rtb-1" });
    expect(creating("rtb-1")).toContain("Resource.AlreadyAssociated");
  });

  test("a second flow log of one kind, and one whose role does not trust it", () => {
    const log = { id: "fl-1", vpc_id: "vpc-1", log_destination: "arn:aws:logs:x", traffic_type: "ALL" };
    const cloud = network();
    expect(cloud.creating("aws_flow_log", log)).toBe("");
    const iam_role_arn = `arn:aws:iam::${account}:role/none`;
    expect(cloud.creating("aws_flow_log", { ...log, iam_role_arn })).toContain(
      `Unable to assume given IAM role: ${iam_role_arn}`,
    );
    expect(cloud.has("aws_flow_log", log).creating("aws_flow_log", { ...log, id: "fl-2" })).toContain(
      "FlowLogAlreadyExists",
    );
  });
});

describe("EC2 refuses an endpoint", () => {
  const endpoint = (more: ObjectValue = {}): ObjectValue => ({
    id: "vpce-2",
    vpc_id: "vpc-1",
    service_name: `com.amazonaws.${home}.kms`,
    vpc_endpoint_type: "Interface",
    private_dns_enabled: true,
    ...more,
  });
  const creating = (more: ObjectValue, cloud = network()) => cloud.creating("aws_vpc_endpoint", endpoint(more));

  test("whose private names the VPC has already", () => {
    const cloud = network().has("aws_vpc_endpoint", endpoint({ id: "vpce-1" }));
    expect(creating({}, cloud)).toContain(
      "creating EC2 VPC Endpoint (com.amazonaws.eu-west-1.kms): operation error EC2: CreateVpcEndpoint",
    );
    expect(creating({}, cloud)).toContain(
      "private-dns-enabled cannot be set because there is already a conflicting DNS domain for kms.eu-west-1.amazonaws.com in the VPC vpc-1",
    );
    expect(creating({ private_dns_enabled: false }, cloud)).toBe("");
  });

  test("that is a second gateway of a route table", () => {
    const gateway = { vpc_endpoint_type: "Gateway", private_dns_enabled: null, route_table_ids: ["rtb-1"] };
    const cloud = network().has("aws_vpc_endpoint", endpoint({ ...gateway, id: "vpce-1" }));
    expect(creating(gateway, cloud)).toContain("RouteAlreadyExists: route table rtb-1 already has a route");
    expect(creating({ ...gateway, route_table_ids: ["rtb-2"] }, cloud)).toBe("");
  });

  test.each<[string, ObjectValue, string]>([
    ["of another region's service", { service_name: `com.amazonaws.${standby}.kms` }, "InvalidServiceName"],
    ["with two subnets in one zone", { subnet_ids: ["subnet-a", "subnet-c"] }, "DuplicateSubnetsInSameZone"],
    ["with a subnet that is gone", { subnet_ids: ["subnet-gone"] }, "InvalidSubnetId.NotFound"],
    ["with a security group of another VPC", { security_group_ids: ["sg-3"] }, "does not belong to VPC vpc-1"],
    ["for S3 without a gateway beside it", { service_name: `com.amazonaws.${home}.s3` }, "PrivateDnsOnlyForInbound"],
    ["in a VPC without DNS names", { vpc_id: "vpc-plain" }, "Enabling private DNS requires both"],
  ])("%s", (_what, more, words) => {
    const cloud = network()
      .has("aws_vpc", vpc({ id: "vpc-plain", enable_dns_hostnames: false }))
      .has("aws_subnet", subnet("subnet-c", "10.0.3.0/24"))
      .lost("aws_subnet", subnet("subnet-gone", "10.0.4.0/24"))
      .has("aws_security_group", group("sg-3", { vpc_id: "vpc-2" }));
    expect(creating({ subnet_ids: ["subnet-a", "subnet-b"], security_group_ids: ["sg-1"] }, cloud)).toBe("");
    expect(creating(more, cloud)).toContain(words);
  });
});
