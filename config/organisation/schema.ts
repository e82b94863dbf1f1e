import { z } from "zod";
import { iamConfig, quotaFields, roleArn, s3StateConfig, stages, tagKey, tagValue } from "../../contract";
import { alertTopicConfig } from "../../modules/alert-topic";
import { accountId, logRetentionDays, region, strictObject } from "../../modules/core";

/** What is kept for a number of days, with the field of an environment that says so, wherever it is in it. */
export const retentionFields = {
  logs: "logRetentionDays",
  accessLogs: "accessLogRetentionDays",
  evidence: "evidenceRetentionDays",
  archives: "archiveRetentionDays",
  backups: "backupRetentionDays",
  pointInTimeRecovery: "pointInTimeRecoveryDays",
} as const;

export type Retention = keyof typeof retentionFields;

const days = z.int().min(1).max(3653);

const retentionDays = strictObject(() => ({
  logs: logRetentionDays.optional().describe("Days of every log group: `logRetentionDays` of functions, APIs, pools."),
  accessLogs: days.optional().describe("Days of the access logs of distributions."),
  evidence: logRetentionDays.optional().describe("Days of the evidence of key rotations."),
  archives: days.optional().describe("Days of the archives of event buses."),
  backups: days.optional().describe("Days of the automatic backups of databases, at most 35."),
  pointInTimeRecovery: days.optional().describe("Days of point-in-time recovery of tables, at most 35."),
}));

/** What stands for a value of the environment in a text of the organisation. */
const placeholders = "{account}, {environment}, {partition} or {region}, the home region";

const template = z
  .string()
  .min(1)
  .max(2048)
  .superRefine((text, context) => {
    const unknown = text
      .match(/\{[^}]*\}?/g)
      ?.find((part) => !/^\{(account|environment|partition|region)\}$/.test(part));
    if (unknown === undefined) return;
    context.addIssue({ code: "custom", message: `contains ${unknown}, which stands for nothing; use ${placeholders}` });
  });

/** A template of which every environment makes a value that the schema of the field takes. */
const templateOf = (field: z.ZodType) =>
  template.superRefine((text, context) => {
    if (context.issues.length > 0) return;
    const problem = field.safeParse(filled(text, sample)).error?.issues[0];
    if (problem) context.addIssue({ code: "custom", message: problem.message });
  });

/** The values of an environment that templates name. */
export interface TemplateValues {
  readonly account: string;
  readonly environment: string;
  readonly partition: string;
  readonly region: string;
}

/** Stands in for an environment that does not state what templates name. */
export const sample: TemplateValues = {
  account: "123456789012",
  environment: "prod",
  partition: "aws",
  region: "eu-west-1",
};

/** The text of a template for one environment. */
export const filled = (text: string, values: TemplateValues): string =>
  text.replace(/\{(account|environment|partition|region)\}/g, (_, name: keyof TemplateValues) => values[name]);

const { permissionsBoundaryArn, rolePath } = iamConfig.shape;
const boundaryTemplate = templateOf(permissionsBoundaryArn.unwrap());
const pathTemplate = templateOf(rolePath.unwrap());
const roleTemplate = templateOf(roleArn);
const { bucket, region: stateRegion, keyPrefix, kmsKeyArn } = s3StateConfig.shape;
const { emails, httpsEndpoints } = alertTopicConfig.shape;

/** A regular expression as text, which a whole value has to match. */
const pattern = z.string().superRefine((text, context) => {
  try {
    wholly(text);
  } catch {
    context.addIssue({ code: "custom", message: "is not a regular expression; correct it" });
  }
});

/** A pattern for the whole of a text. */
export const wholly = (text: string): RegExp => new RegExp(`^(?:${text})$`, "u");

