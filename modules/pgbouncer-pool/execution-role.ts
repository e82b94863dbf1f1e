import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import {
  deploymentStackOf,
  type Grantee,
  type PolicyStatement,
  partitionOf,
  policyDocument,
  type RegionalKey,
  resourceName,
} from "../core";
import { ecrImage } from "./regional-copy";

export interface ExecutionRoleProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly image: string;
  readonly logGroupName: string;
  readonly secretArns: readonly string[];
  /** The key that the secrets are encrypted with. */
  readonly key: RegionalKey;
}

/**
 * The role by which Fargate starts the tasks: it may pull their image, read their secrets and write their log. The tasks themselves
 * have no role, as PgBouncer calls nothing of AWS.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export class ExecutionRole extends Construct implements Grantee {
  readonly region: string;
  readonly roleArn: string;
  /** What tasks wait for: they read their secrets when they start. */
  readonly policy: IamRolePolicy;
  private readonly statements: PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    const { name, region, account, image, logGroupName, secretArns, key } = props;
    this.region = region;
    const provider = deploymentStackOf(this).providers.in(region);
    const partition = partitionOf(region);
    const role = new IamRole(this, "role", {
      provider,
      // IAM is global: the region keeps the pools of one database apart.
      name: resourceName(this, [name, region], 64),
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ecs-tasks.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": account },
              ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${account}:*` },
            },
          },
        ],
      }),
    });
    this.addImage(image, partition);
    this.addToRolePolicy({
      sid: "WriteLog",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}:*`],
    });
    this.addToRolePolicy({
      sid: "ReadSecretsOfPool",
      actions: ["secretsmanager:GetSecretValue"],
      resources: secretArns,
    });
    key.grantUse(this, "secretsmanager");
    this.roleArn = role.arn;
    this.policy = new IamRolePolicy(this, "policy", {
      provider,
      name: "tasks",
      role: role.name,
      policy: policyDocument(this.statements),
    });
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.statements.push(statement);
  }

  private addImage(image: string, partition: string): void {
    const ecr = ecrImage(image);
    if (!ecr) return;
    this.addToRolePolicy({
      sid: "PullImage",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [`arn:${partition}:ecr:${ecr.region}:${ecr.account}:repository/${ecr.repository}`],
    });
    // The token is for all registries that the role may pull from; AWS knows no narrower resource.
    this.addToRolePolicy({ sid: "LogInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] });
  }
}
