import { eventPatternProblems } from "../../values/languages";
import type { Report } from "../core";
import { heartbeatSource } from "./bus-reference";

/** A literal event pattern: each field has a list of values, or an object with more fields. */
export type EventPattern = Readonly<Record<string, unknown>>;

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

/**
 * Reports what EventBridge would reject or never match in the pattern of a rule on a custom event bus.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function checkEventPattern(pattern: EventPattern, report: Report): void {
  for (const name of Object.keys(pattern).filter((name) => !fields.includes(name))) {
    report([name], `is not a field of an event; use ${fields.join(", ")}, and put your own fields under detail`);
  }
  for (const { path, problem } of eventPatternProblems(pattern)) report([...path], problem);
  checkSource(pattern, report);
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
        "is a source of AWS services, whose events only arrive on the default bus; use a source of your own",
      );
    }
    if (matchesHeartbeat(value)) {
      report(
        ["source", index],
        "would also match the heartbeat of the event endpoint; list your sources, or a prefix of them",
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
  return operator === "wildcard" && matchesWildcard(heartbeatSource, operand);
}

/** Whether a text is matched by a pattern with wildcards: each part between them is found as early as it can be. */
function matchesWildcard(text: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
