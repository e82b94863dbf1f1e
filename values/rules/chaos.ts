import type { ValueProblem } from "../problem";
import type { Values, ValuesRule } from "../types/type-values";
import { blocksOf, textOf } from "./read";

/**
 * A stop condition is an alarm, by its ARN, or `none`. That an alarm has a value is not asked here:
 * one that is not there cannot be told from one that is not known yet.
 * @see https://docs.aws.amazon.com/fis/latest/userguide/stop-conditions.html
 */
export const experimentStops: ValuesRule = (values) =>
  blocksOf(values, "stop_condition").flatMap((condition, index): ValueProblem[] => {
    const source = textOf(condition, "source");
    const path = ["stop_condition", index];
    if (source === undefined || /^\$\{/.test(source) || ["none", "aws:cloudwatch:alarm"].includes(source)) return [];
    return [
      {
        path: [...path, "source"],
        problem: "is no source of a stop condition; use aws:cloudwatch:alarm, or none",
        received: source,
      },
    ];
  });

/** What an action is done to, by its id. */
interface Known {
  readonly key?: string;
  readonly resourceType?: string;
  /** The parameter that says how long it lasts; from `PT1M` to 12 hours. */
  readonly duration?: string;
}

/** The actions that the toolkit uses: others are not looked at. @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html */
const known: Readonly<Record<string, Known>> = {
  "aws:dynamodb:global-table-pause-replication": {
    key: "Tables",
    resourceType: "aws:dynamodb:global-table",
    duration: "duration",
  },
  "aws:ecs:stop-task": { key: "Tasks", resourceType: "aws:ecs:task" },
  "aws:network:disrupt-connectivity": { key: "Subnets", resourceType: "aws:ec2:subnet", duration: "duration" },
  "aws:network:route-table-disrupt-cross-region-connectivity": {
    key: "Subnets",
    resourceType: "aws:ec2:subnet",
    duration: "duration",
  },
  "aws:rds:failover-db-cluster": { key: "Clusters", resourceType: "aws:rds:cluster" },
  "aws:ssm:start-automation-execution": { duration: "maxDuration" },
};

const longestMinutes = 720;

/** Targets of a template that actions name, and durations. */
export const experimentActions: ValuesRule = (values) => {
  const targets = blocksOf(values, "target");
  const byName = new Map(targets.map((target) => [textOf(target, "name"), target]));
  return [
    ...blocksOf(values, "action").flatMap((action, index): ValueProblem[] => {
      const rule = known[textOf(action, "action_id") ?? ""];
      const at = ["action", index];
      return [...targetProblems(action, rule, byName, at), ...durationProblems(action, rule, at)];
    }),
  ];
};

function targetProblems(
  action: Values,
  rule: Known | undefined,
  targets: ReadonlyMap<string | undefined, Values>,
  at: ValueProblem["path"],
): ValueProblem[] {
  const [named] = blocksOf(action, "target");
  const key = named && textOf(named, "key");
  if (rule?.key !== undefined && key === undefined) {
    const problem = `is required, as the action is done to ${rule.key}; name a target of the template`;
    return [{ path: [...at, "target"], problem, received: "" }];
  }
  if (rule && key !== undefined && key !== rule.key) {
    const problem =
      rule.key === undefined ? "has no targets; remove it" : `is no target of this action; use ${rule.key}`;
    return [{ path: [...at, "target", 0, "key"], problem, received: key }];
  }
  const name = named && textOf(named, "value");
  if (name === undefined) return [];
  const target = targets.get(name);
  if (!target) {
    return [
      {
        path: [...at, "target", 0, "value"],
        problem: "is no target of the template; use the name of one",
        received: name,
      },
    ];
  }
  const type = textOf(target, "resource_type");
  if (rule?.resourceType === undefined || type === undefined || type === rule.resourceType) return [];
  const problem = `is a target of type ${type}, but the action is done to ${rule.resourceType}; use one of that type`;
  return [{ path: [...at, "target", 0, "value"], problem, received: name }];
}

function durationProblems(action: Values, rule: Known | undefined, at: ValueProblem["path"]): ValueProblem[] {
  if (rule?.duration === undefined) return [];
  return blocksOf(action, "parameter").flatMap((parameter, index): ValueProblem[] => {
    const value = textOf(parameter, "value");
    if (textOf(parameter, "key") !== rule.duration || value === undefined || /^\$\{/.test(value)) return [];
    const minutes = minutesOf(value);
    if (minutes !== undefined && minutes >= 1 && minutes <= longestMinutes) return [];
    const problem =
      minutes === undefined
        ? "is no duration of ISO 8601; write it like PT10M or PT1H30M"
        : "is no duration that FIS takes; use PT1M to PT12H";
    return [{ path: [...at, "parameter", index, "value"], problem, received: value }];
  });
}

function minutesOf(duration: string): number | undefined {
  const [, hours, minutes, seconds] = /^PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?$/.exec(duration) ?? [];
  if (hours === undefined && minutes === undefined && seconds === undefined) return undefined;
  return Number(hours ?? 0) * 60 + Number(minutes ?? 0) + Number(seconds ?? 0) / 60;
}
