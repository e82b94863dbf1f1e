import type { ObjectValue } from "../../protocol/values";
import { parseArn } from "../demands/arns";
import { roleOf } from "../demands/roles";
import { answer, operation } from "../operation";
import { type Answer, blocks, type Call, type Demand, type ServiceCalls, text, texts, type Warning } from "../refusal";

/** The name at the end of an ARN, or a name as it is. */
const nameOf = (given: string): string => given.split("/").pop() ?? given;

const isGone = (cloud: Call["cloud"], type: string, id: string): boolean =>
  id !== "" && ["elsewhere", "deleted"].includes(cloud.standing(type, id));

const images: Demand = ({ values, cloud }) =>
  values.force_delete !== true &&
  cloud.all("aws_ecr_image", (state) => text(state, "repository_name") === text(values, "name")).length > 0
    ? answer(
        400,
        "RepositoryNotEmptyException",
        `The repository with name '${text(values, "name")}' in registry with id '${cloud.place.account}' cannot be deleted because it still contains images`,
      )
    : undefined;

const clusterOf = (given: string): string => nameOf(given) || "default";

const noServices: Demand = ({ values, cloud }) =>
  cloud.all("aws_ecs_service", (state) => clusterOf(text(state, "cluster")) === text(values, "name")).length > 0
    ? answer(400, "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.")
    : undefined;

const invalid = (message: string): Answer => answer(400, "InvalidParameterException", message);

const cluster: Demand = ({ values, cloud }) => {
  const name = clusterOf(text(values, "cluster"));
  const foreign = (parseArn(text(values, "cluster"))?.account ?? cloud.place.account) !== cloud.place.account;
  return foreign || cloud.find("aws_ecs_cluster", (state) => text(state, "name") === name)
    ? undefined
    : answer(400, "ClusterNotFoundException", "Cluster not found.");
};

/** By its ARN, its family, or family and revision. */
const definition: Demand = ({ values, cloud }) => {
  const given = text(values, "task_definition");
  const arn = parseArn(given);
  if (given === "" || (arn && arn.account !== cloud.place.account)) return undefined;
  const [family, revision] = nameOf(given).split(":");
  const found = cloud.find(
    "aws_ecs_task_definition",
    (state) => text(state, "family") === family && (revision === undefined || String(state.revision) === revision),
  );
  return found ? undefined : answer(400, "ClientException", "Unable to describe task definition.");
};

type Containers = readonly {
  readonly name?: string;
  readonly image?: string;
  readonly portMappings?: readonly { readonly containerPort?: number }[];
}[];

/** The containers of a task definition; none for a text that is no JSON. */
function containersOf(state: ObjectValue): Containers {
  try {
    const read: unknown = JSON.parse(text(state, "container_definitions"));
    return Array.isArray(read) ? (read as Containers) : [];
  } catch {
    return [];
  }
}

const definitionOf = ({ values, cloud }: Call) => {
  const [family, revision] = nameOf(text(values, "task_definition")).split(":");
  return cloud.find(
    "aws_ecs_task_definition",
    (state) => text(state, "family") === family && (revision === undefined || String(state.revision) === revision),
  )?.state;
};

/** What tasks with an interface of their own need. */
const network: Demand = (call) => {
  const { values, cloud } = call;
  const found = definitionOf(call);
  if (!found || text(found, "network_mode") !== "awsvpc") return undefined;
  if (blocks(values, "network_configuration").length === 0)
    return invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  for (const balancer of blocks(values, "load_balancer")) {
    const name = text(balancer, "container_name");
    const container = containersOf(found).find((one) => one.name === name);
    if (!container) return invalid(`The container ${name} does not exist in the task definition.`);
    const port = Number(balancer.container_port);
    if (!(container.portMappings ?? []).some(({ containerPort }) => containerPort === port))
      return invalid(`The container ${name} did not have a container port ${port} defined.`);
    const arn = text(balancer, "target_group_arn");
    const group = cloud.find("aws_lb_target_group", (state) => text(state, "arn") === arn)?.state;
    const type = group ? text(group, "target_type") || "instance" : "ip";
    if (type !== "ip")
      return invalid(
        `The provided target group ${arn} has target type ${type}, which is incompatible with the awsvpc network mode specified in the task definition.`,
      );
  }
  return undefined;
};

/** A strategy only takes providers of the cluster. */
const capacity: Demand = ({ values, cloud }) => {
  const asked = blocks(values, "capacity_provider_strategy").map((one) => text(one, "capacity_provider"));
  const name = clusterOf(text(values, "cluster"));
  const known = cloud
    .all("aws_ecs_cluster_capacity_providers", (state) => text(state, "cluster_name") === name)
    .flatMap(({ state }) => texts(state, "capacity_providers"));
  const isHere = cloud.find("aws_ecs_cluster", (state) => text(state, "name") === name) !== undefined;
  return isHere && asked.some((provider) => !known.includes(provider))
    ? invalid(
        "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.",
      )
    : undefined;
};

