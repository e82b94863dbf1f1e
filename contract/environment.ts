import { z } from "zod";
import { edgeSiteConfig } from "../blueprints/edge-site";
import { pooledDatabaseConfig } from "../blueprints/pooled-database";
import { regionalContainerConfig } from "../blueprints/regional-container";
import { regionalServiceConfig } from "../blueprints/regional-service";
import { alertTopicConfig } from "../modules/alert-topic";
import { accountId, kebabName, region, strictObject } from "../modules/core";
import { encryptionKeyConfig, existingKeys } from "../modules/encryption-key";
import { eventBusConfig } from "../modules/event-bus";
import { messageQueueConfig } from "../modules/message-queue";
import { replicatedTableConfig } from "../modules/replicated-table";
import { serviceNetworkConfig } from "../modules/service-network";
import { acceptedDrift } from "./accepted-drift";
import { acknowledgedFinding } from "./acknowledged-finding";
import { acknowledgedRemoval } from "./acknowledged-removal";
import { costsConfig } from "./costs";
import { eventRuleOnBus } from "./event-rule-on-bus";
import { existingBusConfig, existingTableConfig } from "./existing";
import { iamConfig } from "./iam";
import { keyManagementConfig } from "./key-management";
import { leavingStack } from "./leaving";
import { quotaFields, quotasInRegions } from "./quotas";
import { rolloutConfig } from "./rollout";
import type { FieldPoint, Shape } from "./shape";
import { stageException, stages } from "./stages";
import { type s3StateConfig, stateConfig } from "./state";
import { tracingConfig } from "./tracing";

export const tagValue = z
  .string()
  .max(256)
  .regex(
    /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
    "contains a character that AWS tags do not allow; use letters, digits, spaces and _.:/=+-@",
  );

export const tagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(
    /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/iu,
    "use letters, digits, spaces and _.:/=+-@ in tag keys, not starting with aws:",
  );

export const roleArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "is not a role ARN; copy it from `aws iam get-role`");

/** @param users whom the policy of an existing key must allow to use it */
const keyConfig = (users: string) =>
  encryptionKeyConfig.extend({
    existing: existingKeys
      .optional()
      .describe(
        `Keys that are there already, by region, in place of one that is made; the other fields then have no effect. Their policies must allow ${users}.`,
      ),
  });

export type KeyConfig = z.output<ReturnType<typeof keyConfig>>;

/**
 * The schema of an environment: the base, without any additive capability, joined with the fields that capabilities add.
 * Its type is only that of the base; `config/` has the type of the whole.
 * @param added the fields of all capabilities, by the point that they belong to
 * @param capabilityNames the capabilities that `exceptions` may name
 */
