import { dnsSuffixOf, type KeyUse, ofThisKey, type PolicyStatement, partitionOf, policyDocument } from "../core";
import { type KeyUser, usersThat } from "./key-users";

export interface KeyPolicyProps {
  /** The region of the key or replica that the policy is for. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Who may use the key, and through which services. */
  readonly users: readonly KeyUser[];
  /** Whether roles in the account may use the key directly, not through a service. */
  readonly directUse: boolean;
  /** ARNs of the roles that administer the key. */
  readonly administrators: readonly string[];
}

/** The actions to administer a key. `kms:CreateGrant` is left out on purpose: it would allow use of the key. */
const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ReplicateKey",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
  "kms:UpdatePrimaryRegion",
];

/** The actions needed to encrypt and decrypt data, as AWS documents them for DynamoDB and Lambda. */
export const useActions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

/**
 * Of these, what reading needs: no data key is made, and nothing is encrypted.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/least-privilege.html
 */
const readActions = ["kms:Decrypt", "kms:DescribeKey"];

/** The actions of a principal that uses a key through a service. */
export const useActionsFor = (use: KeyUse = "encrypt-decrypt"): readonly string[] =>
  use === "decrypt" ? readActions : useActions;

/** The actions needed for envelope encryption: generating and decrypting data keys. */
export const decryptActions = ["kms:Decrypt"];
export const encryptDecryptActions = [...decryptActions, "kms:GenerateDataKey"];

/** The encryption context key that names the service that owns the messages. */
export const contextService = "service";

const thisKey = { resources: ["*"], wildcards: { resource: ofThisKey } };

/**
 * The policy of a key in one region. The account administers the key through IAM, so nobody gets locked out. Data can
 * only be accessed through the services in `users`, each with the conditions that it supports.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicy(props: KeyPolicyProps): string {
  return policyDocument([
    ...administrationStatements(props),
    ...callerStatements(props),
    ...directUseStatements(props),
    ...replicationStatements(props),
    ...logStatements(props),
    ...topicStatements(props),
    ...eventBusStatements(props),
    ...eventQueueStatements(props),
    ...scheduleStatements(props),
  ]);
}

function administrationStatements({ region, account, administrators }: KeyPolicyProps): PolicyStatement[] {
  const root = { AWS: `arn:${partitionOf(region)}:iam::${account}:root` };
  const statement = { actions: administration, ...thisKey };
  return [
    { sid: "AdministrationThroughIam", principals: root, ...statement },
    ...(administrators.length > 0
      ? [{ sid: "Administrators", principals: { AWS: administrators }, ...statement }]
      : []),
  ];
}

/** Callers of the services. They also need permission in their IAM policy: allowing the account delegates to IAM. */
function callerStatements({ region, account, users }: KeyPolicyProps): PolicyStatement[] {
  const principals = { AWS: `arn:${partitionOf(region)}:iam::${account}:root` };
  const through = (services: readonly KeyUser[]) => ({
    StringEquals: { "kms:CallerAccount": account },
    StringLike: { "kms:ViaService": services.map((service) => endpoint(service, region)) },
  });
  const callers = usersThat(users, "onBehalfOfCallers");
  const grantors = usersThat(users, "keepsGrants");
  const statements: PolicyStatement[] = [];
  if (callers.length > 0) {
    statements.push({
      sid: "UseThroughServices",
      principals,
      actions: useActions,
      ...thisKey,
      conditions: through(callers),
    });
  }
  if (grantors.length > 0) {
    statements.push({
      sid: "GrantsOfServices",
      principals,
      actions: ["kms:CreateGrant"],
      ...thisKey,
      conditions: { ...through(grantors), Bool: { "kms:GrantIsForAWSResource": "true" } },
    });
  }
  const retirers = usersThat(users, "retiresGrants");
  if (retirers.length > 0) {
    statements.push({
      sid: "RetiredGrantsOfServices",
      principals,
      actions: ["kms:RetireGrant"],
      ...thisKey,
      conditions: through(retirers),
    });
  }
  return statements;
}

/**
 * Functions that encrypt directly. Their roles are created after the key, so the policy allows the account, which
 * delegates to IAM. There, the encryption context limits each role to its own messages, so a context is required.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
 */
