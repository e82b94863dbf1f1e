import { existsSync } from "node:fs";
import type { z } from "zod";
import { partitionOf, type Report, withRule } from "../modules/core";
import { recoveryProblems } from "../modules/recovery-objectives";
import { strongConsistencyProblem } from "../modules/replicated-table";
import { quotaProblems } from "../modules/spend-guard";
import { checkDatabaseLogins } from "./database-login-rules";
import { checkDatabaseNetworks, checkDatabaseProtection, checkDatabaseUses, checkPools } from "./database-rules";
import { checkEdge } from "./edge-rules";
import { checkExistingNetworks } from "./existing-network-rules";
import { checkEncryption } from "./key-management";
import { recoveryRows } from "./recovery";
import type { EnvironmentConfig } from "./schema";
import { type Capability, capabilities, capabilitiesOf, capabilityNames, stageBrings } from "./stages";

/** One thing that must hold between several fields of an environment. */
type Rule = (environment: EnvironmentConfig, report: Report) => void;

const regionsAreDistinct: Rule = ({ regions }, report) => {
  regions.standby.forEach((region, index) => {
    if (region === regions.home) {
      report(["regions", "standby", index], "is the home region; name another region, or leave it out");
    } else if (regions.standby.indexOf(region) < index) {
      report(["regions", "standby", index], "is listed twice; name each standby region once");
    } else if (partitionOf(region) !== partitionOf(regions.home)) {
      report(
        ["regions", "standby", index],
        "is in another AWS partition than home; accounts, keys and tables never span them",
      );
    }
  });
};

const accountsAgree: Rule = ({ account, deployRoleArn }, report) => {
  if (deployRoleArn && deployRoleArn.split(":")[4] !== account) {
    report(["deployRoleArn"], `is a role of another account than ${account}; use a role of the environment's account`);
  }
};

const exceptionsChangeSomething: Rule = ({ stage, exceptions }, report) => {
  for (const name of capabilityNames) {
    const exception = exceptions[name];
    if (exception && exception.enabled === stageBrings(stage, name)) {
      const already = exception.enabled ? "brings it already" : "does not bring it yet";
      report(["exceptions", name], `has no effect: stage ${stage} ${already}; remove the exception`);
    }
  }
};

const capabilitiesHaveWhatTheyNeed: Rule = ({ stage, exceptions }, report) => {
  const enabled = capabilitiesOf(stage, exceptions);
  for (const name of enabled) {
    for (const needed of capabilities[name].needs ?? []) {
      if (enabled.has(needed as Capability)) continue;
      report(["exceptions"], `leave ${name} without ${needed}, which it needs; switch both on or both off`);
    }
  }
};

const replicationHasRegions: Rule = ({ stage, exceptions, regions }, report) => {
  const enabled = capabilitiesOf(stage, exceptions);
  if (regions.standby.length > 0 || !enabled.has("replicatedKeys")) return;
  report(
    ["regions", "standby"],
    `names no region, but stage ${stage} replicates keys, tables and services; name one, or switch replicatedKeys, replicatedTables and standbyServices off under exceptions`,
  );
};

const onlyDisposableDataIsUnprotected: Rule = ({ disposable, state, tables }, report) => {
  if (disposable) return;
  if (state.backend === "local") {
    report(["state", "backend"], "keeps the state on one machine, without a lock; use s3, or set disposable: true");
  }
  tables.forEach((table, index) => {
    if (table.deletionProtection) return;
    report(["tables", index, "deletionProtection"], "is off; leave it on, or set disposable: true for the environment");
  });
};

function namesAreUnique(list: "tables" | "databases" | "eventBuses" | "services"): Rule {
  return (environment, report) => {
    const names = environment[list].map(({ name }) => name);
    names.forEach((name, index) => {
      if (names.indexOf(name) === index) return;
      report([list, index, "name"], `is the name of ${list}[${names.indexOf(name)}] as well; give each its own name`);
    });
  };
}

/** The regions of a strongly consistent table are those of its first day: no stage may bring them later. */
const strongTablesFitTheRegions: Rule = ({ tables, regions, stage, exceptions }, report) => {
  const standby = capabilitiesOf(stage, exceptions).has("replicatedTables") ? regions.standby : [];
  tables.forEach(({ consistencyMode, witnessRegion }, index) => {
    if (consistencyMode !== "STRONG") return;
    const wrong = strongConsistencyProblem({ regions: [regions.home, ...standby], witnessRegion });
    if (wrong) report(["tables", index, "consistencyMode"], `${wrong.problem}; ${wrong.remedy}`);
  });
};

