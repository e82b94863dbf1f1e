import { z } from "zod";
import { kebabName, strictObject, withRule } from "../core";

export type * from "./input";

const uuid = z
  .string()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    "is not an id of Microsoft; copy it from the link to the channel, like 01234567-89ab-cdef-0123-456789abcdef",
  );

const name = kebabName(32).describe("Name of the chat in the environment. Part of the Terraform address.");

/**
 * Channels of Slack and Microsoft Teams that Amazon Q Developer in chat applications, AWS Chatbot before, writes alerts to.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/what-is.html
 */
export const alertChatsConfig = withRule(
  strictObject(() => ({
    slack: z
      .array(
        strictObject(() => ({
          name,
          teamId: z
            .string()
            .regex(/^[0-9A-Z]{1,255}$/, "is not an id of a workspace; copy it from the console, like T0123456789")
            .describe("Id of the workspace, which somebody has authorized in the console of the account."),
          channelId: z
            .string()
            .regex(/^[A-Za-z0-9]{1,255}$/, "is not an id of a channel; copy it from its details, like C0123456789")
            .describe("Id of the channel; to a private one the app has to be invited."),
        })),
      )
      .max(20)
      .default([])
      .describe("Channels of Slack."),
    teams: z
      .array(
        strictObject(() => ({
          name,
          tenantId: uuid.describe("Id of the tenant of Microsoft Entra."),
          teamId: uuid.describe("Id of the team, which somebody has authorized in the console of the account."),
          channelId: z
            .string()
            .max(256)
            .regex(/^[A-Za-z0-9_=+%.@:-]+$/, "is not an id of a channel; copy it from the link to the channel")
            .describe("Id of the channel, as the link to it has it, such as 19%3a...%40thread.tacv2."),
        })),
      )
      .max(20)
      .default([])
      .describe("Channels of Microsoft Teams."),
  })),
  ({ slack, teams }, report) => {
    if (slack.length + teams.length === 0) report([], "has no channel; add one to slack or teams, or leave it out");
    const names = [...slack, ...teams].map((chat) => chat.name);
    names.forEach((each, index) => {
      if (names.indexOf(each) === index) return;
      const path = index < slack.length ? ["slack", index] : ["teams", index - slack.length];
      report([...path, "name"], "is the name of another chat; choose another one");
    });
  },
);

export type AlertChatsConfig = z.output<typeof alertChatsConfig>;
