import { z } from "zod";
import { edgeSiteConfig } from "../blueprints/edge-site";
import { pooledDatabaseConfig } from "../blueprints/pooled-database";
import { regionalServiceConfig } from "../blueprints/regional-service";
import { alertTopicConfig } from "../modules/alert-topic";
import { accountId, kebabName, region } from "../modules/core";
import { encryptionKeyConfig } from "../modules/encryption-key";
import { eventBusConfig } from "../modules/event-bus";
import { keyRotationConfig } from "../modules/key-rotation";
import { replicatedTableConfig } from "../modules/replicated-table";
import { spendGuardConfig } from "../modules/spend-guard";
import { keyManagementConfig } from "./key-management";
import { withEnvironmentRules } from "./rules";
import { capabilityNames, stages } from "./stages";
import { stateConfig } from "./state";

const stageException = z.strictObject({
  enabled: z.boolean().describe("true brings the capability before its stage, false leaves it out after it."),
  reason: z.string().min(15).describe("Why this environment differs, for the next reader; a sentence."),
});

const tagValue = z
  .string()
  .max(256)
  .regex(
    /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
    "has a character that AWS tags do not take; use letters, digits, spaces and _.:/=+-@",
  );

const tagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(
    /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/iu,
    "tag keys take letters, digits, spaces and _.:/=+-@, and never start with aws:",
  );

const fields = z.strictObject({
  name: kebabName(16).describe(
    "Name of the environment; the same as its file's, and the first part of every name in AWS.",
  ),
  description: z.string().min(10).max(200).describe("What the environment is for, in a sentence."),
  stage: z.enum(stages).describe("The rollout stage; what it brings is in stages.ts."),
  exceptions: z
    .partialRecord(z.enum(capabilityNames), stageException)
    .default({})
    .describe("Single capabilities that are switched on before their stage or off after it."),
  disposable: z
    .boolean()
    .default(false)
    .describe("true for an environment that may be lost: allows local state and tables without deletion protection."),
  account: accountId.describe("The AWS account, 12 digits: Terraform refuses to apply to any other."),
  deployRoleArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "is no role ARN; copy it from `aws iam get-role`")
    .optional()
    .describe("Role that Terraform assumes to deploy; the caller's own credentials if left out."),
  regions: z.strictObject({
    home: region.describe("Region that serves the traffic, and holds the primary of keys and tables."),
    standby: z
      .array(region)
      .default([])
      .describe("Regions that take over, the first one first; used from the stage that brings them."),
  }),
  tags: z
    .record(tagKey, tagValue)
    .default({})
    .describe("Tags of every resource, beside Environment and ManagedBy, which the toolkit sets."),
  state: stateConfig.describe("Where Terraform's state is kept."),
  quotas: z
    .strictObject({
      lambdaConcurrentExecutions: z
        .int()
        .min(10)
        .default(1000)
        .describe("Lambda's concurrent executions per region in this account (quota L-B99A9384)."),
    })
    .prefault({})
    .describe("The account's quotas, which the limits of all services together must fit in."),
  keys: z
    .strictObject({
      data: encryptionKeyConfig.prefault({}).describe("Key that encrypts tables."),
      operations: encryptionKeyConfig.prefault({}).describe("Key that encrypts logs, alerts and dead letters."),
      application: encryptionKeyConfig
        .optional()
        .describe("Key that services encrypt with themselves; made as soon as one has encryption, with its defaults."),
    })
    .prefault({}),
  keyManagement: keyManagementConfig.describe(
    "Who keeps the keys that services encrypt with themselves: KMS, or a Vault. What one encrypted the other cannot decrypt.",
  ),
  keyRotation: keyRotationConfig
    .prefault({})
    .describe("When a key's rotation is overdue, and how long evidence is kept, from the stage that brings it."),
  alerts: alertTopicConfig.describe("Who is told when an alarm changes its state."),
  tables: z
    .array(
      replicatedTableConfig.safeExtend({ name: kebabName(100).describe("Name of the table within the environment.") }),
    )
    .default([]),
  databases: z
    .array(
      pooledDatabaseConfig.safeExtend({
        name: kebabName(24).describe("Name of the database within the environment; never changes."),
      }),
    )
    .default([])
    .describe("Aurora PostgreSQL databases, global from their first day; services connect by naming one."),
  eventBuses: z
    .array(
      eventBusConfig
        .omit({ rules: true })
        .extend({ name: kebabName(32).describe("Name of the bus within the environment.") }),
    )
    .default([])
    .describe("Event buses; services subscribe to them by rules of their own."),
  services: z
    .array(
      regionalServiceConfig.safeExtend({
        name: kebabName(24).describe("Name of the service within the environment."),
        edge: edgeSiteConfig
          .optional()
          .describe("CloudFront in front of the API, in all regions; in place of api.domainName."),
      }),
    )
    .default([]),
  spendGuard: spendGuardConfig.describe("The budget, who is told, and ceilings for single functions."),
});

/** The whole of an environment file. Closed: a field that is not named here is refused. */
export const environmentConfig = withEnvironmentRules(fields);

/** An environment as its file states it, with defaults left out. */
export type EnvironmentInput = z.input<typeof fields>;

/** An environment with every default filled in. */
export type EnvironmentConfig = z.output<typeof fields>;