/** Providers that a service of the cluster runs on stay. */
const unusedProviders: Demand = ({ values, cloud }) => {
  const name = text(values, "cluster_name");
  const used = cloud.all(
    "aws_ecs_service",
    (state) => clusterOf(text(state, "cluster")) === name && blocks(state, "capacity_provider_strategy").length > 0,
  );
  return used.length > 0
    ? answer(400, "ResourceInUseException", "The specified capacity provider is in use and cannot be removed.")
    : undefined;
};

const clusterOfProviders: Demand = ({ values, cloud }) =>
  cloud.find("aws_ecs_cluster", (state) => text(state, "name") === text(values, "cluster_name"))
    ? undefined
    : answer(400, "ClusterNotFoundException", "Cluster not found.");

/** What Fargate asks of a task definition before it keeps it. */
const fargate: Demand = ({ values }) => {
  if (!texts(values, "requires_compatibilities").includes("FARGATE")) return undefined;
  const refuse = (message: string): Answer => answer(400, "ClientException", message);
  if (text(values, "network_mode") !== "awsvpc") return refuse("Fargate only supports network mode ‘awsvpc’.");
  if (text(values, "cpu") === "") return refuse("Fargate requires that 'cpu' be defined at the task level.");
  if (text(values, "memory") === "") return refuse("Fargate requires that 'memory' be defined at the task level.");
  const log = /"logDriver":\s*"awslogs"/.test(text(values, "container_definitions"));
  return log && text(values, "execution_role_arn") === ""
    ? refuse("Fargate requires task definition to have execution role ARN to support log driver awslogs.")
    : undefined;
};

/** Registries are asked when a task starts. */
const pulls: Warning = ({ values, cloud }) =>
  containersOf(values).flatMap(({ image = "" }) => {
    const [, account, at] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\./.exec(image) ?? [];
    if (at === undefined || at === cloud.place.region) return [];
    return `pulls its image from ${account} in ${at}, another region, whose loss would keep tasks from starting`;
  });

const placement: Demand = ({ values, cloud }) => {
  for (const network of blocks(values, "network_configuration")) {
    const subnet = texts(network, "subnets").find((id) => isGone(cloud, "aws_subnet", id));
    if (subnet)
      return invalid(`Error retrieving subnet information for [${subnet}]: The subnet ID '${subnet}' does not exist`);
  }
  for (const balancer of blocks(values, "load_balancer")) {
    const group = text(balancer, "target_group_arn");
    if (isGone(cloud, "aws_lb_target_group", group)) return invalid(`The target group ${group} does not exist.`);
    const listens = ["aws_lb_listener", "aws_lb_listener_rule"].some(
      (type) => cloud.find(type, (state) => JSON.stringify(state).includes(group)) !== undefined,
    );
    const known = cloud.standing("aws_lb_target_group", group) === "here";
    if (known && !listens)
      return invalid(`The target group with targetGroupArn ${group} does not have an associated load balancer.`);
  }
  return undefined;
};

/** Roles are looked at when a task starts. */
const roles: Warning = ({ values, cloud }) =>
  ["task_role_arn", "execution_role_arn"]
    .map((attribute) => text(values, attribute))
    .filter((role) => role !== "" && "missing" in roleOf(cloud, role))
    .map((role) => `runs as ${role}, which does not exist`);

/** Registries and containers. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ */
export const containers: ServiceCalls = {
  aws_ecr_repository: {
    service: "ECR",
    create: operation("CreateRepository", "creating ECR Repository ({name})"),
    remove: operation("DeleteRepository", "deleting ECR Repository ({name})"),
    exists: ({ values, cloud }) =>
      answer(
        400,
        "RepositoryAlreadyExistsException",
        `The repository with name '${text(values, "name")}' already exists in the registry with id '${cloud.place.account}'`,
      ),
    removalDemands: [images],
  },
  aws_ecs_cluster: {
    service: "ECS",
    create: operation("CreateCluster", "creating ECS Cluster ({name})"),
    update: operation("UpdateCluster", "updating ECS Cluster ({arn})"),
    remove: operation("DeleteCluster", "deleting ECS Cluster ({arn})"),
    removalDemands: [noServices],
  },
  aws_ecs_cluster_capacity_providers: {
    service: "ECS",
    create: operation("PutClusterCapacityProviders", "updating ECS Cluster Capacity Providers ({cluster_name})"),
    update: operation("PutClusterCapacityProviders", "updating ECS Cluster Capacity Providers ({cluster_name})"),
    remove: operation("PutClusterCapacityProviders", "deleting ECS Cluster Capacity Providers ({id})"),
    demands: [clusterOfProviders],
    removalDemands: [unusedProviders],
  },
  aws_ecs_service: {
    service: "ECS",
    create: operation("CreateService", "creating ECS Service ({name})"),
    update: operation("UpdateService", "updating ECS Service ({id})"),
    remove: operation("DeleteService", "deleting ECS Service ({id})"),
    exists: () => invalid("Creation of service was not idempotent."),
    demands: [cluster, definition, network, capacity, placement],
  },
  aws_ecs_task_definition: {
    service: "ECS",
    create: operation("RegisterTaskDefinition", "creating ECS Task Definition ({family})"),
    remove: operation("DeregisterTaskDefinition", "deleting ECS Task Definition ({arn})"),
    demands: [fargate],
    warnings: [roles, pulls],
  },
};
