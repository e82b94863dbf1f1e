import { ServiceNetwork, type ServiceNetworkProps } from "../../../modules/service-network";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";

describe("ServiceNetwork", () => {
  const stack = synth(everyOption);

  test("has a way to the internet for load balancers alone", () => {
    const routes = (id: string) => JSON.stringify(stack.at(`aws_route_table.full_private_${id}`));
    expect(routes("public-routes")).toContain("0.0.0.0/0");
    expect(routes("routes")).not.toContain("0.0.0.0/0");
    expect(stack.at("aws_subnet.full_private_public-a")).toMatchObject({
      map_public_ip_on_launch: false,
      depends_on: ["aws_internet_gateway.full_private_internet"],
    });
  });

  test("has an endpoint of each service that tasks call, and of what starts them", () => {
    for (const service of ["ecr-api", "ecr-dkr", "logs", "ssm", "ssmmessages", "sns", "sts"]) {
      expect(stack.at(`aws_vpc_endpoint.full_private_endpoint-${service}`)).toMatchObject({
        vpc_endpoint_type: "Interface",
        private_dns_enabled: true,
      });
    }
    expect(JSON.stringify(stack.at("aws_vpc_endpoint.full_private_endpoint-sns"))).toContain("sns:PublishBatch");
    for (const service of ["dynamodb", "s3"]) {
      expect(stack.at(`aws_vpc_endpoint.full_private_endpoint-${service}`)).toMatchObject({
        vpc_endpoint_type: "Gateway",
      });
    }
  });

  test("lets clients reach the load balancer, and only that the tasks", () => {
    expect(stack.at("aws_vpc_security_group_ingress_rule.full_orders-balancer_from-443-203-0-113-0-24")).toMatchObject({
      cidr_ipv4: "203.0.113.0/24",
      from_port: 443,
      to_port: 443,
    });
    const tasks = JSON.stringify(
      stack.at("aws_vpc_security_group_ingress_rule.full_orders-tasks_from-orders-balancer"),
    );
    expect(tasks).toContain("aws_security_group.full_orders-balancer_group.id");
    expect(tasks).not.toContain("cidr_ipv4");
  });

  test.each<[string, Partial<ServiceNetworkProps>, RegExp]>([
    ["neither a block nor a VPC", { config: {} }, /cidrBlock.*is required unless existing is set/s],
    [
      "five zones",
      { config: { cidrBlock: "10.72.0.0/20", availabilityZones: ["a", "b", "c", "d", "e"] } },
      /has too many entries/,
    ],
    [
      "no VPC in its region",
      {
        config: {
          existing: {
            "eu-central-1": {
              vpcId: "vpc-0aaaaaaaaaaaaaaa1",
              subnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
              loadBalancerSubnetIds: ["subnet-0aaaaaaaaaaaaaaa3", "subnet-0aaaaaaaaaaaaaaa4"],
            },
          },
        },
      },
      /has existing networks in eu-central-1, but none in eu-west-1/,
    ],
  ])("refuses %s", (_, more, message) => {
    const base = { name: "test", region: "eu-west-1", account: "111111111111", calls: [] };
    const config = { cidrBlock: "10.72.0.0/20" };
    expect(() => synth((app) => void new ServiceNetwork(app, "network", { ...base, config, ...more }))).toThrow(
      message,
    );
  });
});
