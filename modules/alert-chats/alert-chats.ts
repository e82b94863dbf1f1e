import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import { ChatbotTeamsChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-teams-channel-configuration";
import { Construct } from "constructs";
import {
  ConstructError,
  deploymentStackOf,
  parseConfig,
  partitionOf,
  type RoleSettings,
  resourceName,
  ServiceRole,
  setRoleSettings,
  trustPolicy,
} from "../core";
import { type AlertChatsInput, alertChatsConfig } from "./config";

export interface AlertChatsProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: AlertChatsInput;
  /** Name of the environment; part of all resource names. */
  readonly environment: string;
  /** The region whose provider makes them; chats are one for all regions. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** ARNs of the alert topics of all regions. */
  readonly topicArns: readonly string[];
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/**
 * Has AWS write what alert topics get to channels of Slack and Microsoft Teams. Without a guardrail, people in the channel could do in
 * the account whatever the role may; here both let them look at metrics and alarms only.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
 */
export class AlertChats extends Construct {
  /** Name of the role that the chats look at metrics with. */
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: AlertChatsProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { environment, region, account, topicArns } = props;
    const { slack, teams } = parseConfig(alertChatsConfig, props.config, this.node.path);
    const partition = partitionOf(region);
    if (partition !== "aws") {
      throw new ConstructError(this, `is in ${region}, where there are no chat applications`, "leave the chats out");
    }
    if (topicArns.length === 0) {
      throw new ConstructError(
        this,
        "has no topic, so that nothing would be written",
        "pass the ARN of an alert topic",
      );
    }
    const role = new ServiceRole(this, "look", {
      region,
      nameParts: [environment, "alert-chats"],
      trust: trustPolicy(
        { Service: "chatbot.amazonaws.com" },
        {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:chatbot::${account}:chat-configuration/*` },
        },
      ),
      policyName: "look",
      statements: [
        {
          sid: "LookAtMetrics",
          actions: [
            "cloudwatch:DescribeAlarms",
            "cloudwatch:GetMetricData",
            "cloudwatch:GetMetricWidgetImage",
            "cloudwatch:ListMetrics",
          ],
          resources: ["*"],
          wildcards: { resource: "Metrics have no ARN, and alarms of both kinds are described together only on all." },
        },
      ],
    });
    this.roleName = role.roleName;
    const common = {
      provider: deploymentStackOf(this).providers.in(region),
      iamRoleArn: role.roleArn,
      guardrailPolicyArns: [`arn:${partition}:iam::aws:policy/CloudWatchReadOnlyAccess`],
      snsTopicArns: [...topicArns],
      loggingLevel: "ERROR",
      userAuthorizationRequired: false,
      dependsOn: [role.policy],
    };
    const nameOf = (name: string) => resourceName(this, [environment, name], 128);
    for (const { name, teamId, channelId } of slack) {
      new ChatbotSlackChannelConfiguration(this, name, {
        ...common,
        configurationName: nameOf(name),
        slackTeamId: teamId,
        slackChannelId: channelId,
      });
    }
    for (const { name, tenantId, teamId, channelId } of teams) {
      new ChatbotTeamsChannelConfiguration(this, name, {
        ...common,
        configurationName: nameOf(name),
        tenantId,
        teamId,
        channelId,
      });
    }
  }
}
