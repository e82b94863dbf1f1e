import { z } from "zod";
import { type PolicyStatement, partitionOf, strictObject, withRule } from "../../modules/core";

const placeholder = /\{(account|environment|partition|region)\}/g;

const action = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*\*?$/,
    "is not an action; write <service>:<Action>, as sqs:SendMessage, with * at the end only",
  );

const resource = z
  .string()
  .max(2048)
  .regex(
    /^(\*|arn:(aws[a-z-]*|\{partition\}):[a-z0-9-]+:([a-z0-9-]*|\{region\}):(\d{12}|\{account\}|aws)?:\S+)$/,
    "is not an ARN; write it out, or with {partition}, {region}, {account} and {environment}, as arn:{partition}:sqs:{region}:{account}:jobs",
  )
  .refine(
    (text) => !/[{}]/.test(text.replace(placeholder, "")),
    "has a brace that belongs to no placeholder; use {partition}, {region}, {account} or {environment}",
  );

const text = z.union([z.string().min(1).max(1024), z.array(z.string().min(1).max(1024)).min(1)]);

const statement = strictObject(() => ({
  actions: z.array(action).min(1).describe("Actions, as sqs:SendMessage; * at the end only."),
  resources: z
    .array(resource)
    .min(1)
    .describe("ARNs; {partition}, {region}, {account} and {environment} stand for those of the function."),
  conditions: z
    .record(z.string().min(1), z.record(z.string().min(1), text))
    .optional()
    .describe('Conditions by operator and key: { StringEquals: { "aws:ResourceTag/Team": "orders" } }.'),
  reason: z
    .string()
    .trim()
    .min(15)
    .max(300)
    .optional()
    .describe("Why the resources are *; required for *, a sentence."),
}));

/** What a function may do with what is not of the environment: a queue, bucket or table of the team's own. */
export const permissionsConfig = z
  .array(
    withRule(statement, ({ resources, reason }, report) => {
      const index = resources.indexOf("*");
      if (index < 0 || reason !== undefined) return;
      report(["resources", index], "allows the actions on everything; write ARNs, or say in reason why there are none");
    }),
  )
  .default([]);

/** Where a function is, and of which environment. */
export interface Whereabouts {
  readonly environment: string;
  readonly region: string;
  readonly account: string;
}

/** The statements of a function's role. */
export function permissionStatements(
  permissions: z.output<typeof permissionsConfig>,
  { environment, region, account }: Whereabouts,
): PolicyStatement[] {
  const values: Record<string, string> = { environment, region, account, partition: partitionOf(region) };
  return permissions.map(({ actions, resources, conditions, reason }) => ({
    actions,
    resources: resources.map((arn) => arn.replace(placeholder, (_, name: string) => values[name] ?? "")),
    ...(conditions && { conditions }),
    ...(resources.includes("*") && reason !== undefined && { wildcards: { resource: reason } }),
  }));
}
