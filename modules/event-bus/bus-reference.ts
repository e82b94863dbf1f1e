import type { PolicyStatement } from "../core";

/** The properties of a bus that other constructs need; `EventBus` implements it. */
export interface EventBusReference {
  readonly region: string;
  /** A literal, the same in each region. */
  readonly eventBusName: string;
  readonly eventBusArn: string;
}

/**
 * The source of the heartbeat events that keep an event endpoint's health metric alive. Rules must not match it, and
 * archives exclude it.
 */
export const heartbeatSource = "evenkeel.heartbeat";

/** Which events a principal may publish. */
export interface PublishAccess {
  /** The allowed values of `source`; any value by default. */
  readonly sources?: readonly string[];
}

/**
 * Allows putting events on buses.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export function publishStatement(eventBusArns: readonly string[], { sources }: PublishAccess): PolicyStatement {
  return {
    actions: ["events:PutEvents"],
    resources: eventBusArns,
    ...(sources ? { conditions: { StringEquals: { "events:source": sources } } } : {}),
  };
}
