import type { Report } from "../core";
import { heartbeatSource } from "./bus-reference";

/** A literal event pattern: each field has a list of values, or an object with more fields. */
export type EventPattern = Readonly<Record<string, unknown>>;

/** The default quota for the length of a pattern. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const longestPattern = 2048;

const fields = [
  "$or",
  "account",
  "detail",
  "detail-type",
  "id",
  "region",
  "replay-name",
  "resources",
  "source",
  "time",
  "version",
];

const operators = ["anything-but", "cidr", "equals-ignore-case", "exists", "numeric", "prefix", "suffix", "wildcard"];

/**
 * Reports what EventBridge would reject or never match in the pattern of a rule on a custom event bus.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function checkEventPattern(pattern: EventPattern, report: Report): void {
  for (const name of Object.keys(pattern).filter((name) => !fields.includes(name))) {
    report([name], `is not a field of an event; use ${fields.join(", ")}, and put your own fields under detail`);
  }
  checkFields(pattern, [], report);
  checkSource(pattern, report);
  const length = JSON.stringify(pattern).length;
  if (length > longestPattern) {
    report(
      [],
      `has ${length} characters as JSON, but EventBridge allows ${longestPattern}; match fewer values, or use prefixes`,
    );
  }
}

function checkFields(value: EventPattern, path: PropertyKey[], report: Report): void {
  for (const [name, expected] of Object.entries(value)) {
    const at = [...path, name];
    if (name === "$or" && Array.isArray(expected)) {
      expected.forEach((option, index) => {
        if (isObject(option)) checkFields(option, [...at, index], report);
        else report([...at, index], "is not a pattern; list objects under $or");
      });
    } else if (Array.isArray(expected)) {
      checkValues(expected, at, report);
    } else if (!isObject(expected)) {
      report(at, "must be a list, even for one value; put it in square brackets");
    } else if (Object.keys(expected).length === 0) {
      report(at, "is empty and would match nothing; add a field");
    } else {
      checkFields(expected, at, report);
    }
  }
}

function checkValues(values: readonly unknown[], path: PropertyKey[], report: Report): void {
  if (values.length === 0) report(path, "is an empty list and would match nothing; add a value or remove the field");
  values.forEach((value, index) => {
    if (Array.isArray(value)) report([...path, index], "is a list within a list; use one list of values");
    if (!isObject(value)) return;
    const unknown = Object.keys(value).filter((name) => !operators.includes(name));
    if (unknown.length > 0 || Object.keys(value).length !== 1) {
      report([...path, index], `is not a comparison; use an object with one of ${operators.join(", ")}`);
    }
  });
}

/**
 * Each rule must list its sources, so that it does not receive the heartbeat or events from its own target by accident.
 */
function checkSource({ source }: EventPattern, report: Report): void {
  if (!Array.isArray(source)) {
    if (source === undefined) report(["source"], "is required in a pattern; list the sources that the rule is for");
    return;
  }
  source.forEach((value, index) => {
    const text = isObject(value) ? value.prefix : value;
    if (typeof text === "string" && text.startsWith("aws.")) {
      report(
        ["source", index],
        "is a source of AWS services, whose events only go to the default bus; use your own source",
      );
    }
    if (matchesHeartbeat(value)) {
      report(
        ["source", index],
        "would match the heartbeat of the event endpoint; list the sources or a prefix of them",
      );
    }
  });
}

function matchesHeartbeat(value: unknown): boolean {
  if (!isObject(value)) return value === heartbeatSource;
  const [operator, operand] = Object.entries(value)[0] ?? [];
  if (operator === "anything-but" || operator === "exists") return true;
  if (typeof operand !== "string") return false;
  if (operator === "prefix") return heartbeatSource.startsWith(operand);
  if (operator === "suffix") return heartbeatSource.endsWith(operand);
  if (operator === "equals-ignore-case") return heartbeatSource === operand.toLowerCase();
  const parts = operand.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return operator === "wildcard" && new RegExp(`^${parts.join(".*")}$`).test(heartbeatSource);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
