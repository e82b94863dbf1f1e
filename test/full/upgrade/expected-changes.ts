import type { StackJson, StateResource } from "../../../terraform";

/** What stands in the states of an environment, by stack. */
export type Deployed = ReadonlyMap<string, readonly StateResource[]>;

/** What an upgrade does to a stack, one line each; see docs/upgrading.md. */
export interface ExpectedChanges {
  readonly resources: readonly string[];
  readonly outputs: readonly string[];
}

/** Puts the kind of an alarm's subject before what the alarm is about, which ends the alarm's old name. */
const before = (about: string, kind: string) => (old: string) =>
  old.replace(new RegExp(`-${about}$`), `-${kind}-${about}`);

/** Alarms that have another name now, by address. Every other alarm keeps its name. */
const renamed: readonly (readonly [address: RegExp, name: (about: string) => (old: string) => string])[] = [
  [/_function_(errors|throttles|duration|concurrency)-alarm$/, (about) => before(about, "function")],
  [/_function_(provisioned)-concurrency_spillover-alarm$/, () => before("provisioned-spillover", "function")],
  [/_function_dead-letters_(visible|age)-alarm$/, () => (old) => old.replace("-dead-letters-", "-failed-events-")],
  [/_database_alarms-[a-z]+-[a-z]+-\d_([a-z-]+)$/, (about) => before(about, "database")],
  [/^[a-z-]+_alarms-[a-z]+-[a-z]+-\d_([a-z0-9-]+)$/, (about) => before(about, "table")],
  [/_alarms_(failed-invocations|throttled-rules|lost-dead-letters)$/, (about) => before(about, "bus")],
  [/-endpoint_failover_(state)-alarm$/, () => before("failed-over", "endpoint")],
  [/_firewall_(blocked-requests)-alarm$/, (about) => before(about, "firewall")],
  [/^key-rotation_(off|overdue)-/, (about) => before(`rotation-${about}`, "key")],
  [/_rotation-[a-z-]+_schedule_(age)$/, () => before("rotation-overdue", "secret")],
];

/** Functions to which the environments of this repository have given variables since: who acts for every owner, the key of a distribution, and where traces go. */
const withNewVariable = [
  /^prod-services-.* ledger_function_function$/,
  /^sandbox-services-.* orders_function_function$/,
  /^prod-services-.* storefront_function_function$/,
  /^prod-services-.* shipments_function_function$/,
  /^dev-services-.* orders_function_function$/,
  // X-Ray is off.
  /^dev-operations key-rotation_function_function$/,
];

/** What proves the requests of a distribution: the function at its edge, and the distribution that calls it. */
const proving = /^storefront_(router_function|router_execution_policy|distribution_distribution)$/;

/** Functions that demand the key of their distribution at once, by address: gates ask for a deployment before in which it is only sent. */
export const demandsTheKey = (deployed: readonly StateResource[]): string[] =>
  deployed
    .filter(({ type, name }) => type === "aws_lambda_function" && name === "storefront_function_function")
    .map(({ type, name }) => `${type}.${name}`);

/** The roles of functions that read a secret: the key of their distribution, the headers of their receiver of traces. */
const readsASecret = /^(prod-services-.* storefront|dev-services-.* orders)_function_execution_policy$/;

/** Alarms on dead letters of buses and of their rules. */
const toldToRedrive = /_dead-letters_visible-alarm$/;

/** The queue of a function's failed events, by the address that it had. */
const queueOfFunction = /^(.*_?function)_dead-letters_queue$/;

/**
 * What this version makes beside what was there, by the stack that has it: backups, the logs of networks, alarms on what Lambda's limits
 * end, and keys of distributions with the functions that prove requests by them.
 */
