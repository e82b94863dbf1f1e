import { checkWildcards, keepReasons, ofWhatItBelongsTo, type WildcardReasons } from "./wildcards";

/** One statement of an IAM, key or resource policy, with the IAM JSON policy element names in camelCase. */
export interface PolicyStatement {
  /** Unique within the policy; letters and digits only. */
  readonly sid?: string;
  /** Defaults to `Allow`. */
  readonly effect?: "Allow" | "Deny";
  /** The principals, in resource policies: `{ Service: "logs.amazonaws.com" }`, `{ AWS: "arn:..." }` or `"*"`. */
  readonly principals?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The resources as AWS writes them, if they are references: as long as theirs, to measure the policy at synth. */
  readonly measuredAs?: readonly string[];
  /** `{ StringEquals: { "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com" } }` */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Why it names every action (`*` or `<service>:*`), resource or principal by `*`, if it does; without a reason it is refused. */
  readonly wildcards?: WildcardReasons;
}

/**
 * The JSON of a policy document. Statements keep their order, so the same input gives the same bytes.
 * @throws PolicyError for a wildcard without a reason
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return toJson(statements);
}

/**
 * The trust policy of a role: who may assume it, and under which conditions.
 * @param wildcards why everybody may, if `principals` is `*`
 * @throws PolicyError for everybody without a reason
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
 */
export function trustPolicy(
  principals: NonNullable<PolicyStatement["principals"]>,
  conditions?: PolicyStatement["conditions"],
  wildcards?: WildcardReasons,
): string {
  return toJson([{ principals, actions: ["sts:AssumeRole"], conditions, wildcards }]);
}

/** A trust policy has no `Resource`: the role itself is the resource. */
type Statement = Omit<PolicyStatement, "resources"> & Partial<Pick<PolicyStatement, "resources">>;

function toJson(statements: readonly Statement[]): string {
  statements.forEach(checkWildcards);
  keepReasons(statements);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", principals, actions, resources, conditions }) => ({
      Sid: sid || undefined,
      Effect: effect,
      Principal: principals || undefined,
      Action: oneOrMany(actions),
      Resource: resources ? oneOrMany(resources) : undefined,
      Condition: conditions || undefined,
    })),
  });
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  return values.length === 1 && values[0] !== undefined ? values[0] : values;
}

/**
 * A resource policy statement that denies every request not sent over TLS.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport
 */
export function denyWithoutTls(
  statement: Required<Pick<PolicyStatement, "sid" | "actions" | "resources">>,
): PolicyStatement {
  return {
    ...statement,
    effect: "Deny",
    principals: "*",
    conditions: { Bool: { "aws:SecureTransport": "false" } },
    wildcards: {
      principal: "It denies: nobody may send a request without TLS.",
      ...(statement.actions.some((action) => action.endsWith(":*")) && {
        action: "It denies: no request at all may come without TLS.",
      }),
      ...(statement.resources.includes("*") && { resource: `${ofWhatItBelongsTo} It denies.` }),
    },
  };
}

/** A principal in one region that can be granted permissions through its role's policy. */
export interface Grantee {
  /** The region that the principal runs in: grants only give access to resources in this region. */
  readonly region: string;
  /** Adds a statement to the role's policy; duplicates are added once. */
  addToRolePolicy(statement: PolicyStatement): void;
}
