import type { Thing } from "../../inventory/thing";
import type { ObjectValue } from "../../protocol/values";
import { lookUp, parseArn } from "../demands/arns";
import { patternFault } from "../demands/event-patterns";
import { type KeyNeed, type KeyProblem, kmsSays, usableKey } from "../demands/keys";
import { mayBeCalledBy } from "../demands/resource-policies";
import { canBeAssumed, trustedRole } from "../demands/roles";
import { isRuleSchedule, isSchedule } from "../demands/schedules";
import { missingTarget } from "../demands/targets";
import { answer, operation, unlisted } from "../operation";
import { type Answer, blocks, type Call, type Demand, type ServiceCalls, text, type Warning } from "../refusal";

const missing = (message: string): Answer => answer(400, "ResourceNotFoundException", message);
const invalid = (message: string): Answer => unlisted("ValidationException", message);

/** The name of a bus that is given by name or ARN, or left out. */
const busName = (given: string): string => given.split("/").pop() || "default";
const busOf = (values: ObjectValue): string => busName(text(values, "event_bus_name"));

const busExists = (cloud: Call["cloud"], given: string): boolean => {
  if (busName(given) === "default") return true;
  const found = lookUp(
    cloud,
    "aws_cloudwatch_event_bus",
    given,
    busName,
    (state, name) => text(state, "name") === name,
  );
  return !("missing" in found);
};

const bus =
  (attribute: string): Demand =>
  ({ values, cloud }) =>
    busExists(cloud, text(values, attribute))
      ? undefined
      : missing(`Event bus ${busName(text(values, attribute))} does not exist.`);

const cannotAssume = (role: string): Answer =>
  invalid(`Provided role '${role}' cannot be assumed by principal 'events.amazonaws.com'.`);

const trustsEvents = trustedRole(({ values }) => text(values, "role_arn"), "events.amazonaws.com", cannotAssume);

const schedule: Demand = ({ values }) => {
  const expression = text(values, "schedule_expression");
  if (expression === "") return undefined;
  if (busOf(values) !== "default") return invalid("ScheduleExpression is supported only on the default event bus.");
  return isRuleSchedule(expression) ? undefined : invalid("Parameter ScheduleExpression is not valid.");
};

const pattern: Demand = ({ values }) => {
  const given = text(values, "event_pattern");
  const fault = given === "" ? undefined : patternFault(given, "'");
  return fault
    ? answer(400, "InvalidEventPatternException", `Event pattern is not valid. Reason: ${fault}`)
    : undefined;
};

const isRule =
  (name: string, onBus: string) =>
  (state: ObjectValue): boolean =>
    text(state, "name") === name && busOf(state) === onBus;

/** A target that leaves out the bus of its rule looks for it on the default one. */
const rule: Demand = ({ values, cloud }) => {
  const arn = parseArn(text(values, "event_bus_name"));
  if (arn && arn.account !== cloud.place.account) return undefined;
  const [name, onBus] = [text(values, "rule"), busOf(values)];
  return cloud.find("aws_cloudwatch_event_rule", isRule(name, onBus))
    ? undefined
    : missing(`Rule ${name} does not exist on EventBus ${onBus}.`);
};

/** Services that EventBridge calls with a role only. */
const withRole = new Set(["states", "kinesis", "ecs", "batch", "codepipeline", "codebuild", "sagemaker"]);

const role: Demand = ({ values }) => {
  const given = text(values, "arn");
  const arn = parseArn(given);
  const needed = arn && (withRole.has(arn.service) || arn.resource.startsWith("api-destination/"));
  return needed && text(values, "role_arn") === "" ? invalid(`RoleArn is required for target ${given}.`) : undefined;
};

/** Targets are of the rule's own region, but for event buses. */
const region: Demand = ({ values, cloud }) => {
  const given = text(values, "arn");
  const arn = parseArn(given);
  if (!arn || arn.region === "" || arn.region === cloud.place.region || arn.resource.startsWith("event-bus/"))
    return undefined;
  return invalid(`Parameter ${given} is not valid. Reason: Provided Arn is not in correct region.`);
};

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const targetsOfARule = 5;

