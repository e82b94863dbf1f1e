import type { PolicyStatement } from "../core";
import type { PipelineEnvironment } from "./config";

/** An environment, as policies name it. */
export interface PolicyOf {
  readonly partition: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The path of the pipeline's own roles and policies, between slashes. */
  readonly path: string;
  /** ARN of the permissions boundary. */
  readonly boundaryArn: string;
  readonly environment: PipelineEnvironment;
  /** Whether the account has no other environment, so that what IAM cannot tell apart is of this one. */
  readonly alone: boolean;
}

/** Fills in the placeholders of a scope. */
export function arnOf(service: string, pattern: string, { partition, account, environment }: PolicyOf): string {
  const text = pattern.startsWith("arn:") ? pattern : `arn:{partition}:${service}:*:{account}:${pattern}`;
  return text
    .replaceAll("{partition}", partition)
    .replaceAll("{account}", account)
    .replaceAll("{env_}", nameIn(environment).replaceAll("-", "_"))
    .replaceAll("{env}", nameIn(environment));
}

/** The name of the environment in patterns: that of previews stands for all of them. */
const nameIn = ({ name, previews }: PipelineEnvironment): string => (previews ? `${name}-*` : name);

export const tagOfResource = "aws:ResourceTag/Environment";
export const tagOfRequest = "aws:RequestTag/Environment";

type Conditions = NonNullable<PolicyStatement["conditions"]>;

/** A tag with the name of the environment, or of one of the previews. */
const tagIs = (tag: string, { environment }: PolicyOf): Conditions => ({
  [environment.previews ? "StringLike" : "StringEquals"]: { [tag]: nameIn(environment) },
});

/** What has the environment's tag already. @param more conditions that hold beside it */
export function hasTag(of: PolicyOf, more: Conditions = {}): Conditions {
  const own = tagIs(tagOfResource, of);
  const operators = new Set([...Object.keys(own), ...Object.keys(more)]);
  return Object.fromEntries([...operators].map((operator) => [operator, { ...own[operator], ...more[operator] }]));
}

/** What does not exist yet, or has no owner, and is given the environment's tag: a resource of another environment has one. */
export const takesUntagged = (of: PolicyOf): Conditions => ({
  ...tagIs(tagOfRequest, of),
  Null: { [tagOfResource]: "true" },
});

/** The ARN pattern of the environment's own roles. */
export const rolesOf = ({ partition, account, environment }: PolicyOf): string =>
  `arn:${partition}:iam::${account}:role${environment.rolePath}${nameIn(environment)}-*`;

/** The ARN pattern of the environment's own managed policies. */
export const managedPoliciesOf = ({ partition, account, environment }: PolicyOf): string =>
  `arn:${partition}:iam::${account}:policy/${nameIn(environment)}-*`;
