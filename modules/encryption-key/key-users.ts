/** How a service reaches a key, which decides the statement of the key policy that lets it. */
interface KeyUserTraits {
  /** On behalf of the principal who calls the service (`kms:ViaService`), so that principal needs IAM permission too. */
  readonly onBehalfOfCallers?: boolean;
  /** Also keeps grants, for its work in the background. */
  readonly keepsGrants?: boolean;
  /** Publishes to encrypted SNS topics as itself. */
  readonly publishesToTopics?: boolean;
  /** Sends `aws:SourceAccount` along with its KMS requests. */
  readonly sendsSourceAccount?: boolean;
}

/**
 * The AWS services that a key can be opened to. EventBridge sends no source account when it publishes to encrypted topics:
 * with that condition each of its notifications would be lost without a word.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export const keyUsers = {
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
} as const satisfies Record<string, KeyUserTraits>;

/** A service that may use a key, by the prefix of its endpoint or service principal. */
export type KeyUser = keyof typeof keyUsers;

/** The given services that have a trait, in the order of the table above. */
export function usersThat(users: readonly KeyUser[], trait: keyof KeyUserTraits): KeyUser[] {
  return (Object.keys(keyUsers) as KeyUser[]).filter(
    (user) => users.includes(user) && (keyUsers[user] as KeyUserTraits)[trait] === true,
  );
}
