import { type PolicyStatement, partitionOf, policyDocument } from "../core";

/** A service that a network has an endpoint of, by the end of the endpoint service's name. */
export type EndpointService = keyof typeof usual;

const pullImages = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** What functions, rotation and poolers do with a service: data, not administration. */
const usual = {
  dynamodb: [
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:PartiQL*",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:UpdateItem",
  ],
  s3: [
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:ListBucket",
    "s3:ListMultipartUploadParts",
    "s3:PutObject",
  ],
  "ecr.api": ["ecr:GetAuthorizationToken", ...pullImages],
  "ecr.dkr": pullImages,
  events: ["events:PutEvents"],
  kms: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
  lambda: ["lambda:InvokeFunction"],
  logs: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
  monitoring: ["cloudwatch:PutMetricData"],
  secretsmanager: [
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetRandomPassword",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecretVersionStage",
  ],
  sns: ["sns:Publish"],
  sqs: [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
  ],
  ssm: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:PutParameter"],
  ssmmessages: [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  sts: ["sts:AssumeRole", "sts:GetCallerIdentity"],
  xray: [
    "xray:GetSamplingRules",
    "xray:GetSamplingStatisticSummaries",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
  ],
} as const satisfies Record<string, readonly string[]>;

/** The prefix of a service's actions, where the name of its endpoint is another. */
const prefixes: Partial<Record<EndpointService, string>> = {
  "ecr.api": "ecr",
  "ecr.dkr": "ecr",
  monitoring: "cloudwatch",
};

/** The prefix of the actions that the endpoint of a service takes. */
export const actionPrefix = (service: EndpointService): string => prefixes[service] ?? service;

export interface EndpointPolicyProps {
  /** The service that the endpoint leads to. */
  readonly service: EndpointService;
  /** The region of the network. */
  readonly region: string;
  /** AWS account id, 12 digits: only its principals are let through. */
  readonly account: string;
  /** Actions of any services; those of this one are let through as well. */
  readonly actions: readonly string[];
}

/**
 * The policy of an endpoint: principals of the account may do through it what functions do. What they may do in the end, their
 * roles decide.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointPolicy({ service, region, account, actions }: EndpointPolicyProps): string {
  const ofService = actions.filter((action) => action.startsWith(`${actionPrefix(service)}:`));
  return policyDocument([
    {
      sid: "OwnAccount",
      principals: "*",
      actions: [...new Set([...usual[service], ...ofService])],
      resources: ["*"],
      wildcards: {
        resource:
          "What a principal reaches through the endpoint, its role decides; stacks of services name their resources later.",
        principal: "The condition lets principals of the account through; their roles do not exist yet.",
      },
      conditions: { StringEquals: { "aws:PrincipalAccount": account } },
    },
    ...(service === "s3" ? [layersOfImages(region)] : []),
  ]);
}

/**
 * ECR keeps the layers of images in buckets of its own, and its presigned URLs are no requests of the account's.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
function layersOfImages(region: string): PolicyStatement {
  return {
    sid: "LayersOfImages",
    principals: "*",
    actions: ["s3:GetObject"],
    resources: [`arn:${partitionOf(region)}:s3:::prod-${region}-starport-layer-bucket/*`],
    wildcards: {
      principal: "ECR's presigned URLs are no requests of a principal of the account; the bucket is AWS's.",
    },
  };
}
