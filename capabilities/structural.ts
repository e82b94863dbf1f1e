import { defineCapability } from "../contract";

/**
 * Structural capabilities decide what is in which regions, or are an argument of everything that is built. The stacks read
 * them from the facts of the deployment; such a capability adds nothing of its own.
 */

export const alarms = defineCapability({
  name: "alarms",
  brings: "CloudWatch alarms on keys, tables, functions and APIs, sent to the alert topics",
});

export const tracing = defineCapability({
  name: "tracing",
  brings: "traces of functions: X-Ray, or OpenTelemetry where tracing says so",
});

export const replicatedKeys = defineCapability({
  name: "replicatedKeys",
  brings: "a replica of each KMS key in the standby regions",
});

export const replicatedTables = defineCapability({
  name: "replicatedTables",
  brings: "a replica of each table in the standby regions",
  needs: ["replicatedKeys"],
});

export const globalDatabase = defineCapability({
  name: "globalDatabase",
  brings: "a secondary cluster of each database in the standby regions",
  needs: ["replicatedKeys"],
});

export const replicatedEvents = defineCapability({
  name: "replicatedEvents",
  brings: "each event bus in the first standby region as well, behind an endpoint that fails over",
  needs: ["replicatedKeys", "standbyServices"],
});

export const dnsFailover = defineCapability({
  name: "dnsFailover",
  brings: "health checks, and DNS names that move to a standby region",
  needs: ["standbyServices"],
});

export const edgeFunctions = defineCapability({
  name: "edgeFunctions",
  brings: "a function at the edge that sends each viewer to the best region",
  needs: ["standbyServices"],
});

export const standbyServices = defineCapability({
  name: "standbyServices",
  brings: "every service in the standby regions as well",
  needs: ["replicatedKeys", "replicatedTables", "globalDatabase"],
});
