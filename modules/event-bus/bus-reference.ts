import type { PolicyStatement } from "../core";

/** What others need to know of a bus; an `EventBus` is one. */
export interface EventBusReference {
  readonly region: string;
  /** Literal: the same in each region. */
  readonly eventBusName: string;
  readonly eventBusArn: string;
}

/**
 * The source of the events by which an event endpoint keeps its health metric alive. Rules must not match it, and archives
 * leave it out.
 */
export const heartbeatSource = "evenkeel.heartbeat";

/** Which events a principal may publish. */
export interface PublishAccess {
  /** The values of `source` that it may use; any unless given. */
  readonly sources?: readonly string[];
}

/**
 * Permission to put events on buses.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export function publishStatement(eventBusArns: readonly string[], { sources }: PublishAccess): PolicyStatement {
  return {
    actions: ["events:PutEvents"],
    resources: eventBusArns,
    ...(sources ? { conditions: { StringEquals: { "events:source": sources } } } : {}),
  };
}