const fiveTargets: Demand = ({ values, cloud, prior }) => {
  const others = cloud.all(
    "aws_cloudwatch_event_target",
    (state) => text(state, "rule") === text(values, "rule") && busOf(state) === busOf(values),
  );
  return !prior && others.length >= targetsOfARule
    ? answer(400, "LimitExceededException", "The requested resource exceeds the maximum number allowed.")
    : undefined;
};

const messageGroup: Demand = ({ values }) => {
  const fifo = text(values, "arn").endsWith(".fifo") && parseArn(text(values, "arn"))?.service === "sqs";
  const grouped = blocks(values, "sqs_target").some((target) => text(target, "message_group_id") !== "");
  return fifo && !grouped
    ? invalid(`Parameter(s) SqsParameters must be specified for target: ${text(values, "target_id")}.`)
    : undefined;
};

/** EventBridge looks at neither the target nor its policy: events are lost, or go to the dead letters of the target. */
const delivered: Warning = ({ values, cloud }) => {
  const target = text(values, "arn");
  const letters = blocks(values, "dead_letter_config").map((config) => text(config, "arn"));
  const [onBus, name] = [busOf(values), text(values, "rule")];
  const [of] = cloud.all("aws_cloudwatch_event_rule", isRule(name, onBus));
  const gone = [target, ...letters].filter((arn) => missingTarget(cloud, arn));
  const caller = { service: "events.amazonaws.com", source: of && text(of.state, "arn") };
  const closed = [target, ...letters].filter((arn) => !gone.includes(arn) && !mayBeCalledBy(cloud, arn, caller));
  return [
    ...gone.map((arn) => `sends events to ${arn}, which does not exist`),
    ...(text(values, "role_arn") === "" ? closed : []).map(
      (arn) => `sends events to ${arn}, whose policy does not let EventBridge in`,
    ),
  ];
};

const onBus =
  (type: string) =>
  ({ values, cloud }: Call): Thing[] =>
    cloud.all(type, (state) => busOf(state) === text(values, "name"));

const noRules: Demand = (call) => {
  const archives = call.cloud.all(
    "aws_cloudwatch_event_archive",
    (state) => text(state, "event_source_arn") === text(call.values, "arn"),
  );
  return onBus("aws_cloudwatch_event_rule")(call).length + archives.length > 0
    ? invalid("EventBus can't be deleted since it has rules.")
    : undefined;
};

const noTargets: Demand = ({ values, cloud }) => {
  const ofRule = (state: ObjectValue): boolean =>
    text(state, "rule") === text(values, "name") && busOf(state) === busOf(values);
  return cloud.all("aws_cloudwatch_event_target", ofRule).length > 0
    ? invalid("Rule can't be deleted since it has targets.")
    : undefined;
};

const replicates = (values: ObjectValue): boolean =>
  !blocks(values, "replication_config").some((config) => text(config, "state") === "DISABLED");

const twoBuses: Demand = ({ values, cloud }) => {
  const buses = blocks(values, "event_bus").map((block) => text(block, "event_bus_arn"));
  const arns = buses.flatMap((given) => parseArn(given) ?? []);
  const [first, second] = arns;
  if (!first || !second) return undefined;
  const alike = first.resource === second.resource && first.account === second.account;
  if (!alike || first.region === second.region)
    return invalid("EventBuses must have the same name and account, and be in two different regions.");
  if (first.region !== cloud.place.region)
    return invalid(`The first event bus must be in region ${cloud.place.region}.`);
  const isThere = (arn: string): boolean =>
    cloud.everywhere("aws_cloudwatch_event_bus", (state) => text(state, "arn") === arn).length > 0;
  const gone = first.account === cloud.place.account ? buses.find((arn) => !isThere(arn)) : undefined;
  // Told of the need for it.
  for (const arn of buses) cloud.withArn(arn);
  return gone ? missing(`Event bus ${busName(gone)} does not exist.`) : undefined;
};

