import { literalOf, type Resource } from "../../topology";
import {
  type Consumer,
  consumerOf,
  consumersOfTarget,
  distinct,
  type FunctionPlace,
  functionPlace,
  readersOf,
  referred,
  targetsOn,
} from "../aws/consumers";

/** Where dead letters go when they are sent again. */
export type Destination =
  | ({ readonly type: "function" } & FunctionPlace)
  | { readonly type: "queue"; readonly name: string; readonly region: string }
  | { readonly type: "bus"; readonly name: string; readonly region: string };

/**
 * What made dead letters of messages, which says what they look like: the target of a rule or schedule (the event that was to be delivered),
 * a bus (an event), the asynchronous invocation of a function (a record with the event in it), a queue (the message itself), a stream (a
 * place in the stream, without what stands there).
 */
export type Origin = "rule" | "schedule" | "bus" | "function" | "queue" | "stream";

/** A queue of dead letters, and the way back from it. */
export interface DeadLetterPlace {
  /** Name of the queue. */
  readonly queue: string;
  readonly region: string;
  readonly origin: Origin;
  /** Name of the rule, schedule, bus, function or queue whose dead letters they are. */
  readonly of: string;
  /** Undefined where there is no way back. */
  readonly destination: Destination | undefined;
  readonly consumers: readonly Consumer[];
}

/** What a function failed on and sends where nothing is taken back from. */
export interface KeptElsewhere {
  /** Name of the function. */
  readonly of: string;
  readonly region: string;
  /** `the topic prod-failures`, or `the queue prod-failures, whose messages prod-mender takes`. */
  readonly where: string;
}

/** Functions whose failed events are in no queue that can be taken back from, in the order of their stacks. */
export function keptElsewhere(resources: readonly Resource[]): KeptElsewhere[] {
  return resources.flatMap((resource) => {
    if (resource.type !== "aws_lambda_function_event_invoke_config" || resource.region === undefined) return [];
    const of = consumerOf(referred(resource, "qualifier") ?? referred(resource, "function_name"))?.name;
    const where = of === undefined ? undefined : elsewhere(resource, resources);
    return of === undefined || where === undefined ? [] : [{ of, region: resource.region, where }];
  });
}

const onFailure = ["destination_config", "on_failure", "destination"] as const;

const kinds: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_bus: "event bus",
  aws_lambda_alias: "function",
  aws_lambda_function: "function",
  aws_s3_bucket: "bucket",
  aws_sns_topic: "topic",
};

const kindsOfServices: Readonly<Record<string, string>> = {
  events: "event bus",
  lambda: "function",
  s3: "bucket",
  sns: "topic",
};

function elsewhere(resource: Resource, resources: readonly Resource[]): string | undefined {
  const target = referred(resource, ...onFailure);
  if (target?.type === "aws_sqs_queue") {
    const [reader] = readersOf(target, resources);
    return reader && `the queue ${literalOf(target.body.name)}, whose messages ${reader.name} takes`;
  }
  if (target) {
    const name = functionPlace(target)?.name ?? literalOf(target.body.name) ?? literalOf(target.body.bucket);
    return `the ${kinds[target.type] ?? target.type} ${name ?? "of the environment"}`;
  }
  const arn = literalDestination(resource);
  const kind = kindsOfServices[arn?.split(":")[2] ?? ""];
  return kind && `the ${kind} ${arn}`;
}

/** The ARN of a destination that is not of the environment. */
function literalDestination({ body }: Resource): string | undefined {
  const block = (value: unknown, name: string): unknown =>
    [(value as Record<string, unknown> | undefined)?.[name]].flat()[0];
  const [config, failure, destination] = onFailure;
  return literalOf(block(block(block(body, config), failure), destination));
}

/** The queues of dead letters of an environment's synthesized resources, in the order of their stacks. */
export function deadLetterPlaces(resources: readonly Resource[]): DeadLetterPlace[] {
  const places = resources.flatMap((resource) => placeOf(resource, resources) ?? []);
  return [...new Map(places.map((place) => [`${place.region}/${place.queue}/${place.of}`, place])).values()];
}

