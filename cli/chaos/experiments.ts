import { partitionOf } from "../../modules/core/regions";
import { readHypothesis, type StatedHypothesis } from "../../modules/fault-experiments";
import { literalOf, type Resource } from "../../topology";
import { referred } from "../aws/consumers";

/** Something that an experiment touches. */
export interface Touched {
  /** `<stack>/<type>.<name>`. */
  readonly address: string;
  /** Its ARN; null where AWS gives the id. */
  readonly arn: string | null;
}

/** An experiment of an environment's synthesized resources. */
export interface Experiment {
  /** `<environment>-<experiment>`: the tag `Name` of its template. */
  readonly name: string;
  readonly region: string;
  /** `aws:rds:failover-db-cluster` */
  readonly action: string;
  /** How long it lasts, in minutes; null where it is done at once. */
  readonly minutes: number | null;
  readonly touches: readonly Touched[];
  readonly hypothesis: StatedHypothesis | null;
  /** Names of the alarms that end it. */
  readonly stopAlarms: readonly string[];
  readonly gameDays: readonly { readonly name: string; readonly schedule: string; readonly timeZone: string }[];
}

/** The experiments of an environment, in the order of their stacks. */
export function experimentsOf(resources: readonly Resource[], account: string): Experiment[] {
  return resources.flatMap((template) => {
    if (template.type !== "aws_fis_experiment_template" || template.region === undefined) return [];
    const name = literalOf((template.body.tags as { readonly Name?: unknown } | undefined)?.Name);
    if (name === undefined) return [];
    const action = blocks(template.body.action)[0] ?? {};
    const parameter = (key: string) => blocks(action.parameter).find((each) => each.key === key)?.value;
    const runbook = targets(template, "action").find(({ type }) => type === "aws_ssm_document");
    const content = runbook && contentOf(runbook);
    const touched = content
      ? switchedBy(content.parameter, template.region, resources)
      : [...targets(template, "target").filter(({ type }) => type in arnOf), ...namedIn(template, resources)];
    return [
      {
        name,
        region: template.region,
        action: String(action.action_id ?? ""),
        minutes: minutesOf(content ? content.duration : parameter("duration")),
        touches: touched.map((resource) => ({ address: resource.id, arn: arnFor(resource, account) })),
        hypothesis: readHypothesis(String(template.body.description ?? "")) ?? null,
        stopAlarms: targets(template, "stop_condition").map(({ body, name: id }) => literalOf(body.alarm_name) ?? id),
        gameDays: resources.flatMap((schedule) => gameDay(schedule, template)),
      },
    ];
  });
}

/** What an argument of a resource refers to, each once. */
const targets = ({ references }: Resource, argument: string): Resource[] => [
  ...new Set(references.flatMap(({ path, target }) => (path[0] === argument ? [target] : []))),
];

function blocks(value: unknown): Record<string, unknown>[] {
  return [value].flat().filter((each): each is Record<string, unknown> => typeof each === "object" && each !== null);
}

/** The ECS service whose tasks are touched, which the target has by its name. */
function namedIn({ body, region }: Resource, resources: readonly Resource[]): Resource[] {
  const names = blocks(body.target).map(({ parameters }) => (parameters as { readonly service?: unknown })?.service);
  return resources.filter(
    (each) => each.type === "aws_ecs_service" && each.region === region && names.includes(literalOf(each.body.name)),
  );
}

interface Runbook {
  readonly parameter: string;
  readonly duration: string;
}

/** What a runbook of the toolkit switches, and for how long; undefined for one of another form. */
function contentOf({ body }: Resource): Runbook | undefined {
  try {
    const { mainSteps } = JSON.parse(String(body.content)) as {
      readonly mainSteps?: readonly { readonly inputs?: Readonly<Record<string, unknown>> }[];
    };
    const inputs = Object.assign({}, ...(mainSteps ?? []).map((step) => step.inputs)) as Record<string, unknown>;
    if (typeof inputs.Name !== "string") return undefined;
    return { parameter: inputs.Name, duration: String(inputs.Duration ?? "") };
  } catch {
    return undefined;
  }
}

/** The switch of a function's faults, and the function that follows it. */
function switchedBy(parameter: string, region: string, resources: readonly Resource[]): Resource[] {
  const path = parameter.slice(0, parameter.lastIndexOf("/"));
  return resources.filter((resource) => {
    if (resource.region !== region) return false;
    if (resource.type === "aws_ssm_parameter") return resource.body.name === parameter;
    if (resource.type !== "aws_lambda_function") return false;
    const { variables = {} } = (blocks(resource.body.environment)[0] ?? {}) as { readonly variables?: object };
    return (variables as Record<string, unknown>).CHAOS_SETTINGS_PATH === path;
  });
}

/** The part of an ARN that follows the account; undefined where AWS makes the id. */
const arnOf: Readonly<Record<string, (body: Resource["body"]) => string | undefined>> = {
  aws_dynamodb_table: ({ name }) => prefixed("dynamodb", "table/", name),
  aws_ecs_service: ({ name }) => prefixed("ecs", `service/${literalOf(name)}/`, name),
  aws_lambda_function: ({ function_name: name }) => prefixed("lambda", "function:", name),
  aws_rds_cluster: ({ cluster_identifier: name }) => prefixed("rds", "cluster:", name),
  aws_ssm_parameter: ({ name }) => prefixed("ssm", "parameter", name),
  aws_dynamodb_table_replica: () => undefined,
  aws_subnet: () => undefined,
};

function prefixed(service: string, prefix: string, name: unknown): string | undefined {
  const literal = literalOf(name);
  return literal === undefined ? undefined : `${service}:@:${prefix}${literal}`;
}

function arnFor({ type, body, region }: Resource, account: string): string | null {
  const found = arnOf[type]?.(body);
  if (found === undefined || region === undefined) return null;
  return `arn:${partitionOf(region)}:${found.replace("@", `${region}:${account}`)}`;
}

function minutesOf(duration: unknown): number | null {
  const [, minutes] = /^PT(\d+)M$/.exec(String(duration)) ?? [];
  return minutes === undefined ? null : Number(minutes);
}

function gameDay(schedule: Resource, template: Resource): Experiment["gameDays"] {
  if (schedule.type !== "aws_scheduler_schedule") return [];
  if (!targets(schedule, "target").includes(template) && referred(schedule, "target", "input") !== template) return [];
  const input = String(blocks(schedule.body.target)[0]?.input ?? "");
  const [, name = schedule.name] = /"GameDay":"([^"]+)"/.exec(input) ?? [];
  return [
    {
      name,
      schedule: String(schedule.body.schedule_expression ?? ""),
      timeZone: String(schedule.body.schedule_expression_timezone ?? "UTC"),
    },
  ];
}
