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
  aws_ecs_service: {
    service: "ECS",
    create: operation("CreateService", "creating ECS Service ({name})"),
    update: operation("UpdateService", "updating ECS Service ({id})"),
    remove: operation("DeleteService", "deleting ECS Service ({id})"),
    exists: () => invalid("Creation of service was not idempotent."),
    demands: [cluster, definition, placement],
  },
  aws_ecs_task_definition: {
    service: "ECS",
    create: operation("RegisterTaskDefinition", "creating ECS Task Definition ({family})"),
    remove: operation("DeregisterTaskDefinition", "deleting ECS Task Definition ({arn})"),
    warnings: [roles],
  },
};