const added: readonly (readonly [stack: RegExp, address: RegExp])[] = [
  [/^/, /^aws_cloudwatch_metric_alarm\..*_(out-of-time|answers-too-large)-alarm$/],
  [/-keys$/, /^aws_[a-z_]+\.storefront-origin_/],
  [/-edge$/, /^aws_[a-z_]+\.storefront_router_/],
  [/-operations$/, /^aws_[a-z_]+\.backups_/],
  [/-operations$/, /^aws_[a-z_]+\.experiments_/],
  [/-operations$/, /^aws_[a-z_]+\.(kpis|alert-channels)_/],
  [/-services-/, /^aws_[a-z_]+\.[a-z]+_(cold-starts|error-budget|metrics)_/],
  [/-operations$/, /^aws_[a-z_]+\.(picking|quotes|stock|tracking)_/],
  [/-routing$/, /^aws_[a-z0-9_]+\.(quotes|stock)_/],
  [/-events$/, /^aws_[a-z_]+\.queues_/],
  [/-services-/, /^aws_[a-z_]+\.storefront_function_provisioned-concurrency_/],
  [
    /-services-/,
    /^aws_appautoscaling_scheduled_action\.orders_function_provisioned-concurrency_schedule-weekday-evenings$/,
  ],
  [/-services-/, /^aws_[a-z_]+\.[a-z]+_(faults|fault-injection|chaos)/],
  [/-services-/, /^aws_[a-z0-9_]+\.(picking|quotes|stock|warmer|predictive-warming|queue-pausing|spend-brake)_/],
  [/-services-/, /^aws_cloudwatch_metric_alarm\.[a-z]+_recursion-alarm$/],
  [/-operations$/, /^aws_[a-z_]+\.spend-guard_actions_/],
  // What signs code, and what is signed.
  [/^prod-/, /^aws_[a-z0-9_]+\.code-signing-/],
  [/^prod-/, /^aws_(s3_object\..*_upload|signer_signing_job\..*_signing)$/],
  [/^prod-services-/, /^aws_lambda_layer_version\.layer-of-all-functions-/],
  [/-services-/, /^(aws_[a-z_]+|terraform_data)\.circuit-breakers_/],
  [/^prod-database$/, /^aws_[a-z_]+\.ledger_migrations_/],
  // The database of the other engine.
  [/^prod-database$/, /^aws_[a-z0-9_]+\.stock_/],
  // The service in a container, and the network that it is in.
  [/^prod-services-/, /^aws_[a-z0-9_]+\.(tracking|container-network)_/],
  [/^prod-routing$/, /^aws_[a-z0-9_]+\.tracking_/],
  [/-database$/, /^aws_[a-z_]+\.[a-z0-9-]+_network-[a-z0-9-]+_private_flow-logs_/],
];

/** Outputs for what is added: what is backed up, streams that are read, the key of the new logs, that of a distribution, new services of prod, and a new database. */
const addedOutputs =
  /^(cross-stack-output-dataaws_dynamodb_table|cross-stack-output-aws_(dynamodb_table|rds_cluster|kms_key|kms_replica_key|secretsmanager_secretstorefront-origin|sqs_queuequeues_|(cloudwatch_log_group|sqs_queue)(picking|quotes|stock|tracking)_|apigatewayv2_(api|domain_name|stage)(quotes|stock)_|cloudwatch_metric_alarm[a-z]+_(api|function|balancer)_|lb(_listener|_target_group)?tracking_|vpcledger_|(db_proxy|db_proxy_endpoint|secretsmanager_secret|security_group|subnet|vpc)stock_)|(picking|quotes|stock|tracking|kpis)-dashboard$|(quotes|stock|tracking)-endpoint$|(quotes|stock|tracking)_(drain|restore)-)/;

function additions(
  stack: string,
  deployed: readonly StateResource[],
  { resource = {}, output = {} }: StackJson,
  outputs: ReadonlySet<string>,
) {
  const known = new Set(deployed.map(({ type, name }) => `${type}.${name}`));
  const addresses = Object.entries(resource).flatMap(([type, byName]) =>
    Object.keys(byName).map((name) => `${type}.${name}`),
  );
  return {
    resources: addresses
      .filter((address) => !known.has(address) && added.some(([of, which]) => of.test(stack) && which.test(address)))
      .map((address) => `create ${address}`),
    outputs: Object.keys(output).filter((name) => addedOutputs.test(name) && !outputs.has(name)),
  };
}

/** Whether a role could encrypt with a key of something that it only reads: variables of functions, secrets. */
function readsWithEncryption(policy: string): boolean {
  const through = (service: string) => new RegExp(`"kms:ViaService":"${service}\\.`).test(policy);
  return through("lambda") || (through("secretsmanager") && !policy.includes("secretsmanager:PutSecretValue"));
}

/**
 * What becomes of a stack that version 0.1.0 deployed, beside what is new. Queues of functions have another name, so they are others: the earlier
 * ones are forgotten. What refers to them is updated, and alarms are replaced where their names have changed. Some stacks have a new output.
 */
