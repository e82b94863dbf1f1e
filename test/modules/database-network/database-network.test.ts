import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Lazy } from "cdktf";
import { acceptedFindingsOf, type DeploymentStack } from "../../../modules/core";
import { DatabaseNetwork, type DatabaseNetworkProps, privateRange } from "../../../modules/database-network";
import { ref, resolve, synth } from "../../support/synth";
import { key } from "../service-function/fixtures/references";
import { everyOption } from "./every-option";

const created = { cidrBlock: "10.64.0.0/20" };
const existing = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] };

const network = (stack: DeploymentStack, props: Partial<DatabaseNetworkProps> = {}) =>
  new DatabaseNetwork(stack, "network", {
    config: created,
    name: "test-database",
    region: "eu-west-1",
    directAccess: false,
    ...props,
  });
const built = (props: Partial<DatabaseNetworkProps> = {}) => synth((stack) => network(stack, props));

describe("DatabaseNetwork", () => {
  test("creates private subnets in each zone, which no zone added later moves", () => {
    const { at, addresses } = built();
    expect(["a", "b", "c"].map((zone) => at(`aws_subnet.network_private_subnet-${zone}`))).toMatchObject([
      { availability_zone: "eu-west-1a", cidr_block: "10.64.0.0/23", map_public_ip_on_launch: false },
      { availability_zone: "eu-west-1b", cidr_block: "10.64.2.0/23" },
      { availability_zone: "eu-west-1c", cidr_block: "10.64.4.0/23" },
    ]);
    expect(addresses.filter((address) => /nat_gateway|internet_gateway|aws_route\./.test(address))).toEqual([]);
    const fewer = built({ config: { ...created, availabilityZones: ["a", "b"] } });
    expect(fewer.at("aws_subnet.network_private_subnet-b")).toEqual(at("aws_subnet.network_private_subnet-b"));
  });

  test("uses a VPC that is given, and creates nothing in it but groups", () => {
    const { at, resource } = built({ config: {}, existing });
    expect(at("aws_db_subnet_group.network_subnet-group").subnet_ids).toEqual(existing.subnetIds);
    expect(resource.aws_vpc).toBeUndefined();
    expect(resource.aws_vpc_endpoint).toBeUndefined();
  });

  test("names the subnet group after a VPC that is given by its id, as a group cannot move to another one", () => {
    const nameIn = (vpcId?: string) =>
      built(vpcId ? { config: {}, existing: { ...existing, vpcId } } : {}).at(
        "aws_db_subnet_group.network_subnet-group",
      ).name;
    const reference = Lazy.stringValue({ produce: () => ref("data.aws_vpc.shared.id") });
    expect([nameIn(), nameIn("vpc-1"), nameIn(reference)]).toEqual([
      "test-database",
      "test-database-vpc-1",
      "test-database",
    ]);
  });

  test("gives functions and poolers the groups that let them out of a VPC that is given, and none in its own", () => {
    synth((stack) => {
      expect(network(stack).additionalSecurityGroupIds).toEqual([]);
    });
    synth((stack) => {
      const given = { ...existing, additionalSecurityGroupIds: ["sg-1", "sg-2"] };
      expect(network(stack, { config: {}, existing: given }).additionalSecurityGroupIds).toEqual(["sg-1", "sg-2"]);
    });
  });

  test("lets clients reach the pool and the pool reach the database, and clients the database only when asked", () => {
    const closed = built();
    expect(closed.at("aws_vpc_security_group_ingress_rule.network_database_from-pool")).toMatchObject({
      security_group_id: ref("aws_security_group.network_database_group.id"),
      referenced_security_group_id: ref("aws_security_group.network_pool_group.id"),
      from_port: 5432,
      to_port: 5432,
      ip_protocol: "tcp",
    });
    expect(closed.addresses).toContain("aws_vpc_security_group_ingress_rule.network_pool_from-clients");
    expect(closed.addresses).not.toContain("aws_vpc_security_group_ingress_rule.network_database_from-clients");
    const open = built({ directAccess: true });
    expect(open.addresses).toContain("aws_vpc_security_group_ingress_rule.network_database_from-clients");
    expect(open.addresses).toEqual(expect.arrayContaining([...closed.addresses]));
  });

  test("opens no group to an address range, but for what clients are to reach", () => {
    const rules = Object.values(synth(everyOption).resource.aws_vpc_security_group_egress_rule ?? {});
    expect(rules.filter((rule) => "cidr_ipv4" in rule)).toMatchObject([
      { cidr_ipv4: "10.80.0.0/24", description: "Calls of vault" },
      { cidr_ipv4: "10.81.0.0/24", description: "Calls of vault" },
    ]);
    expect(JSON.stringify(synth(everyOption).resource.aws_vpc_security_group_ingress_rule)).not.toContain("cidr_ipv4");
  });

  test("lets clients reach servers outside, by rules that only add to the others", () => {
    const targets = { vault: { cidrBlocks: ["10.80.0.0/24"], port: 8200 } };
    const { at, addresses } = built({ clientTargets: targets });
    expect(at("aws_vpc_security_group_egress_rule.network_clients_to-vault-10-80-0-0-24")).toMatchObject({
      security_group_id: ref("aws_security_group.network_clients_group.id"),
      cidr_ipv4: "10.80.0.0/24",
      ip_protocol: "tcp",
      from_port: 8200,
      to_port: 8200,
    });
    expect(addresses.filter((address) => !address.includes("vault"))).toEqual(built().addresses);
  });

  test.each([
    ["10.80.0.0", "is not an IPv4 range; write it in CIDR notation, such as 10.64.0.0/20"],
    ["10.80.0.300/24", "is not an IPv4 range; write it in CIDR notation, such as 10.64.0.0/20"],
    ["010.80.0.0/24", "is not an IPv4 range; write it in CIDR notation, such as 10.64.0.0/20"],
    ["10.80.0.0/024", "is not an IPv4 range; write it in CIDR notation, such as 10.64.0.0/20"],
    ["0.0.0.0/0", "is outside the private ranges; use a range in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"],
    ["10.80.0.7/24", "has bits set after its prefix; write 10.80.0.0/24"],
  ])("takes %s for no range of private addresses", (text, problem) => {
    expect(privateRange.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([problem]);
  });

  test.each(["10.80.0.7/32", "172.16.0.0/12", "192.168.4.0/23"])("takes %s for one", (text) => {
    expect(privateRange.parse(text)).toBe(text);
  });

  test("reaches AWS services through endpoints, by their own names", () => {
    const { at } = built({ config: { ...created, interfaceEndpoints: ["ecr.api"] } });
    expect(at("aws_vpc_endpoint.network_private_endpoint-ecr-api")).toMatchObject({
      service_name: "com.amazonaws.eu-west-1.ecr.api",
      vpc_endpoint_type: "Interface",
      private_dns_enabled: true,
      security_group_ids: [ref("aws_security_group.network_endpoints_group.id")],
    });
    expect(at("aws_vpc_security_group_egress_rule.network_clients_to-dynamodb")).toMatchObject({
      prefix_list_id: ref("aws_vpc_endpoint.network_private_endpoint-dynamodb.prefix_list_id"),
      from_port: 443,
    });
  });

  describe("lets through its endpoints", () => {
    const policyOf = (service: string, props: Partial<DatabaseNetworkProps> = {}) => {
      const config = { ...created, interfaceEndpoints: ["ecr.api", "monitoring", "sqs"] as const };
      const { at } = built({ config, account: "123456789012", ...props });
      return JSON.parse(String(at(`aws_vpc_endpoint.network_private_endpoint-${service}`).policy)).Statement;
    };

    test.each(["dynamodb", "s3", "ecr-api", "monitoring", "sqs"])(
      "principals of the account alone, to %s",
      (service) => {
        const [own, ...others] = policyOf(service);
        expect(own).toMatchObject({
          Effect: "Allow",
          Principal: "*",
          Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
        });
        expect(others.map(({ Sid }: { Sid: string }) => Sid)).toEqual(service === "s3" ? ["LayersOfImages"] : []);
        // No service is open as a whole.
        expect(JSON.stringify([own, others])).not.toMatch(/"[a-z0-9-]+:\*"|"Action":"\*"/);
      },
    );

    test("the layers of images, which ECR keeps in a bucket of its own", () => {
      expect(policyOf("s3")[1]).toMatchObject({
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
      });
    });

    test("what is asked for besides, by the service that it is of", () => {
      const endpointActions = ["sqs:PurgeQueue", "dynamodb:UpdateTable"];
      expect(policyOf("sqs", { endpointActions })[0].Action).toContain("sqs:PurgeQueue");
      expect(policyOf("sqs", { endpointActions })[0].Action).not.toContain("dynamodb:UpdateTable");
      expect(policyOf("dynamodb", { endpointActions })[0].Action).toContain("dynamodb:UpdateTable");
      expect(policyOf("monitoring", { endpointActions: ["cloudwatch:GetMetricData"] })[0].Action).toEqual([
        "cloudwatch:PutMetricData",
        "cloudwatch:GetMetricData",
      ]);
    });

    test("everything, as before, without an account to limit it to", () => {
      expect(built().at("aws_vpc_endpoint.network_private_endpoint-s3").policy).toBeUndefined();
    });
  });

  describe("logs its traffic", () => {
    const logs = { config: {}, account: "123456789012", key } as const;
    const logged = (props: Partial<DatabaseNetworkProps> = {}) =>
      synth((stack) => {
        const built = network(stack, props);
        built.addFlowLogs(logs);
        // A second call changes nothing.
        built.addFlowLogs(logs);
      });

    test("in a log of its own, which one role may write to", () => {
      const { at } = logged();
      expect(at("aws_flow_log.network_private_flow-logs_log")).toMatchObject({
        vpc_id: ref("aws_vpc.network_private_vpc.id"),
        traffic_type: "ALL",
        max_aggregation_interval: 600,
        log_destination: ref("aws_cloudwatch_log_group.network_private_flow-logs_group.arn"),
        iam_role_arn: ref("aws_iam_role.network_private_flow-logs_writer_role.arn"),
        depends_on: ["aws_iam_role_policy.network_private_flow-logs_writer_policy"],
      });
      expect(at("aws_cloudwatch_log_group.network_private_flow-logs_group")).toMatchObject({
        retention_in_days: 90,
        kms_key_id: key.arnIn("eu-west-1"),
      });
      const role = at("aws_iam_role.network_private_flow-logs_writer_role");
      expect(JSON.parse(String(role.assume_role_policy)).Statement[0]).toMatchObject({
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      });
      const policy = String(at("aws_iam_role_policy.network_private_flow-logs_writer_policy").policy);
      expect(JSON.parse(policy).Statement.map(({ Resource }: { Resource: string }) => Resource)).toEqual([
        "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vpc/test-database/flow-logs:*",
        "arn:aws:logs:eu-west-1:123456789012:log-group:*",
      ]);
    });

    test("and has a reason for a scan only where nothing does", () => {
      const reasons = (build: (built: DatabaseNetwork) => void) => {
        let found: string[] = [];
        synth((stack) => {
          build(network(stack));
          found = acceptedFindingsOf(stack).map(({ address, check }) => `${check} ${address}`);
        });
        return found.filter((line) => line.startsWith("CKV2_AWS_11"));
      };
      expect(reasons((one) => one.addFlowLogs(logs))).toEqual([]);
      expect(reasons(() => {})).toEqual(["CKV2_AWS_11 aws_vpc.network_private_vpc"]);
    });

    test("but not that of a VPC that is given, which its owner logs", () => {
      expect(logged({ config: {}, existing }).resource.aws_flow_log).toBeUndefined();
    });

    test.each([
      [{ aggregationIntervalSeconds: 300 }, "aggregationIntervalSeconds"],
      [{ trafficType: "NONE" }, "trafficType"],
      [{ logRetentionDays: 31 }, "logRetentionDays"],
    ])("not with %j", (config, field) => {
      const build = () => synth((stack) => network(stack).addFlowLogs({ ...logs, config: config as never }));
      expect(build).toThrow(field);
    });
  });

  test("empties the default security group of a VPC that it creates", () => {
    const group = built().at("aws_default_security_group.network_private_default");
    expect([group.ingress, group.egress]).toEqual([undefined, undefined]);
  });

  test("gives references to its groups and subnets", () => {
    synth((stack) => {
      const { clientSecurityGroupId, subnetGroupName, port } = network(stack);
      expect(resolve(stack, [clientSecurityGroupId, subnetGroupName, port])).toEqual([
        ref("aws_security_group.network_clients_group.id"),
        ref("aws_db_subnet_group.network_subnet-group.name"),
        5432,
      ]);
    });
  });

  test("keeps its addresses", () => {
    expect(built({ config: { ...created, availabilityZones: ["a", "b"], gatewayEndpoints: [] } }).addresses).toEqual([
      "aws_db_subnet_group.network_subnet-group",
      "aws_default_security_group.network_private_default",
      "aws_route_table.network_private_routes",
      "aws_route_table_association.network_private_subnet-a-routes",
      "aws_route_table_association.network_private_subnet-b-routes",
      "aws_security_group.network_clients_group",
      "aws_security_group.network_database_group",
      "aws_security_group.network_pool_group",
      "aws_subnet.network_private_subnet-a",
      "aws_subnet.network_private_subnet-b",
      "aws_vpc.network_private_vpc",
      "aws_vpc_security_group_egress_rule.network_clients_to-pool",
      "aws_vpc_security_group_egress_rule.network_pool_to-database",
      "aws_vpc_security_group_ingress_rule.network_database_from-pool",
      "aws_vpc_security_group_ingress_rule.network_pool_from-clients",
    ]);
  });

  describe("refuses", () => {
    const configs: [string, object, string][] = [
      [
        "a block that is none",
        { cidrBlock: "10.64.0.0" },
        "cidrBlock: is not an IPv4 range; write it in CIDR notation, such as 10.64.0.0/20",
      ],
      [
        "a block that is too small",
        { cidrBlock: "10.64.0.0/28" },
        "cidrBlock: has the prefix length /28; use /16 to /24",
      ],
      [
        "a block that starts inside another",
        { cidrBlock: "10.64.1.0/20" },
        "cidrBlock: has bits set after its prefix; write 10.64.0.0/20",
      ],
      [
        "a public block",
        { cidrBlock: "52.10.0.0/16" },
        "cidrBlock: is outside the private ranges; use a range in 10.0.0.0/8",
      ],
      [
        "a single zone",
        { ...created, availabilityZones: ["a"] },
        "availabilityZones: has too few entries; name at least two zones",
      ],
      [
        "a zone that is none",
        { ...created, availabilityZones: ["a", "eu-west-1b"] },
        "availabilityZones[1]: is not the letter of an Availability Zone; write a for <region>a",
      ],
      [
        "a zone twice",
        { ...created, availabilityZones: ["a", "a"] },
        "availabilityZones[1]: is listed twice; remove the duplicate",
      ],
      [
        "an action for an endpoint that is none",
        { ...created, endpointActions: ["sqs"] },
        "endpointActions[0]: is not an action; write <service>:<Action>",
      ],
      [
        "an action of a service that it has no endpoint of",
        { ...created, endpointActions: ["sqs:PurgeQueue"] },
        "endpointActions[0]: belongs to no endpoint of the network; add the endpoint of sqs, or remove it",
      ],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => built({ config: config as DatabaseNetworkProps["config"] })).toThrow(message);
    });

    const props: [string, Partial<DatabaseNetworkProps>, string][] = [
      [
        "to be nowhere",
        { config: {} },
        "test/network: has neither an existing VPC nor a CIDR block to create one; set cidrBlock or pass existing",
      ],
      [
        "to be in two VPCs",
        { existing },
        "test/network: cidrBlock only applies to a created VPC, but an existing one is passed; remove cidrBlock or existing",
      ],
      [
        "endpoints in a VPC that is not its own",
        { config: { interfaceEndpoints: ["kms"] }, existing },
        "interfaceEndpoints only applies to a created VPC, but an existing one is passed",
      ],
      [
        "one subnet, even if named twice",
        { config: {}, existing: { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-1"] } },
        "1 distinct subnets are passed, but AWS requires at least 2, in 2 zones; pass private subnets of at least two zones",
      ],
      [
        "more groups than a network interface takes",
        { config: {}, existing: { ...existing, additionalSecurityGroupIds: ["sg-1", "sg-2", "sg-3", "sg-4", "sg-5"] } },
        "5 additional security groups are passed, but a network interface takes 5 and one is the network's own; pass at most 4",
      ],
    ];
    test.each(props)("%s", (_, given, message) => {
      expect(() => built(given)).toThrow(message);
    });
  });

  test("has an example in its README that is compiled", () => {
    const folder = join(__dirname, "..", "..", "..", "modules", "database-network");
    const example = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(
      example.slice(example.indexOf("export function")).trim(),
    );
  });
});