function placeOf(resource: Resource, resources: readonly Resource[]): DeadLetterPlace | undefined {
  switch (resource.type) {
    case "aws_cloudwatch_event_target": {
      const rule = referred(resource, "rule");
      const target = referred(resource, "arn");
      // Alerts that a tool was not told in a day: nobody wants them any more.
      if (target?.type === "aws_cloudwatch_event_api_destination") return undefined;
      return place(resource, ["dead_letter_config", "arn"], {
        origin: "rule",
        of: literalOf(rule?.body.name),
        destination: target && !changesInput(resource) ? destinationOf(target) : undefined,
        consumers: consumersOfTarget(target, resources),
      });
    }
    case "aws_scheduler_schedule": {
      const target = referred(resource, "target", "arn");
      return place(resource, ["target", "dead_letter_config", "arn"], {
        origin: "schedule",
        of: literalOf(resource.body.name),
        // What a schedule puts on a bus, or asks of a service, is not what its dead letter holds.
        destination: target && target.type !== "aws_cloudwatch_event_bus" ? destinationOf(target) : undefined,
        consumers: consumersOfTarget(target, resources),
      });
    }
    case "aws_cloudwatch_event_bus": {
      const targets = targetsOn(resource, resources).map((each) => referred(each, "arn"));
      return place(resource, ["dead_letter_config", "arn"], {
        origin: "bus",
        of: literalOf(resource.body.name),
        destination: destinationOf(resource),
        consumers: distinct(targets.flatMap((each) => consumersOfTarget(each, resources))),
      });
    }
    case "aws_lambda_function_event_invoke_config": {
      const invoked = referred(resource, "qualifier") ?? referred(resource, "function_name");
      const consumer = consumerOf(invoked);
      const target = referred(resource, ...onFailure);
      // Whoever takes the messages of a queue takes these as well, and nothing is sent back behind its back.
      if (target && readersOf(target, resources).length > 0) return undefined;
      const told = {
        origin: "function" as const,
        of: consumer?.name,
        destination: invoked && destinationOf(invoked),
        consumers: consumer ? [consumer] : [],
      };
      return target ? place(resource, onFailure, told) : ownQueue(literalDestination(resource), told);
    }
    case "aws_lambda_event_source_mapping": {
      const consumer = consumerOf(referred(resource, "function_name"));
      return place(resource, ["destination_config", "on_failure", "destination_arn"], {
        origin: "stream",
        of: consumer?.name,
        destination: undefined,
        consumers: consumer ? [consumer] : [],
      });
    }
    case "aws_sqs_queue":
      return place(resource, ["redrive_policy"], {
        origin: "queue",
        of: literalOf(resource.body.name),
        destination: destinationOf(resource),
        consumers: distinct(readersOf(resource, resources)),
      });
    case "aws_sqs_queue_redrive_policy": {
      const queue = referred(resource, "queue_url");
      return (
        queue &&
        place(resource, ["redrive_policy"], {
          origin: "queue",
          of: literalOf(queue.body.name),
          destination: destinationOf(queue),
          consumers: distinct(readersOf(queue, resources)),
        })
      );
    }
    default:
      return undefined;
  }
}

/** Whether a target does not get the event as it is: a dead letter need not be what it expects. */
const changesInput = ({ body }: Resource): boolean =>
  ["input", "input_path", "input_transformer"].some((argument) => body[argument] !== undefined);

/** A queue of a team's own, by its ARN. */
function ownQueue(
  arn: string | undefined,
  { of, ...rest }: Omit<DeadLetterPlace, "queue" | "region" | "of"> & { readonly of: string | undefined },
): DeadLetterPlace | undefined {
  const [, , service, region, , queue] = arn?.split(":") ?? [];
  if (service !== "sqs" || region === undefined || queue === undefined || of === undefined) return undefined;
  return { queue, region, of, ...rest };
}

/** The place that an argument leads to, if it is a queue of this environment. */
function place(
  resource: Resource,
  path: readonly string[],
  { of, ...rest }: Omit<DeadLetterPlace, "queue" | "region" | "of"> & { readonly of: string | undefined },
): DeadLetterPlace | undefined {
  const queue = referred(resource, ...path);
  const name = queue?.type === "aws_sqs_queue" ? literalOf(queue.body.name) : undefined;
  if (name === undefined || queue?.region === undefined || of === undefined) return undefined;
  return { queue: name, region: queue.region, of, ...rest };
}

function destinationOf(resource: Resource): Destination | undefined {
  const name = literalOf(resource.body.name);
  const { region } = resource;
  if (region === undefined) return undefined;
  if (resource.type === "aws_sqs_queue") return name === undefined ? undefined : { type: "queue", name, region };
  if (resource.type === "aws_cloudwatch_event_bus")
    return name === undefined ? undefined : { type: "bus", name, region };
  const found = functionPlace(resource);
  return found && { type: "function", ...found };
}

/** A destination in words. */
export function destinationText(destination: Destination | undefined): string {
  if (!destination) return "-";
  if (destination.type !== "function") return `${destination.type} ${destination.name}`;
  const { name, qualifier } = destination;
  return `function ${qualifier === undefined ? name : `${name}:${qualifier}`}`;
}
