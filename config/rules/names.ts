import type { Rule } from "../../contract";

const lists = ["tables", "databases", "eventBuses", "services"] as const;

const namesAreUnique: Rule = {
  id: "names-are-unique",
  statement: "No two tables, databases, buses or services have the same name.",
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

const domainsAreUnique: Rule = {
  id: "domains-are-unique",
  statement: "No two services have the same domain name.",
  check({ services }, report) {
    const domains = services.map(({ api }) => api?.domainName);
    domains.forEach((domain, index) => {
      if (!domain || domains.indexOf(domain) === index) return;
      report(["services", index, "api", "domainName"], "is the domain of another service as well; give each its own");
    });
    const aliases = services.map(({ edge }) => edge?.distribution.aliases ?? []);
    aliases.forEach((ofService, index) => {
      ofService.forEach((alias, at) => {
        // CloudFront allows an alias only once, and its record would overwrite that of an API.
        if (!domains.includes(alias) && !aliases.slice(0, index).flat().includes(alias)) return;
        report(
          ["services", index, "edge", "distribution", "aliases", at],
          "is the domain of another service as well; give each its own",
        );
      });
    });
  },
};

export const nameRules: readonly Rule[] = [namesAreUnique, domainsAreUnique];
