import type { Construct } from "constructs";
import { ServiceRole, trustPolicy } from "../core";
import { edgeHome } from "./limits";

export interface EdgeRoleProps {
  readonly account: string;
  readonly functionName: string;
  /** Name of the function's log group, the same in every region. */
  readonly logGroupName: string;
  /** Regions where the log group is created by Terraform. */
  readonly logRegions: readonly string[];
  /** IAM path; that of `setRoleSettings` if left out, and `/` without one. */
  readonly path?: string;
  readonly permissionsBoundaryArn?: string;
}

/**
 * The role of a Lambda@Edge function: trusted by Lambda and its replicator, and allowed to write logs in any region.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
 */
export class EdgeRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: EdgeRoleProps) {
    const { account, functionName, logGroupName, logRegions } = props;
    const logStreams = `arn:aws:logs:*:${account}:log-group:${logGroupName}:*`;
    super(scope, id, {
      region: edgeHome,
      nameParts: [functionName, "edge"],
      // No condition on the account: the replicator is not documented to send it.
      trust: trustPolicy({ Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }),
      policyName: "function",
      statements: [
        {
          sid: "WriteLogs",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [logStreams],
        },
        {
          // A late log line must not recreate a group that Terraform has deleted. In other regions no log line is lost.
          sid: "KeepLogsElsewhere",
          actions: ["logs:CreateLogGroup"],
          resources: [logStreams],
          conditions: { StringNotEquals: { "aws:RequestedRegion": logRegions } },
        },
      ],
      path: props.path,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
  }
}
