import { callsOf } from "../../blueprints/regional-container";
import { type BaseEnvironment, type Rule, tracingCalls } from "../../contract";
import { mostTasks } from "../../modules/container-service";
import { recoveryProblems } from "../../modules/recovery-objectives";
import { containerRecoveryRows } from "../recovery";

const containersHaveANetwork: Rule = {
  id: "containers-have-a-network",
  statement:
    "Containers have a network in each region that they are in now or at a later stage, which reaches what they call.",
  check(environment, report, { comes }) {
    const { containers, containerNetwork: network, regions } = environment;
    if (containers.length === 0) return;
    if (!network) {
      report(
        ["containerNetwork"],
        "is required with containers; set cidrBlock to a block such as 10.72.0.0/20, or name your own VPCs in existing",
      );
      return;
    }
    const known: readonly string[] = [regions.home, ...regions.standby];
    const needed = comes("standbyServices") ? known : [regions.home];
    const at = ["containerNetwork", "existing"];
    for (const region of network.existing ? needed : []) {
      if (network.existing && region in network.existing) continue;
      report([...at, region], "is required, as containers run there; add it, with the ids of its VPC and subnets");
    }
    for (const region of Object.keys(network.existing ?? {})) {
      if (known.includes(region)) continue;
      report([...at, region], `is not a region of this environment; use one of ${known.join(", ")}`);
    }
    if (network.existing) return;
    containers.forEach((container, index) => {
      for (const bus of Object.keys(container.publishes)) {
        if (!comes("replicatedEvents")) continue;
        report(
          ["containers", index, "publishes", bus],
          "cannot reach the endpoint of events, which is on the internet, from a VPC without a way there; use a VPC of your own in containerNetwork.existing, or publish from a function",
        );
      }
    });
  },
};

/** What a container and a function name alike. */
const containersUseWhatIsDeclared: Rule = {
  id: "containers-use-what-is-declared",
  statement: "A container uses only tables, buses, queues and encrypted messages that the environment has.",
  check(environment, report) {
    const { containers, services, tables, existingTables, eventBuses, existingBuses, queues } = environment;
    const names = (lists: readonly (readonly { readonly name: string }[])[]): string[] =>
      lists.flat().map(({ name }) => name);
    const known = {
      tables: { what: "a table", all: names([tables, existingTables]), list: "tables" },
      publishes: { what: "an event bus", all: names([eventBuses, existingBuses]), list: "eventBuses" },
      sends: { what: "a queue", all: names([queues]), list: "queues" },
    } as const;
    const encrypting = [...services, ...containers].filter(({ encryption }) => encryption && !encryption.readsOf);
    containers.forEach((container, index) => {
      for (const field of ["tables", "publishes", "sends"] as const) {
        const { what, all, list } = known[field];
        for (const name of Object.keys(container[field]).filter((one) => !all.includes(one))) {
          const remedy = all.length > 0 ? `use one of ${all.join(", ")}, or declare it` : "declare it";
          report(["containers", index, field, name], `is not ${what} of this environment; ${remedy} under ${list}`);
        }
      }
      if (!container.encryption) return;
      const at = ["containers", index, "encryption"];
      if (environment.keyManagement.provider !== "kms") {
        report(
          at,
          "is for keys in KMS only, as the login to Vault is that of functions; encrypt in a function, or leave it out",
        );
      }
      const { readsOf } = container.encryption;
      if (readsOf === undefined) return;
      const owners = encrypting.map(({ name }) => name).filter((name) => name !== container.name);
      if (owners.includes(readsOf)) return;
      const remedy = owners.length > 0 ? `use one of ${owners.join(", ")}` : "add encryption: {} to it";
      report([...at, "readsOf"], `is not another service that encrypts; ${remedy}`);
    });
  },
};

