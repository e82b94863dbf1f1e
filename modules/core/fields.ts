import { z } from "zod";
import { type UrlParts, urlFlaw } from "../../values/https-url";
import type { Check } from "../../values/problem";
import { awsRegions } from "./regions";

/** Schema fields shared by several modules; messages are `<what is wrong>; <what to do>`. */

/** A text in a language that AWS takes, by one of the checks in `values`. */
export const checkedText = (check: Check<string>) =>
  z.string().superRefine((text, context) => {
    const problem = check(text);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });

export const region = z.enum(awsRegions);

export const accountId = z
  .string()
  .regex(/^\d{12}$/, "is not an AWS account id; use the 12 digits, as a string")
  .describe("AWS account id, 12 digits.");

export const email = z
  .string()
  .regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "is not an e-mail address; write it like name@example.com")
  .describe("E-mail address.");

/** Lower-case words of letters and digits, joined by single hyphens. */
export const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** A name that becomes a construct id, and so part of Terraform addresses. It cannot change once deployed. */
export function kebabName(longest: number): z.ZodString {
  const known = kebabNames.get(longest);
  if (known) return known;
  const name = z
    .string()
    .max(longest)
    .regex(kebabCase, "is not kebab-case; use lower-case letters, digits and single hyphens");
  kebabNames.set(longest, name);
  return name;
}

/** By the longest: many fields have the same. */
const kebabNames = new Map<number, z.ZodString>();

/** Retention periods that CloudWatch Logs supports, in days. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logRetentionDays = z
  .union(
    (
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const
    ).map((days) => z.literal(days)),
  )
  .describe("Days until log events expire; one of the periods that CloudWatch Logs supports.");

/** A retention period that CloudWatch Logs supports, in days. */
export type LogRetentionDays = z.input<typeof logRetentionDays>;

export const jsonValue = z.json();

/** A value that JSON can state. */
export type JsonValue = z.input<typeof jsonValue>;

export const domainName = z
  .string()
  .max(253)
  .regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    "is not a domain name; use lower-case labels joined by dots, without a trailing dot",
  );

export const hostedZoneId = z
  .string()
  .regex(
    /^Z[A-Z0-9]{1,31}$/,
    "is not a hosted zone id; copy it from `aws route53 list-hosted-zones`, without /hostedzone/",
  );

/**
 * An https address that arrives as it stands.
 * @param what what the field is, `an issuer`; part of the message
 * @param remedy how to write it
 */
export const httpsUrl = (what: string, remedy: string, parts?: UrlParts) =>
  z.string().superRefine((text, context) => {
    const flaw = urlFlaw(text, parts);
    if (flaw) context.addIssue({ code: "custom", message: `is not ${what}, because ${flaw}; ${remedy}` });
  });

/** The ARN of a secret of Secrets Manager, with the six characters that AWS adds to its name. */
export const secretArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
    "is not the ARN of a secret; copy it, including the last six characters, from `aws secretsmanager describe-secret`",
  );

/** A percentage that an alarm compares by "greater than": at 100 it would never fire. */
export const percentBelow100 = z
  .number()
  .min(0)
  .lt(100, "is never exceeded, as there are no more than 100 percent; use less than 100");

/** Alarm thresholds for anything that serves HTTP requests. */
export const answerErrorPercents = {
  serverErrorPercent: percentBelow100.default(1).describe("Percentage of responses with a 5xx status."),
  clientErrorPercent: percentBelow100
    .optional()
    .describe("Percentage of responses with a 4xx status; no alarm by default."),
};
