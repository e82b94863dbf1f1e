import type { Construct } from "constructs";
import { ServiceRole, trustPolicy } from "../core";
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
export class EdgeRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: EdgeRoleProps) {
    const { account, functionName, logGroupName, logRegions } = props;
    const logStreams = `arn:aws:logs:*:${account}:log-group:${logGroupName}:*`;
    super(scope, id, {
      region: edgeHome,
      nameParts: [functionName, "edge"],
      // No condition on the account: the replicator is not documented to send one.
      trust: trustPolicy({ Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }),
      policyName: "function",
      statements: [
        {
          sid: "WriteLogs",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [logStreams],
        },
        {
          // Where a group is ours, a late log line must not bring a deleted one back; elsewhere no log line is lost.
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
