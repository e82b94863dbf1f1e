import { AlertChats } from "../../../modules/alert-chats";
import type { AlarmTarget, DeploymentStack } from "../../../modules/core";

export function build(stack: DeploymentStack, topics: AlarmTarget): AlertChats {
  return new AlertChats(stack, "alert-chats", {
    config: { slack: [{ name: "orders", teamId: "T0123456789", channelId: "C0123456789" }] },
    environment: "prod",
    region: "eu-west-1",
    account: "123456789012",
    topicArns: ["eu-west-1", "eu-central-1"].map((region) => topics.topicArn(region)),
  });
}
