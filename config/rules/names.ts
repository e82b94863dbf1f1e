import { type BaseEnvironment, type Rule, reservedServiceName } from "../../contract";
import { domainsOf, regionalDomainsOf } from "../domains";

const lists = ["tables", "databases", "eventBuses", "queues", "services", "containers"] as const;

const namesAreUnique: Rule = {
  id: "names-are-unique",
  statement: "No two tables, databases, buses, queues or services have the same name.",
  check(environment, report) {
    for (const list of lists) {
      const names = environment[list].map(({ name }) => name);
      names.forEach((name, index) => {
        if (names.indexOf(name) === index) return;
        report([list, index, "name"], `is already the name of ${list}[${names.indexOf(name)}]; give each its own name`);
      });
    }
  },
};

const namesAreNoReferences: Rule = {
  id: "names-are-no-references",
  statement: "No name begins with cross-stack-, as cdktf's references between stacks do.",
  check(environment, report) {
    for (const list of lists) {
      environment[list].forEach(({ name }, index) => {
        if (!name.startsWith("cross-stack-")) return;
        report(
          [list, index, "name"],
          'begins with "cross-stack-", as references of cdktf between stacks do; use another name',
        );
      });
    }
  },
};

/** Outputs of a service, in functions or in containers, which have its name in front: they stand beside the services themselves. */
const outputs = ["endpoint", "dashboard"];

const servicesAreNoOutputs: Rule = {
  id: "services-are-no-outputs",
  statement: "No service has the name of another service's output, such as `<service>-endpoint`.",
  check({ services, containers }, report) {
    const taken = new Map(
      [...services, ...containers].flatMap(({ name }) =>
        outputs.map((output) => [`${name}-${output}`, name] as [string, string]),
      ),
    );
    for (const [list, all] of Object.entries({ services, containers })) {
      all.forEach(({ name }, index) => {
        const owner = taken.get(name);
        if (owner === undefined) return;
        report([list, index, "name"], `is the name of an output of the service "${owner}"; give it another name`);
      });
    }
  },
};

/** The names of rules and their queues are joined by hyphens, which names have as well. */
const subscriptionsAreUnique: Rule = {
  id: "subscriptions-are-unique",
  statement: "No two subscriptions to a bus have one name in AWS, `<service or queue>-<subscription>`.",
  check(environment, report) {
    const taken = new Map<string, string>();
    for (const { list, index, subscription, bus, name } of subscriptionsOf(environment)) {
      const owner = taken.get(`${bus} ${name}`);
      taken.set(`${bus} ${name}`, `${list}[${index}].subscriptions.${subscription}`);
      if (owner === undefined) continue;
      report(
        [list, index, "subscriptions", subscription],
        `has the name of ${owner} in AWS, "${name}"; give it another name`,
      );
    }
  },
};

/** Every subscription to a bus, with its name in AWS. */
const subscriptionsOf = (environment: BaseEnvironment) =>
  (["services", "queues"] as const).flatMap((list) =>
    environment[list].flatMap(({ name, subscriptions }, index) =>
      Object.entries(subscriptions).map(([subscription, { bus }]) => ({
        list,
        index,
        subscription,
        bus,
        name: `${name}-${subscription}`,
      })),
    ),
  );

const busesAreNoSubscriptions: Rule = {
  id: "buses-are-no-subscriptions",
  statement: "No bus has the name of a subscription's dead letters, `<bus>-<service or queue>-<subscription>`.",
  check(environment, report) {
    const taken = subscriptionsOf(environment).map(({ bus, name }) => `${bus}-${name}`);
    environment.eventBuses.forEach(({ name }, index) => {
      if (!taken.includes(name)) return;
      report(["eventBuses", index, "name"], "names the queue of a subscription as well; give the bus another name");
    });
  },
};

const domainsAreUnique: Rule = {
  id: "domains-are-unique",
  statement: "No two services have the same domain name.",
  check(environment, report) {
    // CloudFront allows an alias only once, and its record would overwrite that of an API.
    const order = domainsOf(environment).sort(
      ({ path: left }, { path: right }) => Number(left.includes("edge")) - Number(right.includes("edge")),
    );
    const seen = new Set<string>();
    for (const { path, domain } of order) {
      if (seen.has(domain)) report([...path], "is the domain of another service as well; give each its own");
      seen.add(domain);
    }
  },
};

const domainsAreNoRegions: Rule = {
  id: "domains-are-no-regions",
  statement: "No domain is one that the toolkit makes for a region of an API, `<region>.<domain>`.",
  check(environment, report) {
    const regional = new Map(regionalDomainsOf(environment).map(({ domain, owner }) => [domain, owner]));
    for (const { path, domain } of domainsOf(environment)) {
      const owner = regional.get(domain);
      if (owner === undefined) continue;
      report([...path], `is the domain of the service "${owner}" in one of its regions; use another domain`);
    }
  },
};

const noServiceIsTheRecoveryCluster = reservedServiceName("recovery-cluster", "the switch of regions by hand");

export const nameRules: readonly Rule[] = [
  namesAreUnique,
  namesAreNoReferences,
  servicesAreNoOutputs,
  subscriptionsAreUnique,
  busesAreNoSubscriptions,
  noServiceIsTheRecoveryCluster,
  reservedServiceName("container-network", "the network of containers"),
  domainsAreUnique,
  domainsAreNoRegions,
];
