import type { AcceptedRemoval, Acknowledgement, Violation } from "../contract/gate";

/** Whether the last day of an acknowledgement, in UTC, is over: it then counts as not there. */
export function hasExpired({ expires }: Pick<Acknowledgement, "expires">, now = Date.now()): boolean {
  return expires < new Date(now).toISOString().slice(0, 10);
}

/** What gates found in a plan, once acknowledged removals are taken into account. */
export interface Review {
  /** What refuses the plan. */
  readonly violations: readonly Violation[];
  /** What is accepted, because the environment acknowledges it. */
  readonly accepted: readonly AcceptedRemoval[];
}

/**
 * Separates violations from what is acknowledged of exactly the same address in the same stack: removals of any gate, and findings of
 * the gate that the entry names. An acknowledgement that has expired does not count, which the message of the violation says. Where
 * the stack is not known, nothing is acknowledged.
 */
export function acknowledge(violations: readonly Violation[], acknowledgements: readonly Acknowledgement[]): Review {
  const refused: Violation[] = [];
  const accepted: AcceptedRemoval[] = [];
  for (const violation of violations) {
    const about = acknowledgements.filter((one) => isAbout(one, violation));
    const acknowledged = about.find((one) => !hasExpired(one));
    if (acknowledged) accepted.push({ violation, acknowledged });
    else refused.push(about[0] ? withExpiry(violation, about[0]) : violation);
  }
  return { violations: refused, accepted };
}

const isAbout = ({ rule, stack, address }: Acknowledgement, violation: Violation): boolean =>
  stack === violation.stack &&
  (rule === undefined
    ? address === violation.removes
    : rule === violation.rule && address === (violation.removes ?? violation.acknowledgedAs));

const withExpiry = (violation: Violation, { expires }: Acknowledgement): Violation => ({
  ...violation,
  message: `${violation.message} (its acknowledgement expired on ${expires}, so it does not count)`,
});

/** The acknowledgements about reviewed stacks that no plan of them needs. */
export function unusedAcknowledgements(
  acknowledgements: readonly Acknowledgement[],
  stacks: readonly (string | undefined)[],
  { violations, accepted }: Review,
): Acknowledgement[] {
  const used = new Set(accepted.map(({ acknowledged }) => acknowledged));
  return acknowledgements
    .filter((one) => stacks.includes(one.stack) && !used.has(one))
    .filter((one) => !violations.some((violation) => isAbout(one, violation)));
}

/** The acknowledgements that no plan needs, one sentence each. */
export function describeUnused(unused: readonly Pick<Acknowledgement, "rule" | "stack" | "address">[]): string[] {
  return unused.map(({ rule, stack, address }) =>
    rule === undefined
      ? `acknowledgedRemovals: no plan removes, replaces or changes ${address} of ${stack}; take the entry out if it is done, or correct it.`
      : `acknowledgedFindings: ${rule} finds nothing at ${address} of ${stack}; take the entry out if it is deployed, or correct it.`,
  );
}

/** What was accepted, one line for each: what, why and until when; empty if nothing was. */
export function describeAccepted(accepted: readonly AcceptedRemoval[]): string[] {
  return accepted.map(
    ({ violation: { rule, address, message }, acknowledged: { stack, reason, expires } }) =>
      `Accepted until ${expires} (${rule}): ${address} of ${stack} ${message}. Reason: ${reason}`,
  );
}

/** The entries that would make violations acceptable, to be copied, list by list. Empty if there is none to acknowledge. */
export function describeAcknowledgeable(violations: readonly Violation[]): string[] {
  const removals = violations.flatMap(({ stack, removes }) =>
    stack && removes ? [`  { stack: ${JSON.stringify(stack)}, address: ${JSON.stringify(removes)} },`] : [],
  );
  const findings = violations.flatMap(({ rule, stack, removes, acknowledgedAs }) =>
    stack && acknowledgedAs && !removes
      ? [
          `  { rule: ${JSON.stringify(rule)}, stack: ${JSON.stringify(stack)}, address: ${JSON.stringify(acknowledgedAs)} },`,
        ]
      : [],
  );
  return [
    ...entries("If a change is meant, add its entry to acknowledgedRemovals", removals),
    ...entries("If it may stay so, add its entry to acknowledgedFindings", findings),
  ];
}

const entries = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title} of the environment, with reason and expires:`, ...new Set(lines)];
