import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { deploymentStackOf, type PolicyStatement, policyDocument, resourceName, trustPolicy } from "../core";
import { edgeHome } from "./limits";

export interface EdgeRoleProps {
  readonly account: string;
  readonly functionName: string;
  /** Name of the function's log group, the same in every region. */
  readonly logGroupName: string;
  /** Regions whose log group exists. */
  readonly logRegions: readonly string[];
  /** IAM path, `/` unless given. */
  readonly path?: string;
  readonly permissionsBoundaryArn?: string;
}

/**
 * The role of a function at the edge: trusted by Lambda and by its replicator, and allowed to write its logs wherever it runs.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
 */
export class EdgeRole extends Construct {
  readonly roleArn: string;
  /** What has to exist before the function first uses a permission. */
  readonly policy: IamRolePolicy;
  private readonly statements: PolicyStatement[];

  constructor(scope: Construct, id: string, props: EdgeRoleProps) {
    super(scope, id);
    const { account, functionName, logGroupName, logRegions } = props;
    const provider = deploymentStackOf(this).providers.in(edgeHome);
    const logGroup = `arn:aws:logs:*:${account}:log-group:${logGroupName}`;
    this.statements = [
      {
        sid: "WriteLogs",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [`${logGroup}:*`],
      },
      {
        // Where a group is ours, a late log line must not bring a deleted one back; elsewhere no log line is lost.
        sid: "KeepLogsElsewhere",
        actions: ["logs:CreateLogGroup"],
        resources: [`${logGroup}:*`],
        conditions: { StringNotEquals: { "aws:RequestedRegion": logRegions } },
      },
    ];
    const role = new IamRole(this, "role", {
      provider,
      name: resourceName(this, [functionName, "edge"], 64),
      path: props.path,
      permissionsBoundary: props.permissionsBoundaryArn,
      // No condition on the account: the replicator is not documented to send one.
      assumeRolePolicy: trustPolicy({ Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }),
    });
    this.roleArn = role.arn;
    this.policy = new IamRolePolicy(this, "policy", {
      provider,
      name: "function",
      role: role.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.statements) }),
    });
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.statements.push(statement);
  }
}
