import type { Construct } from "constructs";
import { ecrImage } from "../container-service";
import { type PolicyStatement, partitionOf, type RegionalKey, ServiceRole, trustPolicy } from "../core";

export interface ExecutionRoleProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly image: string;
  readonly logGroupName: string;
  readonly secretArns: readonly string[];
  /** Encrypts the secrets. */
  readonly key: RegionalKey;
}

/**
 * The role that Fargate uses to start the tasks: it may pull their image, read their secrets and write their logs. The
 * tasks themselves have no role, because PgBouncer does not call AWS.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export class ExecutionRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    const { name, region, account, image, logGroupName, secretArns, key } = props;
    const partition = partitionOf(region);
    super(scope, id, {
      region,
      // IAM is global: the region distinguishes the pools of one database.
      nameParts: [name, region],
      trust: trustPolicy(
        { Service: "ecs-tasks.amazonaws.com" },
        {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${account}:*` },
        },
      ),
      policyName: "tasks",
      statements: [
        ...pullImage(image, partition),
        {
          sid: "WriteLog",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}:*`],
        },
        { sid: "ReadSecretsOfPool", actions: ["secretsmanager:GetSecretValue"], resources: secretArns },
      ],
    });
    key.grantUse(this, "secretsmanager", "decrypt");
  }
}

function pullImage(image: string, partition: string): PolicyStatement[] {
  const ecr = ecrImage(image);
  if (!ecr) return [];
  return [
    {
      sid: "PullImage",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [`arn:${partition}:ecr:${ecr.region}:${ecr.account}:repository/${ecr.repository}`],
    },
    {
      sid: "LogInToRegistry",
      actions: ["ecr:GetAuthorizationToken"],
      resources: ["*"],
      wildcards: {
        resource: "The token is for all registries that the role may pull from: IAM takes nothing but * for it.",
      },
    },
  ];
}
