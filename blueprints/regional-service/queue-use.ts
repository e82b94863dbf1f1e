import type { Construct } from "constructs";
import { ConstructError } from "../../modules/core";
import { type MessageQueue, QueueConsumer } from "../../modules/message-queue";
import type { ServiceFunction } from "../../modules/service-function";
import type { RegionalServiceConfig } from "./config";

/** Finds the queues of an environment by their names in it. */
export interface RegionalQueues {
  /** The queue in a region; undefined if the environment has none of that name there. */
  queue(name: string, region: string): MessageQueue | undefined;
}

export interface QueueUseProps {
  /** The region that it is in. */
  readonly region: string;
  /** The queues of the environment. */
  readonly queues?: RegionalQueues;
  /** The region that serves first; the only one that reads queues of `consumedIn: "active-region"`. */
  readonly activeRegion?: string;
}

/** The queues that a service sends to, and those whose messages it takes, in its region. */
export function queueUse(scope: Construct, config: RegionalServiceConfig, props: QueueUseProps) {
  const { region, queues, activeRegion = region } = props;
  const known = (name: string): MessageQueue => {
    const queue = queues?.queue(name, region);
    if (queue) return queue;
    throw new ConstructError(scope, `uses queue "${name}", of which there is none in ${region}`, "declare the queue");
  };
  const consumers = new Map<string, QueueConsumer>();
  const sends = Object.entries(config.sends).map(([name, { variable }]) => ({ variable, queue: known(name) }));
  return {
    /** By the name of the queue, once it is connected. */
    consumers: consumers as ReadonlyMap<string, QueueConsumer>,
    variables: Object.fromEntries(sends.map(({ variable, queue }) => [variable, queue.queueUrl])),
    connect(target: ServiceFunction) {
      for (const { queue } of sends) queue.grantSend(target);
      for (const [name, consumer] of Object.entries(config.queues)) {
        const made = new QueueConsumer(scope, `queue-${name}`, {
          config: consumer,
          queue: known(name),
          target,
          active: consumer.consumedIn === "every-region" || region === activeRegion,
        });
        consumers.set(name, made);
      }
    },
  };
}
