/** How a service uses a key, which determines its statement in the key policy. */
interface KeyUserTraits {
  /** Acts on behalf of its caller (`kms:ViaService`), so the caller needs IAM permission too. */
  readonly onBehalfOfCallers?: boolean;
  /** Also creates grants, for background work. */
  readonly keepsGrants?: boolean;
  /** Takes such grants back on behalf of its caller. */
  readonly retiresGrants?: boolean;
  /** Publishes to encrypted SNS topics on its own behalf. */
  readonly publishesToTopics?: boolean;
  /** Encrypts schedules of EventBridge Scheduler. */
  readonly keepsSchedules?: boolean;
  /** Sends `aws:SourceAccount` with its KMS requests. */
  readonly sendsSourceAccount?: boolean;
}

/**
 * The AWS services that can be allowed to use a key. EventBridge does not send the source account when it publishes to
 * encrypted topics: with that condition, all of its notifications would be lost silently.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export const keyUsers = {
  backup: { onBehalfOfCallers: true, keepsGrants: true, retiresGrants: true },
  dynamodb: { onBehalfOfCallers: true, keepsGrants: true },
  lambda: { onBehalfOfCallers: true, keepsGrants: true },
  rds: { onBehalfOfCallers: true, keepsGrants: true },
  s3: { onBehalfOfCallers: true },
  secretsmanager: { onBehalfOfCallers: true },
  sns: { onBehalfOfCallers: true },
  sqs: { onBehalfOfCallers: true },
  ssm: { onBehalfOfCallers: true },
  logs: {},
  cloudwatch: { publishesToTopics: true, sendsSourceAccount: true },
  budgets: { publishesToTopics: true, sendsSourceAccount: true },
  events: { publishesToTopics: true },
  scheduler: { keepsSchedules: true },
  /** EventBridge, where its rules send to queues. */
  "event-queues": {},
} as const satisfies Record<string, KeyUserTraits>;

/** A service that may use a key, named by the prefix of its endpoint or service principal. */
export type KeyUser = keyof typeof keyUsers;

/** The services in `users` that have a trait, in the order of the table above. */
export function usersThat(users: readonly KeyUser[], trait: keyof KeyUserTraits): KeyUser[] {
  return (Object.keys(keyUsers) as KeyUser[]).filter(
    (user) => users.includes(user) && (keyUsers[user] as KeyUserTraits)[trait] === true,
  );
}
