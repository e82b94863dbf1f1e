import type { Rule } from "../../contract";
import { networkCalls } from "./network-calls";

const servicesUseDeclaredDatabases: Rule = {
  id: "services-use-declared-databases",
  statement: "A service connects to a database that the environment declares, as one of its users.",
  check({ services, databases }, report) {
    const known = databases.map(({ name }) => name);
    services.forEach(({ database: use }, index) => {
      if (!use) return;
      const database = databases.find(({ name }) => name === use.name);
      if (!database) {
        const remedy = known.length > 0 ? `use one of ${known.join(", ")}, or declare it` : "declare it";
        report(
          ["services", index, "database", "name"],
          `is not a database of this environment; ${remedy} under databases`,
        );
      } else if (!use.login && !database.users.includes(use.user)) {
        report(
          ["services", index, "database", "user"],
          `is not a user of ${use.name}; use one of ${database.users.join(", ")}, or add it to the database's users`,
        );
      }
    });
  },
};

/** A function that connects runs in the network of its database, and must reach everything else that it calls from there. */
const createdNetworksHaveEndpoints: Rule = {
  id: "created-networks-have-endpoints",
  statement: "A network that the toolkit creates has an endpoint for each AWS service that is called from it.",
  check(environment, report, enabled) {
    environment.databases.forEach((database, index) => {
      if (database.network.existing) return;
      const endpoints = networkCalls(database, environment, enabled).flatMap((call) => call.endpoints);
      for (const { list, service, because } of endpoints) {
        const listed: readonly string[] = database.network[list];
        if (!listed.includes(service)) {
          report(["databases", index, "network", list], `has no "${service}", ${because}`);
        }
      }
    });
  },
};

const publishersAreOutside: Rule = {
  id: "publishers-are-outside",
  statement:
    "A service in a network that the toolkit creates does not publish events, because their endpoints are on the internet.",
  check({ services, databases }, report) {
    services.forEach(({ database: use, publishes }, index) => {
      const database = databases.find(({ name }) => name === use?.name);
      if (!database || database.network.existing || Object.keys(publishes).length === 0) return;
      report(
        ["services", index, "publishes"],
        `cannot be reached from the network of the database ${database.name}, because event endpoints are on the internet; publish from another service`,
      );
    });
  },
};

export const databaseRules: readonly Rule[] = [
  servicesUseDeclaredDatabases,
  createdNetworksHaveEndpoints,
  publishersAreOutside,
];