export function environmentSchema(added: Readonly<Record<FieldPoint, Shape>>, capabilityNames: readonly string[]) {
  // With this type, the added fields do not show in the type of the schema.
  const more: Readonly<Record<FieldPoint, object>> = added;
  const edge = edgeSiteConfig.safeExtend({ ...more.edge }) as typeof edgeSiteConfig;
  return strictObject(() => ({
    name: kebabName(16).describe("Name of the environment: that of its file, and the first part of every name in AWS."),
    description: z.string().min(10).max(200).describe("What the environment is for, in a sentence."),
    stage: z
      .enum(stages)
      .describe(
        "The rollout stage, which says what the environment has; each stage keeps what the one before it brought.",
      ),
    loweredFrom: z
      .enum(stages)
      .optional()
      .describe(
        "The stage that the environment had until now, where it goes back to an earlier one. What that stage brought is destroyed; what holds data or keys is acknowledged by address all the same. Leave it out when that is deployed.",
      ),
    exceptions: z
      .partialRecord(z.enum(capabilityNames), stageException)
      .default({})
      .describe(
        "Single capabilities that are switched on before their stage, or left out: now, or from the stage that would bring them.",
      ),
    disposable: z
      .boolean()
      .default(false)
      .describe("true for an environment that may be lost: allows local state and tables without deletion protection."),
    logGroupDeletionProtection: z
      .boolean()
      .optional()
      .describe(
        "Whether CloudWatch refuses to delete log groups. To switch it off, write false and deploy before you leave it out. Needs hashicorp/aws 6.25 or later.",
      ),
    account: accountId.describe("The AWS account, 12 digits: Terraform refuses to apply to any other."),
    deployRoleArn: roleArn
      .optional()
      .describe("Role that Terraform assumes to deploy; the caller's own credentials if left out."),
    hostedZones: strictObject(() => ({
      recordsRoleArn: roleArn
        .optional()
        .describe(
          "Role that Terraform assumes to write DNS records, by way of deployRoleArn if there is one; in the account of the zones. It needs route53:GetHostedZone, ListResourceRecordSets and ChangeResourceRecordSets on the zones, and GetChange. Left out, the zones are in the environment's account.",
        ),
    }))
      .prefault({})
      .describe("Where the hosted zones are that hostedZoneId of services and edges names."),
    iam: iamConfig.prefault({}).describe("What every IAM role of the environment has in common."),
    regions: strictObject(() => ({
      home: region.describe(
        "Region that holds the primary of keys and tables, and serves first unless active says otherwise.",
      ),
      standby: z
        .array(region)
        .default([])
        .describe("Regions that take over, the first one first; used from the stage that brings them."),
      active: region
        .optional()
        .describe(
          "Region that serves first: home, or one of standby that services run in. Data and keys stay where they are. Defaults to home; to switch back, name home.",
        ),
      leaving: z
        .array(region)
        .default([])
        .describe(
          "Regions that are given up. While one is in standby as well, everything there still stands, without deletion protection; once it is only named here, what is there is destroyed. Leave it out when that is deployed.",
        ),
    })).describe("Where the environment is."),
    leavingStacks: z
      .array(leavingStack)
      .default([])
      .describe(
        "Stacks that the environment has no use for any more, without its name in front: events, database, routing, edge, or a team's own. What is in them is destroyed. Leave them out when that is deployed.",
      ),
    tags: z
      .record(tagKey, tagValue)
      .default({})
      .describe("Tags of every resource, in addition to Environment and ManagedBy, which the toolkit sets."),
    state: stateConfig.describe("Where Terraform's state is stored; may be left out where the organisation gives it."),
    acknowledgedRemovals: z
      .array(acknowledgedRemoval)
      .default([])
      .describe("Resources whose removal or replacement is meant; without an entry here, the gates refuse it."),
    acknowledgedFindings: z
      .array(acknowledgedFinding)
      .default([])
      .describe(
        "What a gate, or another scanner, finds and may stay as it is; without an entry here, the gates refuse the plan that brings it.",
      ),
    acceptedDrift: z
      .array(acceptedDrift)
      .default([])
      .describe(
        "Changes beside Terraform that may stay for a while; evenkeel drift reports them, and does not fail on them.",
      ),
    quotas: strictObject(() => ({ ...quotaFields, inRegions: quotasInRegions }))
      .prefault({})
      .describe(
        "The account's quotas, which the environment must not exceed. What is not stated is taken to be AWS's default, and a new account may have less.",
      ),
    keys: strictObject(() => ({
      data: keyConfig(
        "dynamodb, events, with databases rds, secretsmanager and logs, and with queues sqs and, where buses send to them, events.amazonaws.com",
      )
        .prefault({})
        .describe("Key that encrypts tables."),
      operations: keyConfig("logs, sns, sqs, lambda, cloudwatch, events, budgets and scheduler")
        .prefault({})
        .describe("Key that encrypts logs, alerts and dead letters."),
      application: keyConfig("functions of services directly")
        .optional()
        .describe(
          "Key that services themselves encrypt with; created with its defaults as soon as one has encryption. Named here, it also stays when none has it any more.",
        ),
    }))
      .prefault({})
      .describe("The KMS keys, and who may administer them."),
    keyManagement: keyManagementConfig.describe(
      "Who keeps the keys that services themselves encrypt with: KMS or Vault. After a change from KMS to Vault, functions decrypt what KMS encrypted as well; not the other way round.",
    ),
    alerts: alertTopicConfig.describe(
      "Who is notified when an alarm changes its state; may be left out where the organisation gives it.",
    ),
    tracing: tracingConfig
      .optional()
      .describe(
        "How the functions of services are traced: by OpenTelemetry, or by a layer. Left out, by X-Ray. The toolkit's own functions are traced by X-Ray or not at all.",
      ),
    tables: z
      .array(
        replicatedTableConfig.safeExtend({
          ...more.table,
          name: kebabName(100).describe("Name of the table within the environment."),
        }),
      )
      .default([])
      .describe("DynamoDB tables; services use them by naming them."),
    databases: z
      .array(
        pooledDatabaseConfig.safeExtend({
          ...more.database,
          name: kebabName(24).describe("Name of the database within the environment; never changes."),
        }),
      )
      .default([])
      .describe("Aurora databases, PostgreSQL or MySQL, global from their first day; services connect by naming one."),
    eventBuses: z
      .array(
        eventBusConfig
          .omit({ rules: true })
          .extend({ ...more.bus, name: kebabName(32).describe("Name of the bus within the environment.") }),
      )
      .default([])
      .describe("Event buses; services subscribe to them with their own rules."),
    queues: z
      .array(
        messageQueueConfig.extend({
          name: kebabName(40).describe("Name of the queue within the environment."),
          subscriptions: z
            .record(kebabName(40), eventRuleOnBus)
            .default({})
            .describe(
              "Rules that deliver events of buses to the queue, by name; names are part of Terraform addresses. Not of a FIFO queue.",
            ),
        }),
      )
      .default([])
      .describe(
        "SQS queues with their dead letters, one in each region that services run in; services take their messages or send to them.",
      ),
    existingTables: z
      .array(existingTableConfig)
      .default([])
      .describe("DynamoDB tables that are there already; services use them by name, as those of the environment."),
    existingBuses: z
      .array(existingBusConfig)
      .default([])
      .describe("Event buses that are there already; services publish and subscribe to them by name."),
    services: z
      .array(
        regionalServiceConfig.safeExtend({
          ...more.service,
          name: kebabName(24).describe("Name of the service within the environment."),
          edge: edge.optional().describe("CloudFront in front of the API, in all regions; instead of api.domainName."),
        }),
      )
      .default([])
      .describe("Services: functions with what they use, and the APIs in front of them."),
    containers: z
      .array(
        regionalContainerConfig.safeExtend({
          ...more.container,
          name: kebabName(24).describe("Name of the service within the environment, which no function has as well."),
        }),
      )
      .default([])
      .describe(
        "Services whose code runs in containers on Fargate, behind load balancers that fail over as the APIs of functions do.",
      ),
    containerNetwork: serviceNetworkConfig
      .optional()
      .describe("The network of containers in each of their regions; required with containers."),
    costs: costsConfig
      .prefault({})
      .describe(
        "What the estimate of costs cannot read from anything else: negotiated prices, and how much is stored.",
      ),
    rollout: rolloutConfig
      .prefault({})
      .describe(
        "How `evenkeel plan` and `evenkeel apply` roll changes out: in waves, for how long services must be healthy between them, and what must have settled elsewhere.",
      ),
    ...more.environment,
  }));
}

type BaseSchema = ReturnType<typeof environmentSchema>;

type Given = "state" | "alerts";

/** An environment without the fields of capabilities, as its file states it where an organisation may give the rest. */
export type BaseInput = Omit<z.input<BaseSchema>, Given> & {
  readonly state?:
    | Exclude<z.input<typeof stateConfig>, { readonly backend: "s3" }>
    | Partial<z.input<typeof s3StateConfig>>;
  readonly alerts?: z.input<typeof alertTopicConfig>;
};

/** An environment without the fields of capabilities, with every default filled in. */
export type BaseEnvironment = z.output<BaseSchema>;

export type Service = BaseEnvironment["services"][number];
export type ContainerOfEnvironment = BaseEnvironment["containers"][number];
export type Table = BaseEnvironment["tables"][number];
export type Database = BaseEnvironment["databases"][number];
export type Queue = BaseEnvironment["queues"][number];
export type Bus = BaseEnvironment["eventBuses"][number];
export type Edge = NonNullable<Service["edge"]>;
