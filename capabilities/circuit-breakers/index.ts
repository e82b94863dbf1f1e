import { z } from "zod";
import { defineCapability, reservedServiceName } from "../../contract";
import { CircuitBreakers, dependencyConfig } from "../../modules/circuit-breakers";
import { kebabName } from "../../modules/core";
import { QueuePausing, queuePausingConfig } from "../../modules/queue-pausing";
import { pausingRules } from "./pausing-rules";

/** What the breakers of services share in each region: their state, the switches that force them, and alarms. */
export const circuitBreakers = defineCapability({
  name: "circuitBreakers",
  brings: "circuit breakers with shared state before what services depend on, with switches and alarms",
  fields: {
    environment: {
      dependencies: z
        .array(dependencyConfig)
        .default([])
        .describe("What services call through a circuit breaker, which is shared from the stage that brings it."),
      queuePausing: queuePausingConfig
        .prefault({})
        .describe("What has queues wait while a circuit breaker is open, for those with pausedBy."),
    },
    service: {
      dependencies: z
        .array(kebabName(32))
        .default([])
        .describe(
          "The dependencies that it calls, by their names. Sets CIRCUIT_BREAKERS_TABLE_NAME, CIRCUIT_BREAKERS_PATH and DEPENDENCY_<NAME> for each.",
        ),
    },
  },
  rules: [
    reservedServiceName("circuit-breakers", "the circuit breakers"),
    reservedServiceName("queue-pausing", "what pauses queues"),
    ...pausingRules,
    {
      id: "dependencies-have-a-name-each",
      statement: "No two dependencies have the same name.",
      check({ dependencies }, report) {
        dependencies.forEach(({ name }, index) => {
          if (dependencies.findIndex((other) => other.name === name) === index) return;
          report(["dependencies", index, "name"], "is the name of another dependency; choose another name");
        });
      },
    },
    {
      id: "services-call-declared-dependencies",
      statement: "Each dependency of a service is one of the environment, and named once.",
      check({ dependencies, services }, report) {
        const names = dependencies.map(({ name }) => name);
        services.forEach((service, index) => {
          service.dependencies.forEach((name, position) => {
            const at = ["services", index, "dependencies", position];
            if (!names.includes(name)) {
              report(at, `is no dependency of the environment, which has ${names.join(", ") || "none"}; declare it`);
            } else if (service.dependencies.indexOf(name) < position) {
              report(at, "is listed twice; list it once");
            }
          });
        });
      },
    },
    {
      id: "breakers-reach-their-state",
      statement:
        "The network of a service's database, if it is made, lets the function reach the state of its breakers.",
      check({ services, databases }, report) {
        services.forEach((service, index) => {
          const { database, dependencies } = service;
          if (dependencies.length === 0 || !database) return;
          const at = databases.findIndex(({ name }) => name === database.name);
          const network = databases[at]?.network;
          if (!network || "existing" in network) return;
          const needed = [
            ["gatewayEndpoints", "dynamodb"],
            ["interfaceEndpoints", "ssm"],
          ] as const;
          for (const [list, endpoint] of needed) {
            if ((network[list] as readonly string[]).includes(endpoint)) continue;
            report(
              ["databases", at, "network", list],
              `has no ${endpoint}, but the function of ${services[index]?.name} in the network has dependencies; add it, or let another service call them`,
            );
          }
        });
      },
    },
  ],
  builds: {
    region(scope, { config, deployment, region, service, dataKey, operationsKey, alarmTarget }) {
      const used = config.dependencies.filter(({ name }) =>
        config.services.some(({ dependencies }) => dependencies.includes(name)),
      );
      if (used.length === 0) return;
      const { environment, account, tracing } = deployment;
      const breakers = new CircuitBreakers(scope, "circuit-breakers", {
        config: { dependencies: used },
        environment,
        region,
        account,
        key: dataKey,
        alarms: alarmTarget,
      });
      for (const { name, dependencies } of config.services) {
        const regional = service(name);
        regional.showBreakers(breakers.protect(regional.function, dependencies));
      }
      const paused = config.services.flatMap(({ name }) => {
        const regional = service(name);
        return [...regional.consumers].flatMap(([queue, consumer]) =>
          consumer.pausedBy.length > 0 ? [{ queue, consumer, regional }] : [],
        );
      });
      if (paused.length === 0) return;
      const pausing = new QueuePausing(scope, "queue-pausing", {
        config: config.queuePausing,
        name: `${environment}-queue-pausing`,
        environment,
        region,
        account,
        breakers,
        key: operationsKey,
        tracing,
        alarms: alarmTarget,
      });
      for (const { queue, consumer, regional } of paused) {
        regional.showPause(pausing.pause(queue, consumer, regional.function));
      }
    },
  },
});