const endpointRole: Demand = ({ values, cloud }) => {
  const given = text(values, "role_arn");
  if (given === "") return replicates(values) ? invalid("RoleArn is required when replication is enabled.") : undefined;
  return canBeAssumed(cloud, given, "events.amazonaws.com") ? undefined : cannotAssume(given);
};

const connectionExists: Demand = ({ values, cloud }) => {
  const given = text(values, "connection_arn");
  return cloud.find("aws_cloudwatch_event_connection", (state) => text(state, "arn") === given)
    ? undefined
    : missing(`Connection '${given}' does not exist.`);
};

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/ */
export const events: ServiceCalls = {
  aws_cloudwatch_event_bus: {
    service: "EventBridge",
    create: operation("CreateEventBus", "creating EventBridge Event Bus ({name})"),
    update: operation("UpdateEventBus", "updating EventBridge Event Bus ({name})"),
    remove: operation("DeleteEventBus", "deleting EventBridge Event Bus ({name})"),
    exists: ({ values }) =>
      answer(400, "ResourceAlreadyExistsException", `Event bus ${text(values, "name")} already exists.`),
    removalDemands: [noRules],
  },
  aws_cloudwatch_event_bus_policy: {
    service: "EventBridge",
    create: operation("PutPermission", "creating EventBridge Event Bus ({event_bus_name}) Policy"),
    remove: operation("RemovePermission", "deleting EventBridge Event Bus ({event_bus_name}) Policy"),
    demands: [bus("event_bus_name")],
  },
  aws_cloudwatch_event_rule: {
    service: "EventBridge",
    create: operation("PutRule", "creating EventBridge Rule ({name})"),
    update: operation("PutRule", "updating EventBridge Rule ({id})"),
    remove: operation("DeleteRule", "deleting EventBridge Rule ({id})"),
    demands: [bus("event_bus_name"), pattern, schedule, trustsEvents],
    removalDemands: [noTargets],
  },
  aws_cloudwatch_event_target: {
    service: "EventBridge",
    create: operation("PutTargets", "creating EventBridge Target ({rule}-{target_id})"),
    update: operation("PutTargets", "updating EventBridge Target ({id})"),
    remove: operation("RemoveTargets", "deleting EventBridge Target ({id})"),
    demands: [rule, role, region, trustsEvents, messageGroup, fiveTargets],
    warnings: [delivered],
  },
  aws_cloudwatch_event_connection: {
    service: "EventBridge",
    create: operation("CreateConnection", "creating EventBridge Connection ({name})"),
    update: operation("UpdateConnection", "updating EventBridge Connection ({name})"),
    remove: operation("DeleteConnection", "deleting EventBridge Connection ({name})"),
    exists: ({ values }) =>
      answer(400, "ResourceAlreadyExistsException", `Connection ${text(values, "name")} already exists.`),
  },
  aws_cloudwatch_event_api_destination: {
    service: "EventBridge",
    create: operation("CreateApiDestination", "creating EventBridge API Destination ({name})"),
    update: operation("UpdateApiDestination", "updating EventBridge API Destination ({name})"),
    remove: operation("DeleteApiDestination", "deleting EventBridge API Destination ({name})"),
    exists: ({ values }) =>
      answer(400, "ResourceAlreadyExistsException", `An api-destination '${text(values, "name")}' already exists.`),
    demands: [connectionExists],
  },
  aws_cloudwatch_event_archive: {
    service: "EventBridge",
    create: operation("CreateArchive", "creating EventBridge Archive ({name}))"),
    update: operation("UpdateArchive", "updating EventBridge Archive ({name})"),
    remove: operation("DeleteArchive", "deleting EventBridge Archive ({name})"),
    exists: ({ values }) =>
      answer(400, "ResourceAlreadyExistsException", `Archive ${text(values, "name")} already exists.`),
    demands: [bus("event_source_arn"), pattern],
  },
  aws_cloudwatch_event_endpoint: {
    service: "EventBridge",
    create: operation("CreateEndpoint", "creating EventBridge Global Endpoint ({name})"),
    update: operation("UpdateEndpoint", "updating EventBridge Global Endpoint ({name})"),
    remove: operation("DeleteEndpoint", "deleting EventBridge Global Endpoint ({name})"),
    exists: ({ values }) =>
      answer(400, "ResourceAlreadyExistsException", `Endpoint ${text(values, "name")} already exists.`),
    demands: [twoBuses, endpointRole],
  },
};

