import type { ObjectValue } from "../../protocol/values";
import { functionOf, hasQualifier } from "../demands/functions";
import { answer, operation } from "../operation";
import { type Answer, blocks, type Call, type Demand, type ServiceCalls, text } from "../refusal";

const key = ["service_namespace", "resource_id", "scalable_dimension"];

const isSame =
  (values: ObjectValue) =>
  (state: ObjectValue): boolean =>
    key.every((attribute) => text(state, attribute) === text(values, attribute));

const inWords = (values: ObjectValue): string =>
  `service namespace: ${text(values, "service_namespace")}, resource ID: ${text(values, "resource_id")}, ` +
  `scalable dimension: ${text(values, "scalable_dimension")}`;

const invalid = (message: string): Answer => answer(400, "ValidationException", message);

type IsThere = (cloud: Call["cloud"], resource: string) => boolean;

const functionThere: IsThere = (cloud, resource) => {
  const [, name = "", qualifier = ""] = resource.split(":");
  const found = functionOf(cloud, name);
  return "thing" in found && hasQualifier(cloud, found.thing, qualifier);
};

const tableThere: IsThere = (cloud, resource) => {
  const [, name] = resource.split("/");
  const replicated = (state: ObjectValue): boolean => text(state, "arn").endsWith(`table/${name}`);
  return Boolean(
    cloud.find("aws_dynamodb_table", (state) => text(state, "name") === name) ??
      cloud.find("aws_dynamodb_table_replica", replicated),
  );
};

const containersThere: IsThere = (cloud, resource) => {
  const [, cluster = "", service] = resource.split("/");
  const isThat = (state: ObjectValue): boolean =>
    text(state, "name") === service && (text(state, "cluster").split("/").pop() || "default") === cluster;
  return cloud.find("aws_ecs_service", isThat) !== undefined;
};

const clusterThere: IsThere = (cloud, resource) =>
  cloud.find("aws_rds_cluster", (state) => text(state, "cluster_identifier") === resource.split(":")[1]) !== undefined;

/** What scales, by the namespace of its service. */
const kinds: Readonly<Record<string, readonly [name: string, isThere: IsThere]>> = {
  lambda: ["Lambda function", functionThere],
  dynamodb: ["DynamoDB table", tableThere],
  ecs: ["ECS service", containersThere],
  rds: ["RDS cluster", clusterThere],
};

const scales: Demand = ({ values, cloud }) => {
  const [kind, isThere] = kinds[text(values, "service_namespace")] ?? [];
  const resource = text(values, "resource_id");
  if (kind === "Lambda function" && /^function:[^:]+(:\$LATEST)?$/.test(resource))
    return invalid("Unsupported service namespace, resource type or scalable dimension");
  return !isThere || isThere(cloud, resource) ? undefined : invalid(`${kind} doesn't exist: ${resource}`);
};

const target: Demand = ({ values, cloud }) =>
  cloud.find("aws_appautoscaling_target", isSame(values))
    ? undefined
    : answer(400, "ObjectNotFoundException", `No scalable target registered for ${inWords(values)}`);

const metricsOf = (policy: ObjectValue): string[] =>
  blocks(policy, "target_tracking_scaling_policy_configuration")
    .flatMap((config) => blocks(config, "predefined_metric_specification"))
    .map((metric) => text(metric, "predefined_metric_type"));

const oneForAMetric: Demand = ({ values, cloud }) => {
  const others = cloud.all(
    "aws_appautoscaling_policy",
    (state) => isSame(values)(state) && text(state, "name") !== text(values, "name"),
  );
  const taken = others.flatMap(({ state }) => metricsOf(state));
  return metricsOf(values).some((metric) => taken.includes(metric))
    ? invalid("Only one TargetTrackingScaling policy for a given metric specification is allowed.")
    : undefined;
};

/** @see https://docs.aws.amazon.com/autoscaling/application/APIReference/ */
export const autoscaling: ServiceCalls = {
  aws_appautoscaling_target: {
    service: "Application Auto Scaling",
    create: operation("RegisterScalableTarget", "creating Application AutoScaling Target ({resource_id})"),
    update: operation("RegisterScalableTarget", "updating Application AutoScaling Target ({resource_id})"),
    remove: operation("DeregisterScalableTarget", "deleting Application AutoScaling Target ({resource_id})"),
    demands: [scales],
    takesAlong: ({ values, cloud }) =>
      ["aws_appautoscaling_policy", "aws_appautoscaling_scheduled_action"].flatMap((type) =>
        cloud.all(type, isSame(values)),
      ),
  },
  aws_appautoscaling_policy: {
    service: "Application Auto Scaling",
    create: operation("PutScalingPolicy", "putting Application Auto Scaling Scaling Policy ({name})"),
    remove: operation("DeleteScalingPolicy", "deleting Application Auto Scaling Scaling Policy ({name})"),
    demands: [target, oneForAMetric],
  },
  aws_appautoscaling_scheduled_action: {
    service: "Application Auto Scaling",
    create: operation("PutScheduledAction", "putting Application Auto Scaling Scheduled Action ({name})"),
    remove: operation("DeleteScheduledAction", "deleting Application Auto Scaling Scheduled Action ({name})"),
    demands: [target],
  },
};
