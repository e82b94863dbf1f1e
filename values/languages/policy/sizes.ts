import type { Problem } from "../../problem";
import { hasReferences } from "../references";

/** What a service allows of one policy. */
export interface PolicyLimits {
  /** Whose policy it is, in messages. */
  readonly of: string;
  readonly characters: number;
  /** IAM does not count white space; services that keep a policy of a resource count every byte. */
  readonly withoutSpace?: boolean;
  readonly statements?: number;
  readonly principals?: number;
  readonly conditions?: number;
  /** In each statement. */
  readonly actions?: number;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const managedPolicyLimits: PolicyLimits = { of: "a managed policy", characters: 6144, withoutSpace: true };

/** All inline policies of a role together. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const inlinePolicyLimits: PolicyLimits = {
  of: "the inline policies of a role",
  characters: 10_240,
  withoutSpace: true,
};

/** The default quota. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const trustPolicyLimits: PolicyLimits = { of: "a trust policy", characters: 2048, withoutSpace: true };

/** Limits of the policies of resources, by the service that keeps them. */
export const resourcePolicyLimits = {
  /** The documentation says no limit; that of IAM's other resource policies. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html */
  backup: { of: "the policy of a backup vault", characters: 20_480 },
  /** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html */
  dynamodb: { of: "a DynamoDB resource policy", characters: 20_480 },
  /** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html */
  ecr: { of: "an ECR repository policy", characters: 10_240 },
  /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
  events: { of: "the policy of an event bus", characters: 10_240 },
  /** @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
  kms: { of: "a key policy", characters: 32_768 },
  /** @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
  "vpc-endpoint": { of: "the policy of an endpoint", characters: 20_480 },
  /** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  lambda: { of: "the policy of a function", characters: 20_480 },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html */
  logs: { of: "a resource policy of CloudWatch Logs", characters: 5120 },
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-iam-policies.html */
  s3: { of: "a bucket policy", characters: 20_480 },
  /** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
  secretsmanager: { of: "the policy of a secret", characters: 20_480 },
  /** @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html */
  sns: { of: "the policy of a topic", characters: 30_720, statements: 100, principals: 200 },
  /** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
  sqs: { of: "the policy of a queue", characters: 8192, statements: 20, principals: 50, conditions: 10, actions: 7 },
} as const satisfies Record<string, PolicyLimits>;

/** How long a policy is for AWS: IAM counts characters other than white space, everyone else bytes. */
export function policySize(text: string, { withoutSpace }: Pick<PolicyLimits, "withoutSpace">): number {
  return withoutSpace ? text.replace(/\s/g, "").length : Buffer.byteLength(text);
}

/**
 * What is wrong with the length of a policy. One with references of Terraform is not measured, because what they stand
 * for is as long as AWS makes it.
 */
export function sizeProblem(text: string, limits: PolicyLimits): Problem | undefined {
  if (hasReferences(text)) return undefined;
  const size = policySize(text, limits);
  return size > limits.characters
    ? `has ${size} ${limits.withoutSpace ? "characters without white space" : "bytes"}, but ${limits.of} may have ${limits.characters}; ${shorter}`
    : undefined;
}

const shorter = "join statements that allow the same, or give fewer permissions";
