import type { Rule } from "../../contract";
import type { Report } from "../../modules/core/config";
import { partitionOf } from "../../modules/core/regions";

/** Home and standby regions, of an environment or of one that is yet to be written. */
interface Regions {
  readonly home: string;
  readonly standby: readonly string[];
}

/** Reports each standby region that cannot stand in for the home region. @param path of the list */
export function checkStandby({ home, standby }: Regions, report: Report, path: readonly PropertyKey[]): void {
  standby.forEach((region, index) => {
    if (region === home) {
      report([...path, index], "is the home region; name another region, or leave it out");
    } else if (standby.indexOf(region) < index) {
      report([...path, index], "is listed twice; remove the duplicate");
    } else if (partitionOf(region) !== partitionOf(home)) {
      report(
        [...path, index],
        "is in another AWS partition than home, and accounts, keys and tables never span partitions; use a region in the same partition",
      );
    }
  });
}

const regionsAreDistinct: Rule = {
  id: "regions-are-distinct",
  statement: "Home and standby regions are different regions of one AWS partition.",
  check: ({ regions }, report) => checkStandby(regions, report, ["regions", "standby"]),
};

const leavingRegionsAreOthers: Rule = {
  id: "leaving-regions-are-others",
  statement: "What leaves is not the home region, and nothing that the environment still has any use for.",
  check({ stage, regions, leavingStacks, databases, eventBuses, services, containers }, report, enabled) {
    const { home, standby, leaving } = regions;
    leaving.forEach((region, index) => {
      const path = ["regions", "leaving", index];
      if (region === home) {
        report(path, "is the home region, which never changes; for another one make a new environment");
      } else if (leaving.indexOf(region) < index) {
        report(path, "is listed twice; remove the duplicate");
      } else if (partitionOf(region) !== partitionOf(home)) {
        report(
          path,
          "is in another AWS partition than home, so nothing of the environment was ever there; leave it out",
        );
      } else if (standby.includes(region) && !enabled.has("replicatedKeys")) {
        report(
          ["regions", "standby", standby.indexOf(region)],
          `leaves, and has no use at stage ${stage}; take it out of regions.standby`,
        );
      }
    });
    const used: Readonly<Record<string, string | undefined>> = {
      database: databases.length > 0 ? "databases" : undefined,
      events: eventBuses.length > 0 ? "eventBuses" : undefined,
      routing: services.some(({ api }) => api?.domainName)
        ? "api.domainName of services"
        : containers.length > 0
          ? "loadBalancer.domainName of containers"
          : undefined,
      edge: services.some(({ edge }) => edge) ? "edge of services" : undefined,
    };
    leavingStacks.forEach((name, index) => {
      const path = ["leavingStacks", index];
      const because = Object.hasOwn(used, name) ? used[name] : undefined;
      if (leavingStacks.indexOf(name) < index) report(path, "is listed twice; remove the duplicate");
      else if (because) report(path, `is still built, for ${because}; take those out, or leave this out`);
    });
  },
};

const activeRegionServes: Rule = {
  id: "active-region-serves",
  statement: "The region that serves first is home or a standby region that stays, and traffic can be led there.",
  check({ stage, regions, services, containers, eventBuses }, report, enabled) {
    const { home, standby, leaving, active } = regions;
    const path = ["regions", "active"];
    if (active === undefined || active === home) return;
    if (!standby.includes(active)) {
      report(path, `is ${active}, where nothing of the environment is; use one of ${[home, ...standby].join(", ")}`);
    } else if (leaving.includes(active)) {
      report(path, `is ${active}, which leaves; name ${home} or a standby region that stays`);
    } else if (!enabled.has("standbyServices")) {
      report(
        path,
        `is ${active}, but at stage ${stage} services run in ${home} alone; leave it out until the stage or exceptions bring standbyServices`,
      );
    } else if (!enabled.has("dnsFailover") && (containers.length > 0 || services.some(({ api }) => api?.domainName))) {
      report(
        path,
        `is ${active}, but without dnsFailover the domain names of services lead to ${home} alone; switch dnsFailover on, or leave this out`,
      );
    } else if (
      !services.some(({ api, dns, edge }) => edge || (api?.domainName && dns.policy === "failover")) &&
      !containers.some(({ dns }) => dns.policy === "failover") &&
      !(
        eventBuses.length > 0 &&
        enabled.has("replicatedEvents") &&
        standby.find((one) => !leaving.includes(one)) === active
      )
    ) {
      report(
        path,
        `is ${active}, but would move nothing: no service has an edge or a domain name with the policy failover, and no endpoint of events has this region; leave it out`,
      );
    }
  },
};

const replicationHasRegions: Rule = {
  id: "replication-has-regions",
  statement: "What is replicated has a standby region to be replicated to.",
  check({ stage, regions }, report, enabled) {
    if (regions.standby.length > 0 || !enabled.has("replicatedKeys")) return;
    report(
      ["regions", "standby"],
      `names no region, but stage ${stage} replicates keys, tables and services; name one, or switch replicatedKeys, replicatedTables and standbyServices off under exceptions`,
    );
  },
};

const settingsAreOfTheRegions: Rule = {
  id: "settings-are-of-the-regions",
  statement: "A setting has regional values only for regions of the environment.",
  check({ services, regions }, report) {
    const known: readonly string[] = [regions.home, ...regions.standby];
    services.forEach(({ settings = {} }, index) => {
      for (const [name, { valueIn }] of Object.entries(settings)) {
        for (const region of Object.keys(valueIn).filter((region) => !known.includes(region))) {
          report(
            ["services", index, "settings", name, "valueIn", region],
            `is not a region of this environment; use one of ${known.join(", ")}`,
          );
        }
      }
    });
  },
};

export const regionRules: readonly Rule[] = [
  regionsAreDistinct,
  leavingRegionsAreOthers,
  activeRegionServes,
  replicationHasRegions,
  settingsAreOfTheRegions,
];
