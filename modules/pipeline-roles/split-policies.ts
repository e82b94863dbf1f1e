import { joinStatements, type PolicyStatement, policyDocument } from "../core";

/** Characters of a managed policy without white space, and managed policies of a role. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const policyLimits = { characters: 6144, policiesOfRole: 10 } as const;

/** The most that one statement may take of a policy, so that the next fit beside it. */
const longestStatement = 2800;

const sizeOf = (statements: readonly PolicyStatement[]): number => policyDocument(statements).length;

/** Cuts a statement with many actions in two, until each part is short; what it allows stays the same. */
function parts(statement: PolicyStatement): PolicyStatement[] {
  const { actions } = statement;
  if (actions.length < 2 || sizeOf([statement]) <= longestStatement) return [statement];
  const half = Math.ceil(actions.length / 2);
  return [actions.slice(0, half), actions.slice(half)].flatMap((some) => parts({ ...statement, actions: some }));
}

/**
 * Statements in as few managed policies as their order allows; each is as long as IAM takes, at most.
 * @throws Error if one statement with one action is longer
 */
export function splitStatements(statements: readonly PolicyStatement[]): PolicyStatement[][] {
  const policies: PolicyStatement[][] = [];
  for (const statement of joinStatements(statements).flatMap(parts)) {
    if (sizeOf([statement]) > policyLimits.characters)
      throw new Error(`${statement.actions[0]}: is too long for a policy`);
    const last = policies.at(-1);
    if (last && sizeOf([...last, statement]) <= policyLimits.characters) last.push(statement);
    else policies.push([statement]);
  }
  return policies;
}
