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
  const refused = eventPatternProblems(pattern);
  for (const { path, problem } of refused) report([...path], problem);
  const isRefused = (path: Path) => refused.some((one) => path.every((part, at) => one.path[at] === part));
  checkFields(pattern, [], (path, problem) => {
    // What EventBridge refuses is told once.
    if (!isRefused(path)) report([...path], problem);
  });
  checkSource(pattern, report);
}

type Path = readonly (string | number)[];

/**
 * What EventBridge takes, and no event ever matches: fields that no event has, and fields of another shape. It knows no shape of events
 * when it checks a pattern; an event only matches with the same nesting.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
 */
function checkFields(pattern: EventPattern, at: Path, report: (path: Path, problem: string) => void): void {
  // Alternatives that are nested deeper are refused.
  if (at.length > 100) return;
  for (const [name, expected] of Object.entries(pattern)) {
    const path = [...at, name];
    if (name === "$or") {
      for (const [index, option] of (Array.isArray(expected) ? expected : []).entries()) {
        if (isObject(option)) checkFields(option, [...path, index], report);
      }
    } else if (!fields.includes(name)) {
      report(path, `is not a field of an event; use ${fields.join(", ")}, and put your own fields under detail`);
    } else if (name === "detail") {
      if (Array.isArray(expected)) {
        report(path, "is an object in every event, so no event would match a list; write an object of its fields");
      }
    } else if (isObject(expected)) {
      report(path, "is text in every event, so no event would match an object; write a list of texts or comparisons");
    } else if (Array.isArray(expected)) {
      for (const [index, value] of expected.entries()) {
        if (isOfText(value)) continue;
        report(
          [...path, index],
          "would match no event, because this field is text; write a text, or a comparison of texts",
        );
      }
    }
  }
}

/** Whether a text can be equal to a value, or pass a comparison. */
const isOfText = (value: unknown): boolean =>
  typeof value === "string" || (isObject(value) && !Object.hasOwn(value, "numeric"));

/**
 * Each rule must list its sources, so that it does not receive the heartbeat or events from its own target by accident.
 */
function checkSource({ source }: EventPattern, report: Report): void {
  if (!Array.isArray(source)) {
    if (source === undefined) report(["source"], "is required in a pattern; list the sources that the rule is for");
    return;
  }
  source.forEach((value, index) => {
    const text = isObject(value) ? textOf(value.prefix) : value;
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
  const [operator, given] = Object.entries(value)[0] ?? [];
  if (operator === "anything-but" || operator === "exists") return true;
  const operand = textOf(given);
  if (typeof operand !== "string") return false;
  if (operator === "prefix") return heartbeatSource.startsWith(operand);
  if (operator === "suffix") return heartbeatSource.endsWith(operand);
  if (operator === "equals-ignore-case") return heartbeatSource === operand.toLowerCase();
  return operator === "wildcard" && matchesWildcard(heartbeatSource, operand);
}

/** The text of an operand, in the case of sources, where it is one whose case does not matter: `{ "equals-ignore-case": "Shop." }`. */
function textOf(operand: unknown): unknown {
  if (!isObject(operand)) return operand;
  const text = operand["equals-ignore-case"];
  return typeof text === "string" ? text.toLowerCase() : text;
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
