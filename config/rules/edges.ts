import type { Edge, Rule, Service } from "../../contract";
import { partitionOf, type Report } from "../../modules/core";
import { checkRoutes } from "./edge-routes";

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
  checkRoutes(api, edge, report);
  checkOpenRoutes(api.routes, edge, report);
  checkWaits(service, edge, report);
  if (service.recovery && !readOnly) {
    report(
      ["recovery"],
      'cannot be met for writes, which CloudFront does not retry in another region; set methods to "read" in every behavior of edge.distribution, or remove the promise',
    );
  }
}

/** A route that is open by mistake, or not open because of its name, would be noticed by nobody. */
function checkOpenRoutes(routes: NonNullable<Service["api"]>["routes"], { originSecret }: Edge, report: Report): void {
  (originSecret.openRoutes ?? []).forEach((key, index) => {
    const at = ["edge", "originSecret", "openRoutes", index];
    if (!Object.hasOwn(routes, key)) {
      report(at, "is not a route of the API; use a route key of api.routes");
    } else if (routes[key]?.authorization === "AWS_IAM") {
      report(at, "asks for a signature (AWS_IAM), which only the edge has; remove it, or give the route NONE");
    }
  });
}

/** CloudFront answers 504 while the function goes on, whose work is for nothing, or done twice if the viewer tries again. */
function checkWaits({ function: { timeoutSeconds } }: Service, { distribution }: Edge, report: Report): void {
  const { readTimeoutSeconds } = distribution.origin;
  if (readTimeoutSeconds >= timeoutSeconds) return;
  report(
    ["edge", "distribution", "origin", "readTimeoutSeconds"],
    `is shorter than the timeout of the function, ${timeoutSeconds}; use at least that value, or a shorter function.timeoutSeconds`,
  );
}

export const edgeRules: readonly Rule[] = [edgesFitTheirServices];
