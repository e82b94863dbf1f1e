import { ref } from "../../../support/synth";
import { arn, lettingIn } from "./shared";
import { alone, twice, type WrongInput } from "./wrong-input";

const bus = ref("aws_cloudwatch_event_bus.shared.name");
const archive = { name: "taken", event_source_arn: ref("aws_cloudwatch_event_bus.shared.arn") };
const pattern = JSON.stringify({ source: ["orders"] });
const notAPattern = JSON.stringify({ source: "orders" });
const target = { arn: ref("aws_sqs_queue.shared.arn") };

export const eventsAndMonitoring: readonly WrongInput[] = [
  twice("a bus whose name another has", "ResourceAlreadyExistsException", "aws_cloudwatch_event_bus", {
    name: "taken",
  }),
  twice("an archive whose name another has", "ResourceAlreadyExistsException", "aws_cloudwatch_event_archive", archive),
  alone("an archive of a missing bus", "ResourceNotFoundException", "aws_cloudwatch_event_archive", {
    name: "missing-bus",
    event_source_arn: arn("events", "event-bus/missing"),
  }),
  alone("an archive with a wrong pattern", "InvalidEventPatternException", "aws_cloudwatch_event_archive", {
    ...archive,
    name: "wrong-pattern",
    event_pattern: notAPattern,
  }),
  alone("a rule on a missing bus", "ResourceNotFoundException", "aws_cloudwatch_event_rule", {
    name: "missing-bus",
    event_bus_name: "missing",
    event_pattern: pattern,
  }),
  alone("a rule with a wrong pattern", "InvalidEventPatternException", "aws_cloudwatch_event_rule", {
    name: "wrong-pattern",
    event_pattern: notAPattern,
  }),
  alone("a rule with a wrong schedule", "ValidationException", "aws_cloudwatch_event_rule", {
    name: "wrong-schedule",
    schedule_expression: "every day",
  }),
  alone("a schedule on a bus of one's own", "ValidationException", "aws_cloudwatch_event_rule", {
    name: "schedule-on-bus",
    event_bus_name: bus,
    schedule_expression: "rate(1 hour)",
  }),
  alone("a target of a missing rule", "ResourceNotFoundException", "aws_cloudwatch_event_target", {
    ...target,
    rule: "missing",
  }),
  alone("a target of a missing bus", "ResourceNotFoundException", "aws_cloudwatch_event_target", {
    ...target,
    rule: "missing",
    event_bus_name: "missing",
  }),
  alone("a policy of a missing bus", "ResourceNotFoundException", "aws_cloudwatch_event_bus_policy", {
    event_bus_name: "missing",
    policy: lettingIn("events:PutEvents"),
  }),
  twice("a schedule whose name another has", "ConflictException", "aws_scheduler_schedule", {
    name: "taken",
    schedule_expression: "rate(1 hour)",
    flexible_time_window: { mode: "OFF" },
    target: { arn: ref("aws_sqs_queue.shared.arn"), role_arn: ref("aws_iam_role.scheduler.arn") },
  }),
  twice("a log group whose name another has", "ResourceAlreadyExistsException", "aws_cloudwatch_log_group", {
    name: "taken",
  }),
  alone("a delivery of logs from a missing source", "ResourceNotFoundException", "aws_cloudwatch_log_delivery", {
    delivery_source_name: "missing",
    delivery_destination_arn: arn("logs", "delivery-destination:missing"),
  }),
];
