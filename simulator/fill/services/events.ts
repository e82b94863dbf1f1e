import { arn, form, generatedName, same, starting, timestamp, upperId } from "../forms";
import { onEveryChange, type Rule, type ServiceRules, type Subject } from "../subject";

/** The name of a bus that is given by name or by ARN; "" for the default bus. */
function bus(s: Subject): string {
  const name = s.text("event_bus_name").split("/").slice(-1)[0] ?? "";
  return name === "default" ? "" : name;
}

const ruleArn: Rule = (s) => s.arn("events", ["rule", bus(s), s.text("name")].filter(Boolean).join("/"));

/** EventBridge, its scheduler and pipes. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html#amazoneventbridge-resources-for-iam-policies */
export const events: ServiceRules = {
  aws_cloudwatch_event_bus: { id: same("name"), arn: arn("events", "event-bus/{name}") },
  aws_cloudwatch_event_bus_policy: { id: (s) => s.text("event_bus_name") || "default" },
  aws_cloudwatch_event_permission: { id: (s) => [bus(s), s.text("statement_id")].filter(Boolean).join("/") },
  aws_cloudwatch_event_rule: {
    name: generatedName("name_prefix"),
    id: (s) => [bus(s), s.text("name")].filter(Boolean).join("/"),
    arn: ruleArn,
  },
  aws_cloudwatch_event_target: {
    target_id: generatedName(),
    id: (s) => [bus(s), s.text("rule"), s.text("target_id")].filter(Boolean).join("-"),
  },
  aws_cloudwatch_event_archive: { id: same("name"), arn: arn("events", "archive/{name}") },
  aws_cloudwatch_event_endpoint: {
    id: same("name"),
    arn: arn("events", "endpoint/{name}"),
    endpoint_url: (s) => `https://${s.random.lower(10)}.${s.random.lower(3)}.endpoint.events.${s.dnsSuffix}/`,
  },
  aws_cloudwatch_event_connection: {
    id: same("name"),
    arn: (s) => s.arn("events", `connection/${s.text("name")}/${s.random.uuid()}`),
    secret_arn: (s) =>
      s.arn("secretsmanager", `secret:events!connection/${s.text("name")}/${s.random.uuid()}-${s.random.lower(6)}`),
  },
  aws_cloudwatch_event_api_destination: {
    id: same("name"),
    arn: (s) => s.arn("events", `api-destination/${s.text("name")}/${s.random.uuid()}`),
  },
  aws_scheduler_schedule: {
    name: generatedName("name_prefix"),
    group_name: starting("default"),
    id: form("{group_name}/{name}"),
    arn: arn("scheduler", "schedule/{group_name}/{name}"),
  },
  aws_scheduler_schedule_group: {
    name: generatedName("name_prefix"),
    id: same("name"),
    arn: arn("scheduler", "schedule-group/{name}"),
    state: starting("ACTIVE"),
    creation_date: timestamp,
    last_modification_date: onEveryChange(timestamp),
  },
  aws_pipes_pipe: { name: generatedName("name_prefix"), id: same("name"), arn: arn("pipes", "pipe/{name}") },
  aws_schemas_registry: { id: same("name"), arn: arn("schemas", "registry/{name}") },
  aws_schemas_discoverer: {
    id: (s) => `events-event-bus-${s.random.lower(12)}`,
    arn: arn("schemas", "discoverer/{id}"),
  },
  // @see https://docs.aws.amazon.com/fis/latest/userguide/experiment-templates.html
  aws_fis_experiment_template: { id: upperId("EXT", 15) },
};
