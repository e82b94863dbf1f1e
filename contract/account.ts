import { z } from "zod";
import { accountSecurityConfig } from "../modules/account-security";
import { alertTopicConfig } from "../modules/alert-topic";
import { accountId, kebabName, region, strictObject, withRule } from "../modules/core";
import { pipelineRolesConfig } from "../modules/pipeline-roles";
import { stateBucketsConfig } from "../modules/state-buckets";
import { roleArn, tagKey, tagValue } from "./environment";
import { stateConfig } from "./state";

/** What an AWS account has once, however many environments are in it. */
export const accountConfig = withRule(
  strictObject(() => ({
    name: kebabName(16).describe("Name of the account: the first part of its stack and of every name in it."),
    account: accountId.describe("The AWS account, 12 digits: Terraform refuses to apply to any other."),
    deployRoleArn: roleArn
      .optional()
      .describe("Role that Terraform assumes to deploy; the caller's own credentials if left out."),
    regions: z
      .array(region)
      .min(1)
      .refine((regions) => new Set(regions).size === regions.length, { message: "names a region twice; remove one" })
      .describe("Regions where functions run. The first one holds the primary of the key, and cannot change."),
    tags: z.record(tagKey, tagValue).default({}).describe("Tags of every resource, beside Account and ManagedBy."),
    state: stateConfig.describe("Where Terraform keeps the state of the account's stack."),
    alerts: alertTopicConfig.optional().describe("Who is told of findings; needed where security is."),
    stateBuckets: stateBucketsConfig
      .optional()
      .describe(
        "Two buckets for states of Terraform, replicated to each other, in a stack of their own; none if left out.",
      ),
    security: accountSecurityConfig
      .optional()
      .describe("Scans of functions, and which findings are told; nothing is scanned if left out."),
    pipelines: pipelineRolesConfig
      .optional()
      .describe(
        "Roles that pipelines assume by tokens of GitHub or GitLab, in a stack of their own; none if left out.",
      ),
  })),
  ({ alerts, security, pipelines, stateBuckets }, report) => {
    if (!security && !pipelines && !stateBuckets) report([], "has nothing; name security, pipelines or stateBuckets");
    if (security !== undefined && alerts === undefined)
      report(["alerts"], "is missing, so that nobody would be told of findings; name who is");
  },
);

export type AccountConfig = z.output<typeof accountConfig>;
