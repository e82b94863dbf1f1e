import type { Construct } from "constructs";
import { ConstructError } from "../../modules/core";
import { type MessageQueue, QueueConsumer } from "../../modules/message-queue";
import type { ServiceFunction } from "../../modules/service-function";
import type { RegionalServiceConfig } from "./config";
import type { PrincipalUse } from "./function-use";

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

const knownQueue = (scope: Construct, { region, queues }: QueueUseProps) => {
  return (name: string): MessageQueue => {
    const queue = queues?.queue(name, region);
    if (queue) return queue;
    throw new ConstructError(scope, `uses queue "${name}", of which there is none in ${region}`, "declare the queue");
  };
};

/** The queues that a service sends to in its region. */
export function sendUse(
  scope: Construct,
  config: Pick<RegionalServiceConfig, "sends">,
  props: QueueUseProps,
): PrincipalUse {
  const known = knownQueue(scope, props);
  const sends = Object.entries(config.sends).map(([name, { variable }]) => ({ variable, queue: known(name) }));
  return {
    variables: Object.fromEntries(sends.map(({ variable, queue }) => [variable, queue.queueUrl])),
    connect(target) {
      for (const { queue } of sends) queue.grantSend(target);
    },
  };
}

/** The queues that a service sends to, and those whose messages it takes, in its region. */
export function queueUse(scope: Construct, config: RegionalServiceConfig, props: QueueUseProps) {
  const { region, activeRegion = region } = props;
  const known = knownQueue(scope, props);
  const consumers = new Map<string, QueueConsumer>();
  const sends = sendUse(scope, config, props);
  return {
    /** By the name of the queue, once it is connected. */
    consumers: consumers as ReadonlyMap<string, QueueConsumer>,
    variables: sends.variables,
    connect(target: ServiceFunction) {
      sends.connect(target);
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
