import type { Construct } from "constructs";
import { pullImage, type TaskPlace, taskTrust, writeLog } from "../container-service";
import { type RegionalKey, ServiceRole } from "../core";

export interface ExecutionRoleProps extends TaskPlace {
  readonly name: string;
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
    const { name, region, image, logGroupName, secretArns, key } = props;
    super(scope, id, {
      region,
      // IAM is global: the region distinguishes the pools of one database.
      nameParts: [name, region],
      trust: taskTrust(props),
      policyName: "tasks",
      statements: [
        ...pullImage(image),
        writeLog(props, logGroupName),
        { sid: "ReadSecretsOfPool", actions: ["secretsmanager:GetSecretValue"], resources: secretArns },
      ],
    });
    key.grantUse(this, "secretsmanager", "decrypt");
  }
}
