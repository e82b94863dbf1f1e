import type { Construct } from "constructs";
import { partitionOf, roleSettingsOf, ServiceRole, trustPolicy } from "../core";

export interface ExecutionRoleProps {
  readonly region: string;
  readonly account: string;
  /** Name of the function that uses the role. */
  readonly functionName: string;
  /** IAM path; that of `setRoleSettings` if left out, and `/` without one. */
  readonly path?: string;
  readonly permissionsBoundaryArn?: string;
}

/** The literal ARNs of the function and its log group: references would create a cycle with the policy. */
export function functionArns({ region, account, functionName }: ExecutionRoleProps) {
  const partition = partitionOf(region);
  return {
    function: `arn:${partition}:lambda:${region}:${account}:function:${functionName}`,
    logGroup: `arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/${functionName}`,
  };
}

/**
 * The role of one function: it may only write its own logs, plus what grants add.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export class ExecutionRole extends ServiceRole {
  /** The role's literal ARN, for literal configuration; using it does not create a dependency on the role. */
  readonly literalRoleArn: string;

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id, {
      region: props.region,
      // IAM is global: the region distinguishes the roles of the same function in several regions.
      nameParts: [props.functionName, props.region],
      // No aws:SourceArn: AWS does not document whether Lambda sends it with or without the qualifier.
      trust: trustPolicy({ Service: "lambda.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": props.account } }),
      policyName: "function",
      statements: [
        {
          sid: "WriteLogs",
          // No logs:CreateLogGroup: a late log line must not recreate a deleted group without retention and key.
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${functionArns(props).logGroup}:*`],
        },
      ],
      path: props.path,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    const { region, account, path = roleSettingsOf(this).path ?? "/" } = props;
    this.literalRoleArn = `arn:${partitionOf(region)}:iam::${account}:role${path}${this.roleName}`;
  }
}