export function expectedChanges(
  stack: string,
  deployed: Deployed,
  synthesized: StackJson,
  outputsBefore: ReadonlySet<string>,
): ExpectedChanges {
  const { resources, outputs } = additions(stack, deployed.get(stack) ?? [], synthesized, outputsBefore);
  // What gates compare from one plan to the next.
  if (/-keys$/.test(stack)) outputs.push("stacks-of-environment");
  // Somebody else moves switches and limits of what is new in prod.
  if (/^prod-(services-|operations$)/.test(stack) && synthesized.output?.["ignored-arguments"])
    outputs.push("ignored-arguments");
  for (const { type, name, instances } of deployed.get(stack) ?? []) {
    const [owner] = queueOfFunction.exec(name)?.slice(1) ?? [];
    if (type === "aws_sqs_queue" && owner !== undefined) {
      resources.push(
        `forget aws_sqs_queue.${name}`,
        `create aws_sqs_queue.${owner}_dead-letters_failed-events`,
        `delete and create aws_sqs_queue_policy.${name}-policy`,
        `update aws_lambda_function_event_invoke_config.${owner}_async-invoke`,
        `update aws_iam_role_policy.${owner}_execution_policy`,
      );
      // What the dashboards show.
      if (/-services-/.test(stack)) {
        outputs.push(
          `cross-stack-output-aws_sqs_queue${owner}_dead-letters_failed-eventsarn`,
          `cross-stack-output-aws_sqs_queue${name}arn`,
        );
      }
    }
    // The environments ask tokens for scopes now.
    if (type === "aws_apigatewayv2_route" && isForTokens(instances[0]?.attributes)) {
      resources.push(`update aws_apigatewayv2_route.${name}`);
    }
    const isSwitched = (): boolean =>
      /CHAOS_|BUSINESS_METRICS/.test(JSON.stringify(synthesized.resource?.aws_lambda_function?.[name] ?? {}));
    const isSigned = (): boolean =>
      synthesized.resource?.aws_lambda_function?.[name]?.code_signing_config_arn !== undefined;
    if (
      type === "aws_lambda_function" &&
      (withNewVariable.some((one) => one.test(`${stack} ${name}`)) || isSwitched() || isSigned())
    ) {
      const alias = name.replace(/_function$/, "_alias");
      resources.push(`update aws_lambda_function.${name}`, `update aws_lambda_alias.${alias}`);
    }
    // It shows what the service is run by.
    if (stack === "prod-operations" && name === "orders_dashboard") resources.push(`update ${type}.${name}`);
    if (proving.test(name) || readsASecret.test(`${stack} ${name}`)) resources.push(`update ${type}.${name}`);
    // Scaling changes its number, so Terraform ignores that.
    if (type === "aws_lambda_provisioned_concurrency_config") outputs.push("ignored-arguments");
    const { policy } = (instances[0]?.attributes ?? {}) as { policy?: unknown };
    // Roles that only read decrypt alone, and endpoints have policies.
    if (type === "aws_iam_role_policy" && readsWithEncryption(String(policy))) resources.push(`update ${type}.${name}`);
    if (type === "aws_vpc_endpoint") resources.push(`update ${type}.${name}`);
    if (type === "aws_cloudwatch_metric_alarm") {
      const old = String((instances[0]?.attributes as { alarm_name?: unknown })?.alarm_name);
      const is = newName(name, old);
      if (is !== old) resources.push(`delete and create aws_cloudwatch_metric_alarm.${name}: ${old} is ${is}`);
      // It says how dead letters are sent back.
      else if (toldToRedrive.test(name)) {
        resources.push(`update aws_cloudwatch_metric_alarm.${name}: ${old} is ${is}`);
      }
    }
  }
  resources.push(...hardened(stack, deployed.get(stack) ?? []));
  const services = [...deployed].filter(([name]) => /-services-/.test(name)).flatMap(([, inStack]) => inStack);
  for (const { type, name } of services) {
    const [, service] = /^(.+)_function_dead-letters_queue$/.exec(name) ?? [];
    if (type === "aws_sqs_queue" && service && /-operations$/.test(stack)) {
      resources.push(`update aws_cloudwatch_dashboard.${service}_dashboard`);
    }
  }
  return { resources: [...new Set(resources)].sort(), outputs: [...new Set(outputs)].sort() };
}

const isForTokens = (attributes: unknown): boolean =>
  (attributes as { authorization_type?: unknown } | undefined)?.authorization_type === "JWT";

/** What a public set of rules asked for: a key for schedules, a parameter that is said, access logs with versions and a log of readers. */
function hardened(stack: string, inStack: readonly StateResource[]): string[] {
  return inStack.flatMap(({ type, name }) => {
    const address = `${type}.${name}`;
    const update = [`update ${address}`];
    if (/^aws_kms_(replica_)?key$/.test(type) && name.startsWith("operations_")) return update;
    // EventBridge sends to the queues of prod.
    if (/^aws_kms_(replica_)?key$/.test(type) && stack === "prod-keys" && name.startsWith("data_")) return update;
    if (type === "aws_scheduler_schedule" || /_heartbeat_policy$/.test(address)) return update;
    if (type === "aws_rds_cluster_parameter_group") return update;
    // Those of prod are kept for a year.
    if (stack === "prod-database" && type === "aws_cloudwatch_log_group") return update;
    if (type !== "aws_s3_bucket_lifecycle_configuration") return [];
    const logs = name.replace(/_lifecycle$/, "");
    const parts = Object.entries({
      aws_s3_bucket: "bucket",
      aws_s3_bucket_lifecycle_configuration: "lifecycle",
      aws_s3_bucket_logging: "logging",
      aws_s3_bucket_ownership_controls: "ownership",
      aws_s3_bucket_policy: "policy",
      aws_s3_bucket_public_access_block: "public-access",
      aws_s3_bucket_server_side_encryption_configuration: "encryption",
      aws_s3_bucket_versioning: "versioning",
    });
    return [
      ...update,
      `create aws_s3_bucket_versioning.${logs}_versioning`,
      ...parts.map(([part, id]) => `create ${part}.${logs}_readers_${id}`),
    ];
  });
}

function newName(address: string, old: string): string {
  for (const [pattern, name] of renamed) {
    const [match, about] = pattern.exec(address) ?? [];
    if (match !== undefined) return name(about ?? "")(old);
  }
  return old;
}
