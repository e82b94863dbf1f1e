import type { z } from "zod";
import { containerServiceConfig } from "../../modules/container-service";
import { hostedZoneId, strictObject, withRule } from "../../modules/core";
import { loadBalancerConfig } from "../../modules/load-balancer";
import { checkVariables, sharedServiceFields } from "../regional-service";

export type * from "./input";

const { dns, recovery, tables, encryption, settings, publishes, sends, permissions } = sharedServiceFields;

const fields = strictObject(() => ({
  container: containerServiceConfig.describe("The container that does the work, as tasks on Fargate."),
  loadBalancer: loadBalancerConfig.describe("The load balancer in front of its tasks, in each region."),
  hostedZoneId: hostedZoneId.describe("Public Route 53 zone of the load balancer's domain name."),
  dns: dns.describe("How the domain name moves between regions, from the stage that brings it."),
  recovery,
  tables: tables.describe("Tables that the container uses, by their name within the environment."),
  encryption: encryption.describe(
    "Lets the container itself encrypt, with its key in keyManagement, which has to be KMS. Sets ENCRYPTION_KEY_ARN and ENCRYPTION_SERVICE.",
  ),
  settings: settings.describe(
    "Plain settings, stored as Parameter Store parameters in each region, which the container reads without a new deployment. Sets SETTINGS_PATH.",
  ),
  publishes: publishes.describe("Buses that the container publishes to, by their name within the environment."),
  sends: sends.describe(
    "Queues that the container sends to, each to that of its own region, by their name within the environment.",
  ),
  permissions: permissions.describe(
    "What the container may do with what is not of the environment: queues, buckets or tables of your own.",
  ),
}));

/** A service of one region whose code runs in a container: its tasks, and the load balancer in front of them. */
export const regionalContainerConfig = withRule(fields, (service, report) => {
  const { container, loadBalancer, dns: failover } = service;
  if (container.stopTimeoutSeconds < loadBalancer.deregistrationDelaySeconds) {
    report(
      ["container", "stopTimeoutSeconds"],
      `is below loadBalancer.deregistrationDelaySeconds, ${loadBalancer.deregistrationDelaySeconds}, in which requests still come in; use at least that`,
    );
  }
  if (failover.alarmCheck) {
    report(
      ["dns", "alarmCheck"],
      "is about metrics of an HTTP API, which a container has not; remove it: alias records follow the health of its targets",
    );
  }
  for (const [table, { homeReplica }] of Object.entries(service.tables)) {
    if (!homeReplica) continue;
    report(
      ["tables", table, "homeReplica"],
      "does not work for a container, because its network only reaches its own region; use a function",
    );
  }
  const environment = { ...container.environment };
  for (const name of Object.keys(container.secrets)) environment[name] ??= "";
  checkVariables({ ...service, function: { environment } }, (path, message) => {
    const [part, list, name] = path;
    if (part !== "function" || typeof name !== "string") return report(path, message);
    const field = Object.hasOwn(container.environment, name) ? list : "secrets";
    return report(["container", String(field), name], message);
  });
});

export type RegionalContainerConfig = z.output<typeof fields>;