const defaults = strictObject(() => ({
  tags: z
    .record(tagKey, tagValue)
    .default({})
    .describe("Tags of every environment; its own tags of the same keys come first."),
  iam: strictObject(() => ({
    permissionsBoundaryArn: boundaryTemplate
      .optional()
      .describe(`Permissions boundary of every role; may contain ${placeholders}.`),
    rolePath: pathTemplate.optional().describe(`Path of every role; may contain ${placeholders}.`),
  }))
    .prefault({})
    .describe("What every IAM role has in common; joined with the environment's own, field by field."),
  deployRoleArn: roleTemplate.optional().describe(`Role that Terraform assumes; may contain ${placeholders}.`),
  hostedZones: strictObject(() => ({
    recordsRoleArn: roleTemplate
      .optional()
      .describe(`Role that Terraform assumes to write DNS records; may contain ${placeholders}.`),
  }))
    .prefault({})
    .describe("How DNS records are written where hosted zones are in another account."),
  state: strictObject(() => ({
    bucket: templateOf(bucket).optional().describe(`Bucket that holds the state files; may contain ${placeholders}.`),
    region: templateOf(stateRegion)
      .optional()
      .describe(`Region of the bucket; choose one that survives the loss of the home regions.`),
    keyPrefix: templateOf(keyPrefix).optional().describe(`Prefix of the object keys; may contain ${placeholders}.`),
    kmsKeyArn: templateOf(kmsKeyArn)
      .optional()
      .describe(`ARN of the key that encrypts the state files, in the bucket's region; may contain ${placeholders}.`),
  }))
    .prefault({})
    .describe(
      "Where Terraform's state is stored in S3, unless an environment states local state; joined with what it states, field by field.",
    ),
  alerts: strictObject(() => ({
    emails: emails.unwrap().optional().describe("E-mail addresses, for environments that state none."),
    httpsEndpoints: httpsEndpoints.unwrap().optional().describe("Endpoints, for environments that state none."),
  }))
    .prefault({})
    .describe("Who is notified when an alarm changes its state."),
  quotas: strictObject(
    () =>
      Object.fromEntries(
        Object.entries(quotaFields).map(([name, field]) => [
          name,
          field
            .unwrap()
            .optional()
            .describe(field.description ?? ""),
        ]),
      ) as Record<keyof typeof quotaFields, z.ZodOptional<z.ZodInt>>,
  )
    .prefault({})
    .describe("Quotas that all accounts of the organisation have."),
  retentionDays: retentionDays.prefault({}).describe("How long things are kept, wherever an environment does not say."),
}));

const limits = strictObject(() => ({
  accounts: z.array(accountId).min(1).optional().describe("The only accounts that an environment may be in."),
  regions: z.array(region).min(1).optional().describe("The only home and standby regions."),
  stateRegions: z.array(region).min(1).optional().describe("The only regions of the buckets with Terraform's state."),
  environmentNames: pattern.optional().describe("Regular expression that the whole name of an environment matches."),
  requiredTags: z
    .record(
      tagKey,
      strictObject(() => ({
        values: z.array(tagValue).min(1).optional().describe("The only values; any if left out."),
        pattern: pattern.optional().describe("Regular expression that the whole value matches."),
      })),
    )
    .default({})
    .describe("Tags that every environment has, its defaults included."),
  minimumRetentionDays: retentionDays.prefault({}).describe("The least number of days that things are kept."),
  permissionsBoundaryArns: z
    .array(boundaryTemplate)
    .min(1)
    .optional()
    .describe(`The only permissions boundaries; with this, there has to be one. May contain ${placeholders}.`),
  rolePaths: z
    .array(pathTemplate)
    .min(1)
    .optional()
    .describe(`What paths of roles begin with; with this, there has to be one. May contain ${placeholders}.`),
  deployRoleArns: z
    .array(roleTemplate)
    .min(1)
    .optional()
    .describe(`The only roles that Terraform may assume; with this, there has to be one. May contain ${placeholders}.`),
  requiredCapabilities: z
    .record(
      z.string(),
      strictObject(() => ({
        from: z.enum(stages).describe("The first stage at which every environment has it; no exception leaves it out."),
      })),
    )
    .default({})
    .describe("Capabilities that no environment may be without, by name."),
}));

/** What an organisation sets for all environments of a project: defaults, and limits that no environment can pass. */
export const organisationConfig = strictObject(() => ({
  defaults: defaults.prefault({}).describe("What an environment has unless its file says otherwise."),
  limits: limits.prefault({}).describe("What no environment may pass, whether by its file or by a default."),
}));

export type Organisation = z.output<typeof organisationConfig>;
