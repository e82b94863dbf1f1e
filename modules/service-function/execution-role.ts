import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type IResolveContext, Lazy } from "cdktf";
import { Construct } from "constructs";
import {
  deploymentStackOf,
  type Grantee,
  type PolicyStatement,
  partitionOf,
  policyDocument,
  resourceName,
  trustPolicy,
} from "../core";

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
export class ExecutionRole extends Construct implements Grantee {
  readonly region: string;
  readonly roleArn: string;
  /** The same ARN as text, for what is configured in literal values; it makes nothing wait for the role. */
  readonly literalRoleArn: string;
  /** What has to exist before the function first uses a permission. */
  readonly policy: IamRolePolicy;
  private readonly statements: PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    this.region = props.region;
    const provider = deploymentStackOf(this).providers.in(props.region);
    // IAM is global: the region keeps the roles of the same function in two regions apart.
    const name = resourceName(this, [props.functionName, props.region], 64);
    const { path = "/", account } = props;
    this.literalRoleArn = `arn:${partitionOf(props.region)}:iam::${account}:role${path}${name}`;
    const role = new IamRole(this, "role", {
      provider,
      name,
      path: props.path,
      permissionsBoundary: props.permissionsBoundaryArn,
      // Not aws:SourceArn: whether Lambda sends it with or without the qualifier is not documented.
      assumeRolePolicy: trustPolicy(
        { Service: "lambda.amazonaws.com" },
        { StringEquals: { "aws:SourceAccount": props.account } },
      ),
    });
    this.roleArn = role.arn;
    this.policy = new IamRolePolicy(this, "policy", {
      provider,
      name: "function",
      role: role.name,
      policy: Lazy.stringValue({ produce: (context) => policyDocument(this.distinctStatements(context)) }),
    });
    this.addToRolePolicy({
      sid: "WriteLogs",
      // No logs:CreateLogGroup: a late log line must not bring a deleted group back without retention and key.
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`${functionArns(props).logGroup}:*`],
    });
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.statements.push(statement);
  }

  /** Two references to one attribute are different tokens, so statements are compared as they will read. */
  private distinctStatements(context: IResolveContext): PolicyStatement[] {
    const byText = new Map<string, PolicyStatement>();
    for (const statement of this.statements) {
      const text = JSON.stringify(context.resolve(statement));
      if (!byText.has(text)) byText.set(text, statement);
    }
    return [...byText.values()];
  }
}
