import { inlinePolicyLimits, policySize } from "../../values/languages";
import { type PolicyStatement, policyDocument } from "./policy";

/** The most characters of all inline policies of a role, white space aside. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const longestRolePolicy = inlinePolicyLimits.characters;

/** What a reference stands for has at most so many characters, if its statement does not say so itself. */
const referenceLength = 128;

/**
 * How long the inline policy of a role with these statements is in AWS, in characters: references are as long as what
 * they stand for.
 */
export function rolePolicySize(statements: readonly PolicyStatement[]): number {
  const text = policyDocument(
    statements.map(({ measuredAs, ...statement }) => ({ ...statement, resources: measuredAs ?? statement.resources })),
  );
  return policySize(text.replace(/\$\{TfToken\[[\w.]+\]\}/g, "x".repeat(referenceLength)), inlinePolicyLimits);
}

/**
 * Joins statements that differ in their resources only, in the place of the first of them. A statement with a sid is
 * left as it is.
 */
export function joinStatements(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const joined = new Map<string, PolicyStatement>();
  statements.forEach((statement, index) => {
    const { resources, measuredAs, wildcards, ...rest } = statement;
    const key = rest.sid === undefined ? JSON.stringify(rest) : `sid ${index}`;
    const known = joined.get(key);
    joined.set(
      key,
      known === undefined
        ? statement
        : {
            ...known,
            resources: [...known.resources, ...resources],
            measuredAs: [...(known.measuredAs ?? known.resources), ...(measuredAs ?? resources)],
            wildcards: known.wildcards || wildcards ? { ...wildcards, ...known.wildcards } : undefined,
          },
    );
  });
  return [...joined.values()];
}
