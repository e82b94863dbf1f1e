import type { Rule, Service } from "../../contract";
import { partitionOf, type Report } from "../../modules/core";

/** Methods that CloudFront retries in a second region. */
const reads = ["GET", "HEAD", "OPTIONS"];

const edgesFitTheirServices: Rule = {
  id: "edges-fit-their-services",
  statement: "The distribution in front of a service forwards what the API accepts, and can reach the API.",
  check({ services, regions }, report) {
    services.forEach((service, index) => {
      checkEdge(service, regions.home, (path, message) => report(["services", index, ...path], message));
    });
  },
};

function checkEdge(service: Service, home: string, report: Report): void {
  const { api, edge } = service;
  if (!edge) return;
  if (partitionOf(home) !== "aws") {
    report(["edge"], `needs CloudFront and us-east-1, which are in another AWS partition than ${home}; remove it`);
  }
  if (!api) {
    report(["edge"], "has no API to send requests to; add api or remove edge");
    return;
  }
  if (api.domainName) {
    report(
      ["api", "domainName"],
      "disables the endpoints that the distribution of edge sends requests to; add the domain to edge.distribution.aliases instead",
    );
  }
  const { defaultBehavior, behaviors } = edge.distribution;
  const readOnly = [defaultBehavior, ...behaviors].every(({ methods }) => methods === "read");
  for (const [key, { authorization }] of Object.entries(api.routes)) {
    if (authorization === "AWS_IAM") {
      report(
        ["api", "routes", key, "authorization"],
        "is AWS_IAM, the default, whose signatures do not survive the distribution of edge; use JWT or NONE",
      );
    }
    const [method = ""] = key.split(" ");
    if (readOnly && /^[A-Z]+$/.test(method) && method !== "ANY" && !reads.includes(method)) {
      report(
        ["api", "routes", key],
        'is never reached, because all behaviors of edge.distribution only allow reads; set methods to "all" for its path',
      );
    }
  }
  if (service.recovery && !readOnly) {
    report(
      ["recovery"],
      'cannot be met for writes, which CloudFront does not retry in another region; set methods to "read" in every behavior of edge.distribution, or remove the promise',
    );
  }
}

export const edgeRules: readonly Rule[] = [edgesFitTheirServices];
