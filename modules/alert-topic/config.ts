import { z } from "zod";
import { email, withRule } from "../core";

const httpsEndpoint = z
  .string()
  .max(2048)
  .regex(
    /^https:\/\/[a-z0-9.-]+(:\d+)?(\/\S*)?$/i,
    "is no https endpoint; write https://<host>/<path>, without user and password",
  );

/**
 * Who is told about alerts. The addresses are kept in Terraform's state and in the subscription: no secrets in them.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html
 */
export const alertTopicConfig = withRule(
  z.strictObject({
    emails: z
      .array(email)
      .default([])
      .describe("E-mail addresses; each receives nothing until it has confirmed the message that AWS sends it."),
    httpsEndpoints: z
      .array(httpsEndpoint)
      .default([])
      .describe("Endpoints of an on-call or chat system that confirm the subscription by themselves within a minute."),
  }),
  ({ emails, httpsEndpoints }, report) => {
    if (emails.length + httpsEndpoints.length === 0) {
      report([], "has no recipient, so nobody would see an alarm; add an address to emails or httpsEndpoints");
    }
    for (const [field, values] of Object.entries({ emails, httpsEndpoints })) {
      values.forEach((value, at) => {
        if (values.indexOf(value) !== at) report([field, at], "is listed twice; remove the repetition");
      });
    }
  },
);

export type AlertTopicConfig = z.output<typeof alertTopicConfig>;
export type AlertTopicInput = z.input<typeof alertTopicConfig>;
