import { eventBus, nameOrArn, or } from "../forms";
import type { Rules } from "../rule";

const onBus = { event_bus_name: eventBus };

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/ */
export const events: Rules = {
  aws_cloudwatch_event_bus: { scope: "region", name: "event bus {name}" },
  aws_cloudwatch_event_bus_policy: { scope: "region", name: "the policy of event bus {event_bus_name}", read: onBus },
  aws_cloudwatch_event_rule: { scope: "region", name: "rule {name} on event bus {event_bus_name}", read: onBus },
  aws_cloudwatch_event_target: {
    scope: "region",
    name: "target {target_id} of rule {rule} on event bus {event_bus_name}",
    read: { ...onBus, rule: nameOrArn },
  },
  aws_cloudwatch_event_archive: { scope: "region", name: "event archive {name}" },
  aws_cloudwatch_event_endpoint: { scope: "region", name: "event endpoint {name}" },
  aws_cloudwatch_event_connection: { scope: "region", name: "event connection {name}" },
  aws_cloudwatch_event_api_destination: { scope: "region", name: "API destination {name}" },
  aws_scheduler_schedule_group: { scope: "region", name: "schedule group {name}" },
  aws_scheduler_schedule: {
    scope: "region",
    name: "schedule {name} in group {group_name}",
    read: { group_name: or("default") },
  },
};
