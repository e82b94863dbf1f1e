import type { BaseEnvironment, Rule, Service } from "../../contract";
import {
  agePeriodSeconds,
  messageRetentionSeconds as deadLetterRetentionSeconds,
} from "../../modules/dead-letter-queue";
import { defaultVisibilitySeconds, leastVisibilitySeconds, mostWithoutWindow } from "../../modules/message-queue";
import { checkHandledOnce } from "./handled-once";

/** Each service that takes messages of a queue, with the paths of both. */
function* consumers({ services, queues }: BaseEnvironment) {
  for (const [index, service] of services.entries()) {
    for (const [name, use] of Object.entries(service.queues)) {
      const at = queues.findIndex((queue) => queue.name === name);
      const queue = queues[at];
      if (queue)
        yield { service, use, name, queue, path: ["services", index, "queues", name], queuePath: ["queues", at] };
    }
  }
}

const leastVisibilityOf = ({ function: fn }: Service, use: Service["queues"][string]): number =>
  leastVisibilitySeconds(fn.timeoutSeconds, use.batchingWindowSeconds, use.pausedBy.length > 0);

const queuesHaveOneConsumer: Rule = {
  id: "queues-have-one-consumer",
  statement: "One service takes the messages of a queue.",
  check(environment, report) {
    const owners = new Map<string, string>();
    for (const { name, service, path } of consumers(environment)) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, service.name);
      else
        report(
          path,
          `is taken by the service "${owner}" already, and each message goes to one of them; use two queues`,
        );
    }
  },
};

const fifoQueues: Rule = {
  id: "fifo-queues-take-small-batches",
  statement: "A FIFO queue gives at most 10 messages at once, without a window, and takes no events of buses.",
  check(environment, report) {
    for (const { queue, use, path } of consumers(environment)) {
      if (!queue.fifo) continue;
      if (use.batchSize > mostWithoutWindow) {
        report([...path, "batchSize"], `is above what a FIFO queue gives at once; use at most ${mostWithoutWindow}`);
      }
      if (use.batchingWindowSeconds > 0) {
        report([...path, "batchingWindowSeconds"], "is nothing that a FIFO queue has; leave it out");
      }
    }
    environment.queues.forEach(({ fifo, subscriptions }, index) => {
      if (!fifo || Object.keys(subscriptions).length === 0) return;
      report(
        ["queues", index, "subscriptions"],
        "deliver to standard queues only; leave fifo out, or send to it yourself",
      );
    });
  },
};

/** The longest name of a rule that the toolkit makes. */
const longestRule = 40;

const subscriptionsFitNames: Rule = {
  id: "subscriptions-of-queues-fit-their-names",
  statement:
    "The name of a queue and that of its subscription, which name a rule together, have at most 40 characters.",
  check({ queues }, report) {
    queues.forEach(({ name, subscriptions }, index) => {
      for (const subscription of Object.keys(subscriptions)) {
        const rule = `${name}-${subscription}`;
        if (rule.length <= longestRule) continue;
        report(
          ["queues", index, "subscriptions", subscription],
          `makes a rule "${rule}" of ${rule.length} characters; shorten one of the names to ${longestRule} in all`,
        );
      }
    });
  },
};

const messagesStayHidden: Rule = {
  id: "messages-stay-hidden-while-they-are-handled",
  statement: "A queue hides a message for at least six times the timeout of its function, and the batching window.",
  check(environment, report) {
    for (const { service, use, queue, queuePath } of consumers(environment)) {
      const { visibilityTimeoutSeconds: hidden } = queue;
      const least = leastVisibilityOf(service, use);
      if (hidden === undefined || hidden >= least) continue;
      report(
        [...queuePath, "visibilityTimeoutSeconds"],
        `is less than ${use.pausedBy.length > 0 ? "it takes to pause the queue, or than " : ""}six times the timeout of the service "${service.name}" and its window, so messages would come again while they are handled; use at least ${least} s, or leave it out`,
      );
    }
  },
};

const retriesEndInTime: Rule = {
  id: "retries-end-before-messages-expire",
  statement: "A message becomes a dead letter before it expires, however often it fails.",
  check(environment, report) {
    const hidden = new Map<string, number>();
    for (const { name, service, use } of consumers(environment)) {
      hidden.set(name, leastVisibilityOf(service, use));
    }
    environment.queues.forEach((queue, index) => {
      const seconds = queue.visibilityTimeoutSeconds ?? hidden.get(queue.name) ?? defaultVisibilitySeconds;
      const longest = seconds * queue.maxReceiveCount;
      if (longest <= queue.messageRetentionSeconds) return;
      report(
        ["queues", index, "messageRetentionSeconds"],
        `is over before ${queue.maxReceiveCount} attempts of ${seconds} s are, so failed messages are lost without a dead letter; use at least ${longest} s, or fewer attempts`,
      );
    });
  },
};

const timesOfQueuesFit: Rule = {
  id: "times-of-queues-fit-their-retention",
  statement: "Messages are seen, and alarms on them fire, before they expire.",
  check({ queues }, report) {
    queues.forEach(({ messageRetentionSeconds: kept, delaySeconds, alarmThresholds }, index) => {
      const { oldestMessageSeconds: oldest, deadLetterAgeSeconds: oldestDead } = alarmThresholds;
      if (delaySeconds >= kept) {
        report(["queues", index, "delaySeconds"], `hides messages until they expire, after ${kept} s; use less`);
      }
      if (oldest >= kept) {
        const path = ["queues", index, "alarmThresholds", "oldestMessageSeconds"];
        report(path, `is never reached, because messages expire after ${kept} s; use less`);
      }
      // A dead letter keeps the time stamp of its message, which may have been as old as a message gets.
      const left = deadLetterRetentionSeconds - kept - agePeriodSeconds;
      if (oldestDead <= left) return;
      const path = ["queues", index, "alarmThresholds", "deadLetterAgeSeconds"];
      report(path, `may never be reached, because a dead letter keeps the age of its message; use at most ${left} s`);
    });
  },
};

const queuesFitConcurrency: Rule = {
  id: "queues-fit-the-reserved-concurrency",
  statement: "All queues of a function together use at most the concurrency that it reserves.",
  check({ services }, report) {
    services.forEach((service, index) => {
      const reserved = service.function.reservedConcurrency;
      const uses = Object.values(service.queues);
      const sum = uses.reduce((total, { maximumConcurrency }) => total + maximumConcurrency, 0);
      if (typeof reserved !== "number" || sum <= reserved) return;
      report(
        ["services", index, "function", "reservedConcurrency"],
        `is less than the maximumConcurrency of its queues, ${sum}: throttled messages use up their attempts and become dead letters; reserve at least ${sum}, or lower maximumConcurrency`,
      );
    });
  },
};

const consumersHandleOnce: Rule = {
  id: "queue-consumers-handle-once",
  statement: "A service that takes messages remembers which it has handled, in a table that all regions ask.",
  check(environment, report, enabled) {
    for (const { service, use, path } of consumers(environment)) {
      checkHandledOnce({ environment, enabled, service, use, path, report });
    }
  },
};

export const queueRules: readonly Rule[] = [
  queuesHaveOneConsumer,
  fifoQueues,
  subscriptionsFitNames,
  messagesStayHidden,
  retriesEndInTime,
  timesOfQueuesFit,
  queuesFitConcurrency,
  consumersHandleOnce,
];
