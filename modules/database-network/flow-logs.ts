import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import {
  deploymentStackOf,
  LogGroup,
  parseConfig,
  partitionOf,
  type RegionalKey,
  ServiceRole,
  trustPolicy,
} from "../core";
import { type FlowLogInput, flowLogConfig } from "./config";

export interface FlowLogsProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: FlowLogInput;
  /** Name of the network. */
  readonly name: string;
  /** The region of the network. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The VPC whose traffic is logged. */
  readonly vpcId: string;
  /** Encrypts the log; its users include `logs`. */
  readonly key: RegionalKey;
}

/**
 * The flow log of a VPC in CloudWatch Logs, with a role that may write to that one log group.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export class FlowLogs extends Construct {
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { name, region, account, vpcId, key } = props;
    const config = parseConfig(flowLogConfig, props.config, this.node.path);
    const provider = deploymentStackOf(this).providers.in(region);
    const group = new LogGroup(this, "group", {
      provider,
      name: `/aws/vpc/${name}/flow-logs`,
      retentionDays: config.logRetentionDays,
      keyArn: key.arnIn(region),
    });
    const logs = `arn:${partitionOf(region)}:logs:${region}:${account}`;
    const role = new ServiceRole(this, "writer", {
      region,
      // IAM is global: the region distinguishes the networks of one database.
      nameParts: [name, "flows", region],
      trust: trustPolicy(
        { Service: "vpc-flow-logs.amazonaws.com" },
        {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partitionOf(region)}:ec2:${region}:${account}:vpc-flow-log/*` },
        },
      ),
      policyName: "logs",
      statements: [
        {
          sid: "WriteLog",
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [`${logs}:log-group:/aws/vpc/${name}/flow-logs:*`],
        },
        { sid: "FindLog", actions: ["logs:DescribeLogGroups"], resources: [`${logs}:log-group:*`] },
      ],
    });
    new FlowLog(this, "log", {
      provider,
      vpcId,
      trafficType: config.trafficType,
      maxAggregationInterval: config.aggregationIntervalSeconds,
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.roleArn,
      // Without it, the first lines would be lost.
      dependsOn: [role.policy],
      tags: { Name: name },
    });
    this.logGroupName = group.name;
  }
}
