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
    .replaceAll("{env_}", environment.name.replaceAll("-", "_"))
    .replaceAll("{env}", environment.name);
}

export const tagOfResource = "aws:ResourceTag/Environment";
export const tagOfRequest = "aws:RequestTag/Environment";

/** What has the environment's tag already. */
export const hasTag = ({ environment }: PolicyOf): PolicyStatement["conditions"] => ({
  StringEquals: { [tagOfResource]: environment.name },
});

/** What does not exist yet, or has no owner, and is given the environment's tag: a resource of another environment has one. */
export const takesUntagged = ({ environment }: PolicyOf): PolicyStatement["conditions"] => ({
  StringEquals: { [tagOfRequest]: environment.name },
  Null: { [tagOfResource]: "true" },
});

/** The ARN pattern of the environment's own roles. */
export const rolesOf = ({ partition, account, environment: { name, rolePath } }: PolicyOf): string =>
  `arn:${partition}:iam::${account}:role${rolePath}${name}-*`;

/** The ARN pattern of the environment's own managed policies. */
export const managedPoliciesOf = ({ partition, account, environment: { name } }: PolicyOf): string =>
  `arn:${partition}:iam::${account}:policy/${name}-*`;
