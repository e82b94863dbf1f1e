import { parseArn } from "../demands/arns";
import { trustedRole } from "../demands/roles";
import { missingTarget } from "../demands/targets";
import { answer, operation } from "../operation";
import { type Answer, type Demand, type ServiceCalls, text, texts, type Warning } from "../refusal";

const invalid = (code: string, message: string): Answer => answer(400, code, message);

const role: Demand = trustedRole(
  ({ values }) => text(values, "iam_role_arn"),
  "chatbot.amazonaws.com",
  (arn) => invalid("InvalidParameterException", `The role ${arn} cannot be assumed.`),
);

/** A channel has one configuration in an account. */
const oneForEachChannel =
  (type: string, ids: readonly string[]): Demand =>
  ({ values, cloud, prior }) => {
    if (prior) return undefined;
    const same = cloud.find(type, (state) => ids.every((id) => text(state, id) === text(values, id)));
    return same ? invalid("ConflictException", "The channel is already configured in this account.") : undefined;
  };

const topicsOfSns: Demand = ({ values }) => {
  const wrong = texts(values, "sns_topic_arns").find((arn) => parseArn(arn)?.service !== "sns");
  return wrong === undefined ? undefined : invalid("InvalidParameterException", `${wrong} is not a topic of SNS.`);
};

const topicsExist: Warning = ({ values, cloud }) =>
  texts(values, "sns_topic_arns")
    .filter((arn) => missingTarget(cloud, arn))
    .map((arn) => `writes what ${arn} gets, which does not exist`);

/** @see https://docs.aws.amazon.com/chatbot/latest/APIReference/ */
export const chatbot: ServiceCalls = {
  aws_chatbot_slack_channel_configuration: {
    service: "chatbot",
    create: operation(
      "CreateSlackChannelConfiguration",
      "creating Chatbot Slack Channel Configuration ({configuration_name})",
    ),
    update: operation(
      "UpdateSlackChannelConfiguration",
      "updating Chatbot Slack Channel Configuration ({configuration_name})",
    ),
    remove: operation(
      "DeleteSlackChannelConfiguration",
      "deleting Chatbot Slack Channel Configuration ({configuration_name})",
    ),
    demands: [
      role,
      oneForEachChannel("aws_chatbot_slack_channel_configuration", ["slack_team_id", "slack_channel_id"]),
      topicsOfSns,
    ],
    warnings: [topicsExist],
  },
  aws_chatbot_teams_channel_configuration: {
    service: "chatbot",
    create: operation(
      "CreateMicrosoftTeamsChannelConfiguration",
      "creating Chatbot Teams Channel Configuration ({configuration_name})",
    ),
    update: operation(
      "UpdateMicrosoftTeamsChannelConfiguration",
      "updating Chatbot Teams Channel Configuration ({configuration_name})",
    ),
    remove: operation(
      "DeleteMicrosoftTeamsChannelConfiguration",
      "deleting Chatbot Teams Channel Configuration ({configuration_name})",
    ),
    demands: [
      role,
      oneForEachChannel("aws_chatbot_teams_channel_configuration", ["team_id", "channel_id"]),
      topicsOfSns,
    ],
    warnings: [topicsExist],
  },
};