function directUseStatements({ region, account, directUse }: KeyPolicyProps): PolicyStatement[] {
  if (!directUse) return [];
  return [
    {
      sid: "DirectUse",
      principals: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` },
      actions: encryptDecryptActions,
      ...thisKey,
      conditions: {
        StringEquals: { "kms:CallerAccount": account },
        Null: { [`kms:EncryptionContext:${contextService}`]: "false", "kms:ViaService": "true" },
      },
    },
  ];
}

/**
 * DynamoDB calls across regions for global tables, so its permission must not depend on the region. All other services
 * are limited to the region of the key.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
function endpoint(service: KeyUser, region: string): string {
  return `${service}.${service === "dynamodb" ? "*" : region}.${dnsSuffixOf(region)}`;
}

/**
 * The role that replicates global tables. If it cannot use the key for 20 hours, the replica permanently becomes a
 * separate table, so the role has access without IAM. It is matched by a condition, because KMS rejects principals that
 * do not exist yet.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html
 */
function replicationStatements({ region, account, users }: KeyPolicyProps): PolicyStatement[] {
  if (!users.includes("dynamodb")) return [];
  const path = "aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication";
  return [
    {
      sid: "ReplicationOfTables",
      principals: { AWS: "*" },
      actions: [...useActions, "kms:CreateGrant"],
      ...thisKey,
      wildcards: {
        ...thisKey.wildcards,
        principal:
          "KMS refuses a role that does not exist yet, and DynamoDB makes this one with the first replica: the condition names it.",
      },
      conditions: {
        StringEquals: { "kms:CallerAccount": account },
        StringLike: { "kms:ViaService": endpoint("dynamodb", region) },
        ArnEquals: { "aws:PrincipalArn": `arn:${partitionOf(region)}:iam::${account}:role/${path}` },
      },
    },
  ];
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logStatements({ region, account, users }: KeyPolicyProps): PolicyStatement[] {
  if (!users.includes("logs")) return [];
  return [
    {
      sid: "LogGroups",
      principals: { Service: `logs.${region}.${dnsSuffixOf(region)}` },
      actions: useActions,
      ...thisKey,
      conditions: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:${partitionOf(region)}:logs:${region}:${account}:*` },
      },
    },
  ];
}

/**
 * EventBridge uses the key of a bus on its own behalf, not on behalf of publishers.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
 */
function eventBusStatements({ region, account, users }: KeyPolicyProps): PolicyStatement[] {
  if (!users.includes("events")) return [];
  const principals = { Service: "events.amazonaws.com" };
  const ourBuses = `arn:${partitionOf(region)}:events:${region}:${account}:event-bus/*`;
  return [
    { sid: "DescriptionForEventBuses", principals, actions: ["kms:DescribeKey"], ...thisKey },
    {
      sid: "EventBuses",
      principals,
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      ...thisKey,
      conditions: { ArnLike: { "kms:EncryptionContext:aws:events:event-bus:arn": ourBuses } },
    },
  ];
}

/**
 * EventBridge sends to encrypted queues on its own behalf. SQS names the queue in its encryption context.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#compatibility-with-aws-services
 */
function eventQueueStatements({ region, account, users }: KeyPolicyProps): PolicyStatement[] {
  if (!users.includes("event-queues")) return [];
  return [
    {
      sid: "EventsToQueues",
      principals: { Service: "events.amazonaws.com" },
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      ...thisKey,
      conditions: {
        ArnLike: { "kms:EncryptionContext:aws:sqs:arn": `arn:${partitionOf(region)}:sqs:${region}:${account}:*` },
      },
    },
  ];
}

/**
 * EventBridge Scheduler encrypts a schedule for whoever writes it, and decrypts it as the role that the schedule runs as.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
 */
function scheduleStatements({ region, account, users }: KeyPolicyProps): PolicyStatement[] {
  if (usersThat(users, "keepsSchedules").length === 0) return [];
  const principals = { AWS: `arn:${partitionOf(region)}:iam::${account}:root` };
  const ourSchedules = `arn:${partitionOf(region)}:scheduler:${region}:${account}:schedule/*`;
  return [
    {
      sid: "DescriptionForSchedules",
      principals,
      actions: ["kms:DescribeKey"],
      ...thisKey,
      conditions: {
        StringEquals: { "kms:CallerAccount": account },
        StringLike: { "kms:ViaService": endpoint("scheduler", region) },
      },
    },
    {
      sid: "Schedules",
      principals,
      actions: encryptDecryptActions,
      ...thisKey,
      conditions: {
        StringEquals: { "kms:CallerAccount": account },
        ArnLike: { "kms:EncryptionContext:aws:scheduler:schedule:arn": ourSchedules },
      },
    },
  ];
}

function topicStatements({ region, account, users }: KeyPolicyProps): PolicyStatement[] {
  const publishers = usersThat(users, "publishesToTopics");
  const withAccount = usersThat(publishers, "sendsSourceAccount");
  const withoutAccount = publishers.filter((user) => !withAccount.includes(user));
  const ofOurTopics = {
    ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": `arn:${partitionOf(region)}:sns:${region}:${account}:*` },
  };
  const publish = (sid: string, services: readonly KeyUser[], conditions: PolicyStatement["conditions"]) =>
    services.length === 0
      ? []
      : [
          {
            sid,
            principals: { Service: services.map((service) => `${service}.amazonaws.com`) },
            actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
            ...thisKey,
            conditions,
          } as PolicyStatement,
        ];
  return [
    ...publish("TopicPublishers", withAccount, {
      ...ofOurTopics,
      StringEquals: { "aws:SourceAccount": account },
    }),
    ...publish("TopicPublishersWithoutSourceAccount", withoutAccount, ofOurTopics),
  ];
}
