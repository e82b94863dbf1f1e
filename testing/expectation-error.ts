import type { Violation } from "../gates";
import { managedChanges, type Plan } from "../terraform";

/** What a test expected of an environment and did not find; the message has a line for each finding. */
export class ExpectationError extends Error {
  override readonly name: string = "ExpectationError";
}

/** Plans that the gates refuse. */
export class RefusedByGatesError extends ExpectationError {
  override readonly name = "RefusedByGatesError";

  /** @param subject what was checked: `promotion of prod to optimization` */
  constructor(
    subject: string,
    readonly violations: readonly Violation[],
  ) {
    const lines = violations.map(
      ({ stack, rule, address, message, howToFix }) =>
        `  ${stack ? `${stack}: ` : ""}${rule}: ${address}: ${message}; ${howToFix}`,
    );
    super([`${subject}: the gates refuse ${counted(lines.length, "change")}`, ...lines].join("\n"));
  }
}

/** A plan with changes, where none was expected. */
export class UnexpectedChangesError extends ExpectationError {
  override readonly name = "UnexpectedChangesError";

  constructor(subject: string, plans: readonly { readonly stack: string; readonly plan: Plan }[]) {
    const lines = plans.flatMap(({ stack, plan }) => changesIn(plan).map((change) => `  ${stack}: ${change}`));
    super([`${subject}: a new plan has ${counted(lines.length, "change")}`, ...lines].join("\n"));
  }
}

/** What a plan would change, a line for each resource and output: `update aws_sqs_queue.orders (arn, tags)`. */
export function changesIn(plan: Plan): string[] {
  return [
    ...managedChanges(plan)
      .filter(({ change }) => isChange(change.actions))
      .map(({ address, change }) => `${change.actions.join(" and ")} ${address}${differences(change)}`),
    ...Object.entries(plan.output_changes ?? {})
      .filter(([, { actions }]) => isChange(actions))
      .map(([name, { actions }]) => `${actions.join(" and ")} output ${name}`),
  ];
}

const isChange = (actions: readonly string[]): boolean => !actions.every((one) => one === "no-op" || one === "read");

/** The attributes that an update changes; their values may be secret. */
function differences({ before, after }: { readonly before?: unknown; readonly after?: unknown }): string {
  if (!isObject(before) || !isObject(after)) return "";
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return changed.length > 0 ? ` (${changed.join(", ")})` : "";
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
