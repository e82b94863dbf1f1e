import { z } from "zod";
import { httpsUrl, kebabName, region, strictObject, withRule } from "../core";

export type * from "./input";

const endpoint = httpsUrl("an https URL", "write https://<host>/<path> without a query", { path: true }).max(300);

const failures = z.union([
  strictObject(() => ({
    consecutive: z.int().min(1).max(1000).describe("Failures in a row, within one execution environment."),
  })),
  strictObject(() => ({
    percent: z.int().min(1).max(99).describe("Percentage of the last calls that it takes more failures than."),
    calls: z.int().min(2).max(1000).describe("How many calls that are, within one execution environment."),
  })),
]);

const fields = strictObject(() => ({
  name: kebabName(32).describe(
    "Name of the dependency, such as carrier. Part of addresses and names; cannot change without new parameters and alarms.",
  ),
  endpoints: z
    .partialRecord(region, endpoint)
    .default({})
    .describe(
      "Its address by region; none where functions know it otherwise. Functions ask that of their own region, or the first one where there is none.",
    ),
  fallback: z
    .boolean()
    .default(false)
    .describe(
      "Whether functions ask the endpoint of another region while the breaker of their own is open; only for what either region may do.",
    ),
  failures: failures.default({ consecutive: 5 }).describe("When a breaker opens: consecutive, or percent and calls."),
  openSeconds: z
    .int()
    .min(1)
    .max(3600)
    .default(30)
    .describe("Seconds until the first probe of an open breaker; they double with each probe that fails."),
  maxOpenSeconds: z.int().min(1).max(86_400).default(300).describe("The most seconds between two probes."),
  alarmMinutes: z
    .int()
    .min(1)
    .max(60)
    .default(1)
    .describe("Minutes in a row that a breaker refuses calls before there is an alarm."),
}));

/** Something outside that services call, and when a breaker before it opens. */
export const dependencyConfig = withRule(fields, (dependency, report) => {
  const { endpoints = {}, fallback, openSeconds, maxOpenSeconds } = dependency;
  if (maxOpenSeconds < openSeconds) {
    report(["maxOpenSeconds"], `is less than openSeconds, which is ${openSeconds}; use at least as many`);
  }
  if (fallback && Object.keys(endpoints).length < 2) {
    report(["fallback"], "has no other region to ask; add the endpoints of two regions, or remove it");
  }
});

/** The circuit breakers of one region. */
export const circuitBreakersConfig = strictObject(() => ({
  dependencies: z.array(dependencyConfig).min(1).describe("What the functions of the region call through a breaker."),
}));

export type DependencyConfig = z.output<typeof dependencyConfig>;
export type CircuitBreakersConfig = z.output<typeof circuitBreakersConfig>;

/** The variable that tells a function of a dependency. */
export const dependencyVariable = (name: string): string => `DEPENDENCY_${name.toUpperCase().replaceAll("-", "_")}`;

/** The variables that tell a function where the shared state and the switches are. */
export const breakerVariableNames = ["CIRCUIT_BREAKERS_TABLE_NAME", "CIRCUIT_BREAKERS_PATH"] as const;
