import type { Rule, Service } from "../../contract";
import type { Report } from "../../modules/core";
import { authorizerTimeoutProblem } from "../../modules/http-api";

const authorizersAreServices: Rule = {
  id: "authorizers-are-services",
  statement:
    "A Lambda authorizer asks another service of the environment, which answers in time and does not wait for its callers.",
  check({ services }, report) {
    const byName = new Map(services.map((service) => [service.name, service]));
    const asked = new Map(services.map((service) => [service.name, askedBy(service)]));
    /** Services of a round that has been told. */
    const told = new Set<string>();
    services.forEach((service, index) => {
      for (const [name, { service: other }] of Object.entries(service.api?.lambdaAuthorizers ?? {})) {
        if (other === undefined) continue;
        const at = (message: string) =>
          report(["services", index, "api", "lambdaAuthorizers", name, "service"], message);
        const found = byName.get(other);
        const timeout = found && authorizerTimeoutProblem(found.function.timeoutSeconds);
        if (!found) {
          const others = services.filter((candidate) => candidate !== service).map((candidate) => candidate.name);
          at(
            `is not a service of this environment; ${others.length > 0 ? `use one of ${others.join(", ")}, or ` : ""}declare it under services`,
          );
        } else if (found === service) {
          at("is the service itself, whose function answers requests; give the authorizer a service of its own");
        } else if (timeout) {
          const [what = "", remedy = ""] = timeout.split("; ");
          at(`has a function whose timeout, ${found.function.timeoutSeconds} s, ${what}; ${remedy} there`);
        } else if (!told.has(service.name) && reaches(other, service.name, asked, told)) {
          at("asks this service in turn who may call it; let one of them have another authorizer");
        }
      }
    });
  },
};

const askedBy = ({ api }: Service): readonly string[] =>
  Object.values(api?.lambdaAuthorizers ?? {}).flatMap(({ service }) => (service === undefined ? [] : [service]));

/** Whether one service asks another, directly or through others, which are then told. */
function reaches(from: string, to: string, asked: ReadonlyMap<string, readonly string[]>, told: Set<string>): boolean {
  const seen = new Set<string>([from]);
  // A set takes in what is added while it is read.
  for (const name of seen) {
    for (const next of asked.get(name) ?? []) {
      if (next === to) {
        for (const one of seen) told.add(one);
        return true;
      }
      seen.add(next);
    }
  }
  return false;
}

const clientCertificatesFitTheRegions: Rule = {
  id: "client-certificates-fit-the-regions",
  statement:
    "An API that asks for client certificates has a truststore in each region, and nothing in front of it that has none.",
  check({ services, regions }, report, enabled) {
    const all = [regions.home, ...regions.standby];
    services.forEach((service, index) => {
      const at = (path: PropertyKey[], message: string) => report(["services", index, ...path], message);
      const given = Object.keys(service.api?.mutualTls ?? {});
      if (!service.api?.mutualTls) return;
      for (const region of all.filter((region) => !given.includes(region))) {
        at(["api", "mutualTls"], `has no truststore in ${region}; add one in a bucket there`);
      }
      for (const region of given.filter((region) => !(all as readonly string[]).includes(region))) {
        at(["api", "mutualTls", region], "is not a region of this environment; remove it, or add the region");
      }
      if (service.edge) {
        at(
          ["api", "mutualTls"],
          "asks CloudFront for a certificate too, which the distribution of edge has none of; remove mutualTls or edge",
        );
      }
      if (regions.standby.length > 0 && enabled.comes("dnsFailover")) checkFailover(service, at);
    });
  },
};

/** Health checkers of Route 53 have no certificate. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html */
function checkFailover({ dns, recovery }: Service, report: Report): void {
  if (!dns.alarmCheck) {
    report(
      ["dns", "alarmCheck"],
      "is required with api.mutualTls, because health checkers have no client certificate and nothing else would notice a failing region; add it, or remove mutualTls",
    );
  }
  if (recovery) {
    report(
      ["recovery"],
      "cannot be met with api.mutualTls, because health checkers have no client certificate, and a region that is lost has no metrics: an operator moves the traffic; remove the promise or mutualTls",
    );
  }
}

export const accessRules: readonly Rule[] = [authorizersAreServices, clientCertificatesFitTheRegions];
