import type { BaseEnvironment, Queue, Rule, Service } from "../../contract";
import { filled, type OnFailure } from "./on-failure";

type FailingService = Pick<Service, "name" | "subscriptions" | "queues"> & { readonly onFailure?: OnFailure };
interface FailingEnvironment extends Pick<BaseEnvironment, "name" | "account" | "regions"> {
  readonly services: readonly FailingService[];
  readonly queues: readonly Pick<Queue, "name" | "fifo">[];
  readonly eventBuses: readonly { readonly name: string }[];
  readonly existingBuses: readonly { readonly name: string }[];
}

/** Each service with a destination, and the path of it. */
function* destinations({ services }: FailingEnvironment) {
  for (const [index, service] of services.entries()) {
    const { onFailure } = service;
    if (onFailure) yield { service, onFailure, path: ["services", index, "onFailure"] as PropertyKey[] };
  }
}

const invokedAsynchronously: Rule<FailingEnvironment> = {
  id: "failing-functions-are-invoked-asynchronously",
  statement: "What a service failed on goes somewhere only where its function is invoked asynchronously.",
  check(environment, report) {
    const called = new Set(environment.services.flatMap(({ onFailure }) => onFailure?.function ?? []));
    for (const { service, path } of destinations(environment)) {
      if (Object.keys(service.subscriptions).length > 0 || called.has(service.name)) continue;
      report(
        path,
        "is for asynchronous invocations, and nothing invokes this function so: requests of an API are answered, and queues keep their messages; add a subscription, or remove it",
      );
    }
  },
};

const destinationsExist: Rule<FailingEnvironment> = {
  id: "failed-events-go-to-what-is-there",
  statement:
    "What a service failed on goes to a standard queue, a bus or another service of the environment, or to an ARN.",
  check(environment, report) {
    const { queues, eventBuses, existingBuses, services } = environment;
    const buses = [...eventBuses, ...existingBuses].map(({ name }) => name);
    const one = (of: readonly string[]) =>
      of.length > 0 ? `use one of ${of.join(", ")}, or declare it` : "declare it";
    for (const { service, onFailure, path } of destinations(environment)) {
      if (onFailure.queue !== undefined) {
        const queue = queues.find(({ name }) => name === onFailure.queue);
        const standard = queues.filter(({ fifo }) => !fifo).map(({ name }) => name);
        if (!queue) report([...path, "queue"], `is not a queue of this environment; ${one(standard)} under queues`);
        else if (queue.fifo)
          report([...path, "queue"], "is a FIFO queue, to which Lambda sends no failed events; use a standard one");
        else if (onFailure.queue in service.queues)
          report(
            [...path, "queue"],
            "is what this service takes its messages from, so each failure would come back to it as another one; use another queue",
          );
      }
      if (onFailure.bus !== undefined && !buses.includes(onFailure.bus)) {
        report([...path, "bus"], `is not an event bus of this environment; ${one(buses)} under eventBuses`);
      }
      if (onFailure.function !== undefined && !services.some(({ name }) => name === onFailure.function)) {
        const others = services.map(({ name }) => name).filter((name) => name !== service.name);
        report([...path, "function"], `is not a service of this environment; ${one(others)} under services`);
      }
    }
  },
};

const oneServiceEach: Rule<FailingEnvironment> = {
  id: "queues-of-failed-events-have-one-service",
  statement:
    "A queue has the failed events of one service, so that it is known where they go when they are sent again.",
  check(environment, report) {
    const owners = new Map<string, string>();
    for (const { service, onFailure, path } of destinations(environment)) {
      const { queue, arn } = onFailure;
      const [field, name] = queue === undefined ? (["arn", arn] as const) : (["queue", queue] as const);
      if (name === undefined || (field === "arn" && !/^arn:[^:]+:sqs:/.test(name))) continue;
      const owner = owners.get(`${field} ${name}`);
      if (owner === undefined) owners.set(`${field} ${name}`, service.name);
      else
        report(
          [...path, field],
          `has the failed events of the service "${owner}" already, and evenkeel redrive could not tell them apart; use a queue for each`,
        );
    }
  },
};

const noCircle: Rule<FailingEnvironment> = {
  id: "failed-events-go-in-no-circle",
  statement: "What a service failed on does not come back to it.",
  check(environment, report) {
    const next = new Map(environment.services.map(({ name, onFailure }) => [name, onFailure?.function]));
    for (const { service, onFailure, path } of destinations(environment)) {
      const passed = new Set<string>();
      let at = onFailure.function;
      while (at !== undefined && at !== service.name && !passed.has(at)) {
        passed.add(at);
        at = next.get(at);
      }
      if (at === service.name) {
        report(
          [...path, "function"],
          passed.size === 0
            ? "is this service itself, which would fail on its own failures without end; use another one"
            : `leads back to this service by way of ${[...passed].join(", ")}, so a failure would go round without end; end the chain in a queue or bucket`,
        );
      }
      const { bus } = onFailure;
      for (const [name, { bus: from, eventPattern }] of bus === undefined
        ? []
        : Object.entries(service.subscriptions)) {
        const sources = [eventPattern.source ?? []].flat();
        if (from !== bus || !sources.includes("lambda")) continue;
        report(
          [...path, "bus"],
          `has the records of failures, and the subscription "${name}" brings what comes from lambda back to this service; use another bus, or subscribe another service`,
        );
      }
    }
  },
};

const inTheirRegion: Rule<FailingEnvironment> = {
  id: "failed-events-stay-in-their-region",
  statement: "What a function failed on goes to something in its own region, of a kind that takes it.",
  check(environment, report) {
    const { name: prefix, account, regions } = environment;
    for (const { onFailure, path } of destinations(environment)) {
      for (const field of ["arn", "keyArn"] as const) {
        const text = onFailure[field];
        if (text === undefined) continue;
        if (field === "arn" && text.endsWith(".fifo")) {
          report([...path, field], "is FIFO, and Lambda sends no failed events there; use a standard queue or topic");
        }
        const elsewhere = [regions.home, ...regions.standby].find((region) => {
          const [, , , where = ""] = filled(text, { environment: prefix, region, account }).split(":");
          return where !== "" && where !== region;
        });
        if (elsewhere === undefined) continue;
        report(
          [...path, field],
          `is not in ${elsewhere}, where the function may run too; write {region} for the region, and have one in each`,
        );
      }
    }
  },
};

export const onFailureRules = [invokedAsynchronously, destinationsExist, oneServiceEach, noCircle, inTheirRegion];
