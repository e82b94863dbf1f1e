import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, TestCloud } from "./cloud";

const container = { name: "service", image: "nginx", portMappings: [{ containerPort: 8080 }] };

const definition = (more: ObjectValue = {}): ObjectValue => ({
  family: "orders",
  revision: 1,
  requires_compatibilities: ["FARGATE"],
  network_mode: "awsvpc",
  cpu: "256",
  memory: "512",
  execution_role_arn: `arn:aws:iam::${account}:role/start`,
  container_definitions: JSON.stringify([container]),
  ...more,
});

const service = (more: ObjectValue = {}): ObjectValue => ({
  name: "orders",
  cluster: "orders",
  task_definition: "orders:1",
  capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 1 }],
  network_configuration: [{ subnets: ["subnet-0aaaaaaaaaaaaaaa1"] }],
  load_balancer: [{ container_name: "service", container_port: 8080, target_group_arn: "group" }],
  ...more,
});

const cloud = (): TestCloud =>
  new TestCloud()
    .has("aws_ecs_cluster", { name: "orders" })
    .has("aws_ecs_cluster_capacity_providers", {
      cluster_name: "orders",
      capacity_providers: ["FARGATE", "FARGATE_SPOT"],
    })
    .has("aws_ecs_task_definition", definition())
    .has("aws_lb_target_group", { arn: "group", name: "orders", target_type: "ip" })
    .has("aws_lb_listener", { arn: "listener", default_action: [{ target_group_arn: "group" }] });

describe("ECS refuses", () => {
  test.each<[string, ObjectValue, string]>([
    ["Fargate in another network mode", { network_mode: "bridge" }, "only supports network mode"],
    ["a task without a size", { cpu: "" }, "'cpu' be defined at the task level"],
    ["a task without memory", { memory: "" }, "'memory' be defined at the task level"],
    [
      "a log without a role that writes it",
      {
        execution_role_arn: "",
        container_definitions: JSON.stringify([{ ...container, logConfiguration: { logDriver: "awslogs" } }]),
      },
      "execution role ARN to support log driver awslogs",
    ],
  ])("a task definition: %s", (_, more, words) => {
    expect(new TestCloud().creating("aws_ecs_task_definition", definition(more))).toContain(words);
  });

  test.each<[string, ObjectValue, string]>([
    ["without a network", { network_configuration: [] }, "Network Configuration must be provided"],
    [
      "for a container that its definition has not",
      { load_balancer: [{ container_name: "web", container_port: 8080, target_group_arn: "group" }] },
      "The container web does not exist in the task definition.",
    ],
    [
      "for a port that its container has not",
      { load_balancer: [{ container_name: "service", container_port: 80, target_group_arn: "group" }] },
      "did not have a container port 80 defined",
    ],
    [
      "on capacity that its cluster has not",
      { capacity_provider_strategy: [{ capacity_provider: "ours", weight: 1 }] },
      "not associated with the cluster",
    ],
  ])("a service %s", (_, more, words) => {
    expect(cloud().creating("aws_ecs_service", service(more))).toContain(words);
  });

  test("a service whose target group is of instances", () => {
    const other = cloud()
      .has("aws_lb_target_group", { arn: "machines", name: "machines", target_type: "instance" })
      .has("aws_lb_listener", { arn: "other", default_action: [{ target_group_arn: "machines" }] });
    const balanced = [{ container_name: "service", container_port: 8080, target_group_arn: "machines" }];
    expect(other.creating("aws_ecs_service", service({ load_balancer: balanced }))).toContain(
      "target type instance, which is incompatible with the awsvpc network mode",
    );
  });

  test("to give up capacity that a service runs on, and accepts the rest", () => {
    const running = cloud();
    expect(running.creating("aws_ecs_service", service())).toBe("");
    const capacity = { cluster_name: "orders", capacity_providers: ["FARGATE", "FARGATE_SPOT"] };
    expect(running.deleting("aws_ecs_cluster_capacity_providers", capacity)).toBe("");
    running.has("aws_ecs_service", service());
    expect(running.deleting("aws_ecs_cluster_capacity_providers", capacity)).toContain("ResourceInUseException");
    expect(running.creating("aws_ecs_cluster_capacity_providers", { ...capacity, cluster_name: "carts" })).toContain(
      "ClusterNotFoundException",
    );
  });

  test("no image of another region, which it only warns of", () => {
    const from = (region: string) =>
      definition({
        container_definitions: JSON.stringify([
          { ...container, image: `${account}.dkr.ecr.${region}.amazonaws.com/orders@sha256:0` },
        ]),
      });
    const said = (values: ObjectValue) => new TestCloud().warnings("aws_ecs_task_definition", values).join("\n");
    expect(said(from("us-east-1"))).toContain("pulls its image from 111122223333 in us-east-1, another region");
    expect(said(from(home))).not.toContain("another region");
  });
});

describe("Load balancers refuse", () => {
  const subnet = (id: string, zone: string) => ({ id, availability_zone: `${home}${zone}`, vpc_id: "vpc-1" });

  test("one subnet, and a VPC without a way to the internet", () => {
    const one = { arn: "b1", name: "orders", subnets: ["subnet-0aaaaaaaaaaaaaaa1"] };
    expect(new TestCloud().creating("aws_lb", one)).toContain("At least two subnets in two different");
    const inVpc = new TestCloud()
      .has("aws_vpc", { id: "vpc-1" })
      .has("aws_subnet", subnet("subnet-0aaaaaaaaaaaaaaa1", "a"))
      .has("aws_subnet", subnet("subnet-0aaaaaaaaaaaaaaa2", "b"));
    const two = { ...one, subnets: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"] };
    expect(inVpc.creating("aws_lb", two)).toContain("InvalidSubnet: VPC vpc-1 has no internet gateway");
    expect(inVpc.creating("aws_lb", { ...two, internal: true })).toBe("");
    inVpc.has("aws_internet_gateway", { id: "igw-1", vpc_id: "vpc-1" });
    expect(inVpc.creating("aws_lb", two)).toBe("");
  });

  test("a port of a function, HTTPS without a certificate, and a group that is in use", () => {
    const target = { arn: "group", name: "orders", target_type: "lambda", port: 80 };
    expect(new TestCloud().creating("aws_lb_target_group", target)).toContain("Port cannot be specified");
    const listener = { arn: "l", load_balancer_arn: "b", port: 443, protocol: "HTTPS", default_action: [] };
    expect(new TestCloud().creating("aws_lb_listener", listener)).toContain("A certificate must be specified");
    expect(cloud().deleting("aws_lb_target_group", { arn: "group" })).toContain("ResourceInUse");
  });

  test("a further certificate that is not valid, or of a listener that is gone", () => {
    const attached = { listener_arn: "listener", certificate_arn: `arn:aws:acm:${home}:${account}:certificate/1` };
    const gone = new TestCloud().lost("aws_lb_listener", { arn: "listener" });
    expect(gone.creating("aws_lb_listener_certificate", attached)).toContain("ListenerNotFound");
    const pending = new TestCloud().has("aws_acm_certificate", {
      arn: attached.certificate_arn,
      id: attached.certificate_arn,
      validation_method: "DNS",
    });
    expect(pending.creating("aws_lb_listener_certificate", attached)).toContain("Certificate");
  });
});
