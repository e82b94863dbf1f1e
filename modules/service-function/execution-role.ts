import type { Construct } from "constructs";
import { partitionOf, ServiceRole, trustPolicy } from "../core";

export interface ExecutionRoleProps {
  readonly region: string;
  readonly account: string;
  /** Name of the function that runs with the role. */
  readonly functionName: string;
  /** IAM path, `/` unless given. */
  readonly path?: string;
  readonly permissionsBoundaryArn?: string;
}

/** The function's ARN and its log group's, as text: a reference would make the policy depend on what depends on it. */
export function functionArns({ region, account, functionName }: ExecutionRoleProps) {
  const partition = partitionOf(region);
  return {
    function: `arn:${partition}:lambda:${region}:${account}:function:${functionName}`,
    logGroup: `arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/${functionName}`,
  };
}

/**
 * The role that one function runs with: it may write its own logs and what grants add, nothing else.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export class ExecutionRole extends ServiceRole {
  /** The role's ARN as text, for what is configured in literal values; it makes nothing wait for the role. */
  readonly literalRoleArn: string;

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id, {
      region: props.region,
      // IAM is global: the region keeps the roles of the same function in two regions apart.
      nameParts: [props.functionName, props.region],
      // Not aws:SourceArn: whether Lambda sends it with or without the qualifier is not documented.
      trust: trustPolicy({ Service: "lambda.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": props.account } }),
      policyName: "function",
      statements: [
        {
          sid: "WriteLogs",
          // No logs:CreateLogGroup: a late log line must not bring a deleted group back without retention and key.
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${functionArns(props).logGroup}:*`],
        },
      ],
      path: props.path,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    const { region, account, path = "/" } = props;
    this.literalRoleArn = `arn:${partitionOf(region)}:iam::${account}:role${path}${this.roleName}`;
  }
}