const servicesUseDeclaredTables: Rule = ({ services, tables }, report) => {
  const known = tables.map(({ name }) => name);
  services.forEach((service, index) => {
    for (const table of Object.keys(service.tables)) {
      if (known.includes(table)) continue;
      const remedy = known.length > 0 ? `use one of ${known.join(", ")}, or declare it` : "declare it";
      report(["services", index, "tables", table], `is no table of this environment; ${remedy} under tables`);
    }
  });
};

const servicesUseDeclaredBuses: Rule = ({ services, eventBuses }, report) => {
  const known = eventBuses.map(({ name }) => name);
  const remedy = known.length > 0 ? `use one of ${known.join(", ")}, or declare it` : "declare it";
  const wrong = `is no event bus of this environment; ${remedy} under eventBuses`;
  services.forEach(({ publishes, subscriptions }, index) => {
    for (const bus of Object.keys(publishes).filter((name) => !known.includes(name))) {
      report(["services", index, "publishes", bus], wrong);
    }
    for (const [name, { bus }] of Object.entries(subscriptions)) {
      if (!known.includes(bus)) report(["services", index, "subscriptions", name, "bus"], wrong);
    }
  });
};

const settingsAreOfTheRegions: Rule = ({ services, regions }, report) => {
  const known: readonly string[] = [regions.home, ...regions.standby];
  services.forEach(({ settings = {} }, index) => {
    for (const [name, { valueIn }] of Object.entries(settings)) {
      for (const region of Object.keys(valueIn).filter((region) => !known.includes(region))) {
        report(
          ["services", index, "settings", name, "valueIn", region],
          `is no region of this environment; use one of ${known.join(", ")}`,
        );
      }
    }
  });
};

const handlersExist: Rule = ({ services }, report) => {
  services.forEach((service, index) => {
    if (existsSync(service.function.entry)) return;
    report(["services", index, "function", "entry"], "names no file; give the handler's path from the project folder");
  });
};

const domainsAreUnique: Rule = ({ services }, report) => {
  const domains = services.map(({ api }) => api?.domainName);
  domains.forEach((domain, index) => {
    if (!domain || domains.indexOf(domain) === index) return;
    report(["services", index, "api", "domainName"], "is the domain of another service as well; give each its own");
  });
  const aliases = services.map(({ edge }) => edge?.distribution.aliases ?? []);
  aliases.forEach((ofService, index) => {
    ofService.forEach((alias, at) => {
      // CloudFront takes an alias once, and its record would overwrite that of an API.
      if (!domains.includes(alias) && !aliases.slice(0, index).flat().includes(alias)) return;
      report(
        ["services", index, "edge", "distribution", "aliases", at],
        "is the domain of another service as well; give each its own",
      );
    });
  });
};

const edgesFitTheirServices: Rule = ({ services, regions }, report) => {
  services.forEach((service, index) => {
    checkEdge(service, regions.home, (path, message) => report(["services", index, ...path], message));
  });
};

const limitsFitTheAccount: Rule = ({ services, quotas, spendGuard }, report) => {
  for (const { path, message } of quotaProblems(services, quotas, spendGuard.limits)) report([...path], message);
};

const objectivesCanBeMet: Rule = ({ services, tables, databases, regions }, report) => {
  services.forEach((service, index) => {
    if (!service.recovery) return;
    const at = ["services", index, "recovery"];
    if (regions.standby.length === 0) {
      report(
        at,
        "promises recovery in another region, but regions.standby names none; name one, or remove the promise",
      );
    }
    for (const { path, message } of recoveryProblems(service.recovery, recoveryRows(service, { tables, databases }))) {
      report([...at, ...path], message);
    }
  });
};

const rules: readonly Rule[] = [
  regionsAreDistinct,
  accountsAgree,
  exceptionsChangeSomething,
  capabilitiesHaveWhatTheyNeed,
  replicationHasRegions,
  onlyDisposableDataIsUnprotected,
  checkDatabaseProtection,
  namesAreUnique("tables"),
  namesAreUnique("databases"),
  namesAreUnique("eventBuses"),
  namesAreUnique("services"),
  servicesUseDeclaredBuses,
  servicesUseDeclaredTables,
  strongTablesFitTheRegions,
  checkDatabaseUses,
  checkDatabaseLogins,
  checkPools,
  checkDatabaseNetworks,
  checkExistingNetworks,
  checkEncryption,
  settingsAreOfTheRegions,
  handlersExist,
  domainsAreUnique,
  edgesFitTheirServices,
  limitsFitTheAccount,
  objectivesCanBeMet,
];

/** Adds every rule to the schema; each runs on its own, so that one that trips over a wrong field hides no other. */
export function withEnvironmentRules<T extends z.ZodType<EnvironmentConfig>>(schema: T): T {
  return rules.reduce<T>(
    (checked, rule) => withRule(checked, (environment, report) => rule(environment as EnvironmentConfig, report)),
    schema,
  );
}
