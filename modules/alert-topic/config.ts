import { z } from "zod";
import { email, httpsUrl, strictObject, withRule } from "../core";

export type * from "./input";

const httpsEndpoint = httpsUrl("an https endpoint", "write https://<host>/<path>, without user and password", {
  path: true,
  query: true,
  capitals: true,
}).max(2048);

/**
 * Who receives alerts. The endpoints are stored in the Terraform state and in AWS, so they must not contain secrets.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html
 */
export const alertTopicConfig = withRule(
  strictObject(() => ({
    emails: z
      .array(email)
      .default([])
      .describe(
        "E-mail addresses. Nothing is sent to an address until its owner confirms the subscription that AWS e-mails them.",
      ),
    httpsEndpoints: z
      .array(httpsEndpoint)
      .default([])
      .describe(
        "Endpoints of an on-call or chat system. They must confirm the subscription automatically within a minute.",
      ),
  })),
  ({ emails, httpsEndpoints }, report) => {
    if (emails.length + httpsEndpoints.length === 0) {
      report([], "has no recipient, so nobody would see an alarm; add an address to emails or httpsEndpoints");
    }
    for (const [field, values] of Object.entries({ emails, httpsEndpoints })) {
      values.forEach((value, at) => {
        if (values.indexOf(value) !== at) report([field, at], "is listed twice; remove the duplicate");
      });
    }
  },
);

export type AlertTopicConfig = z.output<typeof alertTopicConfig>;
