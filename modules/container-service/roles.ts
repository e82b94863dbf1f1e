import { type PolicyStatement, partitionOf, trustPolicy } from "../core";
import type { ContainerServiceConfig } from "./config";
import { ecrImage, imageIn, keyArnIn, secretArnIn } from "./regional-copy";

/** Where tasks run. */
export interface TaskPlace {
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
}

/** Lets tasks of the account in the region take a role. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
export const taskTrust = ({ region, account }: TaskPlace): string =>
  trustPolicy(
    { Service: "ecs-tasks.amazonaws.com" },
    {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:${partitionOf(region)}:ecs:${region}:${account}:*` },
    },
  );

/** Where a secret of the configuration is in a region, as a container definition names it; with its ARN alone. */
export function secretIn(
  { region, account }: TaskPlace,
  secret: ContainerServiceConfig["secrets"][string],
): { readonly valueFrom: string; readonly arn: string } {
  if (secret.from === "ssm") {
    const arn = `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter${secret.parameter}`;
    return { arn, valueFrom: arn };
  }
  const arn = secretArnIn(region, secret.secretArn);
  return { arn, valueFrom: secret.key === undefined ? arn : `${arn}:${secret.key}::` };
}

/**
 * What Fargate itself does to start a task: it pulls the image, reads the secrets and writes the log. The code of the container
 * has another role.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function executionStatements(
  { image, secrets }: Pick<ContainerServiceConfig, "image" | "secrets">,
  place: TaskPlace,
  logGroupName: string,
  besideImage?: string,
): PolicyStatement[] {
  const { region } = place;
  const all = Object.values(secrets);
  const arns = (from: "secretsmanager" | "ssm"): string[] => [
    ...new Set(all.filter((one) => one.from === from).map((one) => secretIn(place, one).arn)),
  ];
  const keys = [...new Set(all.flatMap(({ keyArn }) => (keyArn === undefined ? [] : [keyArnIn(region, keyArn)])))];
  const statement = (sid: string, action: string, resources: string[]): PolicyStatement[] =>
    resources.length > 0 ? [{ sid, actions: [action], resources }] : [];
  return [
    ...pullImage(imageIn(region, image), ...(besideImage === undefined ? [] : [imageIn(region, besideImage)])),
    writeLog(place, logGroupName),
    ...statement("ReadSecrets", "secretsmanager:GetSecretValue", arns("secretsmanager")),
    ...statement("ReadParameters", "ssm:GetParameters", arns("ssm")),
    ...statement("DecryptSecrets", "kms:Decrypt", keys),
  ];
}

/** Lets Fargate write the log of tasks. */
export const writeLog = ({ region, account }: TaskPlace, logGroupName: string): PolicyStatement => ({
  sid: "WriteLog",
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [`arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${logGroupName}:*`],
});

/** Lets Fargate pull images; nothing is needed for those that are not in a private repository of Amazon ECR. */
export function pullImage(...images: readonly string[]): PolicyStatement[] {
  const repositories = images.flatMap((image) => {
    const ecr = ecrImage(image);
    return ecr ? [`arn:${partitionOf(ecr.region)}:ecr:${ecr.region}:${ecr.account}:repository/${ecr.repository}`] : [];
  });
  if (repositories.length === 0) return [];
  return [
    {
      sid: "PullImage",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [...new Set(repositories)],
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

/** What a task needs for a shell by ECS Exec. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
export const execStatement: PolicyStatement = {
  sid: "OpenShell",
  actions: [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  resources: ["*"],
  wildcards: { resource: "Channels have no ARNs: IAM takes nothing but * for them." },
};
