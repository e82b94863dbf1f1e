import { AlertChats } from "../../../modules/alert-chats";
import type { DeploymentStack } from "../../../modules/core";

const account = "111111111111";

/** A channel of each kind. */
export function everyOption(stack: DeploymentStack): void {
  new AlertChats(stack, "full", {
    config: {
      slack: [{ name: "orders", teamId: "T0123456789", channelId: "C0123456789" }],
      teams: [
        {
          name: "platform",
          tenantId: "01234567-89ab-cdef-0123-456789abcdef",
          teamId: "11234567-89ab-cdef-0123-456789abcdef",
          channelId: "19%3aab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2",
        },
      ],
    },
    environment: "test",
    region: "eu-west-1",
    account,
    topicArns: ["eu-west-1", "eu-central-1"].map((region) => `arn:aws:sns:${region}:${account}:test-alerts`),
    roles: { path: "/services/", permissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary` },
  });
}