const scheduleGroup: Demand = ({ values, cloud }) => {
  const name = text(values, "group_name") || "default";
  if (name === "default" || cloud.find("aws_scheduler_schedule_group", (state) => text(state, "name") === name))
    return undefined;
  return answer(404, "ResourceNotFoundException", `Schedule group ${name} does not exist.`);
};

const target = (values: ObjectValue): ObjectValue => blocks(values, "target")[0] ?? {};

const trustsScheduler = trustedRole(
  ({ values }) => text(target(values), "role_arn"),
  "scheduler.amazonaws.com",
  () =>
    answer(
      400,
      "ValidationException",
      "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
    ),
);

/** Scheduler encrypts a schedule for its caller, with the ARN of the schedule as context. */
const scheduleNeed = ({ values, cloud: { place } }: Call): KeyNeed => ({
  actions: ["GenerateDataKey", "Decrypt"],
  via: "scheduler",
  context: {
    "kms:EncryptionContext:aws:scheduler:schedule:arn": `arn:${place.partition}:scheduler:${place.region}:${place.account}:schedule/${text(values, "group_name") || "default"}/${text(values, "name")}`,
  },
});

const saidBy = (problem: KeyProblem, key: string): [code: string, message: string] => {
  const { code, message } = kmsSays(problem, key);
  return [code, message];
};

const conflict = (what: string, name: string): Answer =>
  answer(409, "ConflictException", `${what} ${name} already exists.`);

/** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/ */
export const scheduler: ServiceCalls = {
  aws_scheduler_schedule: {
    service: "Scheduler",
    create: operation("CreateSchedule", "creating AWS EventBridge Scheduler Schedule ({name})"),
    update: operation("UpdateSchedule", "updating AWS EventBridge Scheduler Schedule ({id})"),
    remove: operation("DeleteSchedule", "deleting AWS EventBridge Scheduler Schedule ({id})"),
    exists: ({ values }) => conflict("Schedule", text(values, "name")),
    demands: [
      scheduleGroup,
      ({ values }) => {
        const expression = text(values, "schedule_expression");
        return isSchedule(expression)
          ? undefined
          : answer(400, "ValidationException", `Invalid Schedule Expression ${expression}.`);
      },
      trustsScheduler,
      usableKey("kms_key_arn", scheduleNeed, (problem, key) => unlisted(...saidBy(problem, key))),
    ],
    warnings: [
      ({ values, cloud }) =>
        [target(values), ...blocks(target(values), "dead_letter_config")]
          .map((block) => text(block, "arn"))
          .filter((arn) => missingTarget(cloud, arn))
          .map((arn) => `calls ${arn}, which does not exist`),
    ],
  },
  aws_scheduler_schedule_group: {
    service: "Scheduler",
    create: operation("CreateScheduleGroup", "creating AWS EventBridge Scheduler Schedule Group ({name})"),
    remove: operation("DeleteScheduleGroup", "deleting AWS EventBridge Scheduler Schedule Group ({name})"),
    exists: ({ values }) => conflict("Schedule group", text(values, "name")),
    takesAlong: ({ values, cloud }) =>
      cloud.all("aws_scheduler_schedule", (state) => text(state, "group_name") === text(values, "name")),
  },
};
