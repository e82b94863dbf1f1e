import { z } from "zod";
import { urlFlaw } from "../../values/https-url";
import { strictObject, withRule } from "../core";

const header = z.string().regex(/^(\*|[A-Za-z0-9!#$%&'*+.^_`|~-]+)$/, {
  message: "is not a header name; use letters, digits and hyphens, or *",
});

const plainHosts = ["localhost", "127.0.0.1"];

/** What browsers send as Origin, which is compared as it stands; they leave out the port of the scheme. */
const origin = z.string().superRefine((text, context) => {
  const flaw = text === "*" ? undefined : (urlFlaw(text, { plainHosts }) ?? portOfScheme(text));
  if (!flaw) return;
  context.addIssue({
    code: "custom",
    message: `is not an origin, because ${flaw}; write https://host or https://host:port in lower case without path or trailing slash, http://localhost:port, or *`,
  });
});

function portOfScheme(text: string): string | undefined {
  const sent = new URL(text).origin;
  return sent === text ? undefined : `browsers send ${sent}`;
}

const fields = strictObject(() => ({
  allowOrigins: z.array(origin).min(1).describe("Origins of the pages that may call the API."),
  allowMethods: z
    .array(z.enum(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "*"]))
    .min(1)
    .describe("Methods that those pages may use."),
  allowHeaders: z.array(header).default([]).describe("Request headers that those pages may send."),
  exposeHeaders: z.array(header).default([]).describe("Response headers that those pages may read."),
  allowCredentials: z.boolean().default(false).describe("Whether browsers send cookies and authorization headers."),
  maxAgeSeconds: z
    .int()
    .min(0)
    .max(86400)
    .default(300)
    .describe("How long browsers cache a preflight response, in seconds."),
}));

const lists = ["allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders"] as const;

/**
 * Cross-origin access. API Gateway answers the preflight requests itself.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export const corsConfig = withRule(fields, (cors, report) => {
  for (const list of lists) {
    const values: readonly string[] = cors[list];
    if (values.includes("*") && values.length > 1) {
      report([list], 'mixes "*" with other values; use "*" alone, or list the values');
    }
    if (values.includes("*") && cors.allowCredentials) {
      report([list], 'cannot be "*" together with allowCredentials, because browsers reject it; list the values');
    }
    if (new Set(values).size < values.length) report([list], "contains a value twice; remove the duplicate");
  }
});

export type CorsConfig = z.output<typeof corsConfig>;