const containersHaveNamesOfTheirOwn: Rule = {
  id: "containers-have-names-of-their-own",
  statement: "No container has the name of a service, of an output, or one that the toolkit uses beside them.",
  check({ containers, services }, report) {
    const taken = new Map<string, string>();
    services.forEach(({ name }, index) => {
      taken.set(name, `services[${index}]`);
      taken.set(`${name}-endpoint`, `an output of services[${index}]`);
    });
    containers.forEach(({ name }, index) => {
      const owner = taken.get(name);
      // Two containers of one name are told of where all lists are looked at.
      if (owner !== undefined && !owner.startsWith("containers[")) {
        report(["containers", index, "name"], `is already the name of ${owner}; give each its own`);
      }
      taken.set(name, `containers[${index}]`);
      taken.set(`${name}-endpoint`, `an output of containers[${index}]`);
    });
    services.forEach(({ name }, index) => {
      if (containers.some((container) => `${container.name}-endpoint` === name))
        report(["services", index, "name"], "is the name of an output of a container; give it another name");
    });
  },
};

const containersRecover: Rule = {
  id: "containers-recover",
  statement: "The configuration can achieve what a container promises for the loss of its home region.",
  check(environment, report) {
    environment.containers.forEach((container, index) => {
      if (!container.recovery) return;
      const at = ["containers", index, "recovery"];
      if (environment.regions.standby.length === 0) {
        report(
          at,
          "promises recovery in another region, but regions.standby names none; name one, or remove the promise",
        );
      }
      const rows = containerRecoveryRows(container, environment);
      for (const { path, message } of recoveryProblems(container.recovery, rows)) report([...at, ...path], message);
    });
  },
};

const containersHaveWhatIsRegional: Rule = {
  id: "containers-have-what-is-regional",
  statement: "Buckets of access logs and web ACLs are named for the regions that a container is in.",
  check({ containers, regions }, report, { comes }) {
    const known: readonly string[] = [regions.home, ...regions.standby];
    const needed = comes("standbyServices") ? known : [regions.home];
    containers.forEach(({ loadBalancer: { accessLogs, webAclArns } }, index) => {
      const at = ["containers", index, "loadBalancer"];
      const lists = [
        { field: ["accessLogs", "buckets"], entries: accessLogs?.buckets, what: "a bucket for its access logs" },
        // Without one anywhere, no region has a firewall.
        {
          field: ["webAclArns"],
          entries: Object.keys(webAclArns).length > 0 ? webAclArns : undefined,
          what: "a web ACL",
        },
      ];
      for (const { field, entries, what } of lists) {
        if (!entries) continue;
        for (const region of needed.filter((one) => !(one in entries))) {
          report([...at, ...field, region], `is required, as the load balancer there needs ${what} as well; add it`);
        }
        for (const region of Object.keys(entries).filter((one) => !known.includes(one))) {
          report([...at, ...field, region], `is not a region of this environment; use one of ${known.join(", ")}`);
        }
      }
    });
  },
};

const networksOfContainersAreUsed: Rule = {
  id: "container-networks-are-used",
  statement: "A network of containers has containers in it.",
  check({ containers, containerNetwork }, report) {
    if (!containerNetwork) return;
    if (containers.length === 0) {
      report(["containerNetwork"], "has no effect without containers; add one, or remove this");
    }
  },
};

/** The vCPUs of all tasks that there may be while deployments replace them. */
export const fargateVcpusOf = ({ containers }: Pick<BaseEnvironment, "containers">): number =>
  containers.reduce(
    (sum, { container }) =>
      sum + (container.cpu / 1024) * Math.floor((mostTasks(container) * container.deployment.maximumPercent) / 100),
    0,
  );

/** The interface endpoints of the network of containers. */
export const endpointsOfContainers = ({
  containers,
  containerNetwork,
  tracing,
}: Pick<BaseEnvironment, "containers" | "containerNetwork" | "tracing">): number =>
  containerNetwork?.cidrBlock === undefined
    ? 0
    : new Set([
        "ecr.api",
        "ecr.dkr",
        "logs",
        ...containerNetwork.interfaceEndpoints,
        ...containers.flatMap((container) => callsOf(container)),
        ...tracingCalls(tracing),
      ]).size;

export const containerRules: readonly Rule[] = [
  containersHaveANetwork,
  containersUseWhatIsDeclared,
  containersHaveNamesOfTheirOwn,
  containersRecover,
  containersHaveWhatIsRegional,
  networksOfContainersAreUsed,
];
