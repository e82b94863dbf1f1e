import type { BaseEnvironment, Rule, Service } from "../../contract";

interface PausingEnvironment {
  readonly services: readonly (Pick<Service, "name" | "queues"> & { readonly dependencies: readonly string[] })[];
  readonly queues: BaseEnvironment["queues"];
}

/** The least time that a paused queue keeps messages, in seconds: 4 days, a long weekend. */
const leastRetentionSeconds = 345_600;

/** The most: what another region has handled meanwhile is remembered for 8 days, a day more than this. */
const mostRetentionSeconds = 604_800;

/** The least attempts: each time that a breaker opens may cost a message two, the one that failed and one before the queue is paused. */
const leastReceives = 10;

/** Each queue that circuit breakers pause, with the paths of both sides. */
function* pausedQueues({ services, queues }: PausingEnvironment) {
  for (const [index, service] of services.entries()) {
    for (const [name, use] of Object.entries(service.queues)) {
      const at = queues.findIndex((queue) => queue.name === name);
      const queue = queues[at];
      if (!queue || use.pausedBy.length === 0) continue;
      yield { service, use, queue, path: ["services", index, "queues", name], queuePath: ["queues", at] };
    }
  }
}

/** That a queue waits for what its service calls, and loses nothing while it waits. */
export const pausingRules: readonly Rule<PausingEnvironment>[] = [
  {
    id: "queues-are-paused-by-dependencies-of-their-service",
    statement: "A queue is paused by dependencies of the service that takes it, each named once.",
    check({ services }, report) {
      services.forEach(({ name: service, queues, dependencies }, index) => {
        for (const [name, { pausedBy }] of Object.entries(queues)) {
          pausedBy.forEach((dependency, position) => {
            const at = ["services", index, "queues", name, "pausedBy", position];
            if (!dependencies.includes(dependency)) {
              const known = dependencies.join(", ") || "none";
              report(
                at,
                `is no dependency of the service "${service}", which has ${known}; add it to dependencies of the service`,
              );
            } else if (pausedBy.indexOf(dependency) < position) {
              report(at, "is listed twice; list it once");
            }
          });
        }
      });
    },
  },
  {
    id: "paused-queues-keep-messages",
    statement: "A queue that circuit breakers pause keeps messages for 4 to 7 days.",
    check(environment, report) {
      for (const { use, queue, queuePath } of pausedQueues(environment)) {
        const { messageRetentionSeconds: kept } = queue;
        const at = [...queuePath, "messageRetentionSeconds"];
        if (kept < leastRetentionSeconds) {
          report(
            at,
            `loses what waits for ${use.pausedBy.join(", ")} too soon; use at least ${leastRetentionSeconds} s, 4 days`,
          );
        }
        if (kept > mostRetentionSeconds && use.idempotency.table !== undefined) {
          report(
            at,
            `is longer than what was handled in another region is remembered, so that a message that waited could be handled twice; use at most ${mostRetentionSeconds} s, 7 days`,
          );
        }
      }
    },
  },
  {
    id: "paused-queues-give-attempts",
    statement: "A queue that circuit breakers pause gives a message at least 10 attempts.",
    check(environment, report) {
      for (const { queue, queuePath } of pausedQueues(environment)) {
        if (queue.maxReceiveCount >= leastReceives) continue;
        report(
          [...queuePath, "maxReceiveCount"],
          `makes good messages dead letters when a breaker opens a few times, each of which may cost two attempts; use at least ${leastReceives}`,
        );
      }
    },
  },
];
