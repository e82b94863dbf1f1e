import { existsSync } from "node:fs";
import type { Rule } from "../../contract";

const servicesUseDeclaredTables: Rule = {
  id: "services-use-declared-tables",
  statement: "A service uses only tables that the environment declares.",
  check({ services, tables, existingTables }, report) {
    const known = [...tables, ...existingTables].map(({ name }) => name);
    services.forEach((service, index) => {
      for (const table of Object.keys(service.tables)) {
        if (known.includes(table)) continue;
        const remedy = known.length > 0 ? `use one of ${known.join(", ")}, or declare it` : "declare it";
        report(["services", index, "tables", table], `is not a table of this environment; ${remedy} under tables`);
      }
    });
  },
};

const servicesUseDeclaredBuses: Rule = {
  id: "services-use-declared-buses",
  statement: "A service uses only event buses that the environment declares.",
  check({ services, queues, eventBuses, existingBuses }, report) {
    const known = [...eventBuses, ...existingBuses].map(({ name }) => name);
    const remedy = known.length > 0 ? `use one of ${known.join(", ")}, or declare it` : "declare it";
    const wrong = `is not an event bus of this environment; ${remedy} under eventBuses`;
    services.forEach(({ publishes, subscriptions }, index) => {
      for (const bus of Object.keys(publishes).filter((name) => !known.includes(name))) {
        report(["services", index, "publishes", bus], wrong);
      }
      for (const [name, { bus }] of Object.entries(subscriptions)) {
        if (!known.includes(bus)) report(["services", index, "subscriptions", name, "bus"], wrong);
      }
    });
    queues.forEach(({ subscriptions }, index) => {
      for (const [name, { bus }] of Object.entries(subscriptions)) {
        if (!known.includes(bus)) report(["queues", index, "subscriptions", name, "bus"], wrong);
      }
    });
  },
};

const servicesUseDeclaredQueues: Rule = {
  id: "services-use-declared-queues",
  statement: "A service uses only queues that the environment declares.",
  check({ services, queues }, report) {
    const known = queues.map(({ name }) => name);
    const remedy = known.length > 0 ? `use one of ${known.join(", ")}, or declare it` : "declare it";
    services.forEach((service, index) => {
      for (const field of ["queues", "sends"] as const) {
        for (const name of Object.keys(service[field]).filter((one) => !known.includes(one))) {
          report(["services", index, field, name], `is not a queue of this environment; ${remedy} under queues`);
        }
      }
    });
  },
};

const handlersExist: Rule = {
  id: "handlers-exist",
  statement: "The file of each handler exists.",
  check({ services }, report) {
    services.forEach((service, index) => {
      const { entry } = service.function;
      if (entry === undefined || existsSync(entry)) return;
      report(
        ["services", index, "function", "entry"],
        "does not exist; write the handler's path relative to the project folder",
      );
    });
  },
};

export const referenceRules: readonly Rule[] = [
  servicesUseDeclaredTables,
  servicesUseDeclaredBuses,
  servicesUseDeclaredQueues,
  handlersExist,
];
