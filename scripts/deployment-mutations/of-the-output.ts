import type { Arguments, MutationsOfKind, OutputMutation } from "./mutation";

/** The arguments of a block, which cdktf writes as one or as a list. */
const block = (value: Arguments | Arguments[]): Arguments => (Array.isArray(value) ? (value[0] ?? {}) : value);

/** A change of one argument, or of one in a block, caught under its address. */
function argument(
  stack: string,
  address: string,
  path: string,
  value: unknown,
  by: string,
  what = `\`${path}\` ${value === undefined ? "taken out" : JSON.stringify(value)}, of ${address.split(".")[0]}`,
): OutputMutation {
  const names = path.split(".");
  const isOfArgument = gatesOfArguments.has(by);
  const at = `^${address}${isOfArgument ? `.${path}` : ""}`.replaceAll(".", "\\.");
  return {
    what,
    stack,
    edit: (of) => set(of(address), names, value),
    ...(isOfArgument ? { argument: path } : {}),
    caught: { by, at: new RegExp(at) },
  };
}

/** Gates that name the argument, so that several of one resource can be told apart. */
const gatesOfArguments = new Set([
  "no-early-refusal",
  "no-final-deletion",
  "no-function-off",
  "no-other-key",
  "no-shorter-retention",
  "no-weaker-security",
]);

function set(values: Arguments, [name = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) set(block(values[name]), rest, value);
  else if (value === undefined) delete values[name];
  else values[name] = value;
}

/** A change of the statements of a policy. */
function policy(
  what: string,
  stack: string,
  address: string,
  change: (statements: Arguments[]) => Arguments[],
  by: string,
  name = "policy",
): OutputMutation {
  return {
    what,
    stack,
    edit: (at) => {
      const values = at(address);
      const document = JSON.parse(values[name]);
      values[name] = JSON.stringify({ ...document, Statement: change(document.Statement) });
    },
    caught: { by, at: new RegExp(`^${address.replaceAll(".", "\\.")}\\.${name}`) },
  };
}

const home = "eu-west-1";
const services = `services-${home}`;
const table = "aws_dynamodb_table.orders_table";
const replica = "aws_dynamodb_table_replica.orders_replica-eu-central-1";
const key = "aws_kms_key.data_primary";
const clusterOf = (region: string) => `aws_rds_cluster.ledger_database_${region}_cluster`;
const instance = `aws_rds_cluster_instance.ledger_database_${home}_instance-1`;
const secret = "aws_secretsmanager_secret.ledger_user-ledger-service_secret";
const proxy = `aws_db_proxy.ledger_proxy-${home}_proxy`;
const parameters = `aws_rds_cluster_parameter_group.ledger_database_${home}_parameters`;
const distribution = "aws_cloudfront_distribution.storefront_distribution_distribution";
const webAcl = "aws_wafv2_web_acl.storefront_firewall_web-acl";
const bucket = "storefront_distribution_access-logs";
const route = "aws_apigatewayv2_route.orders_api_route-get-orders-by-order-id";

/** Changes of what is synthesized, which the environment's file cannot express or does not take. */
export const ofTheOutput: readonly MutationsOfKind[] = [
  {
    title: "Data in the output",
    mutations: [
      {
        what: "a table's provider is that of another region",
        stack: "data",
        edit: (at) => {
          at("aws_dynamodb_table.shipments_table").provider = "aws.eu-central-1";
        },
        caught: { by: "no-other-region", at: /shipments_table/ },
      },
      {
        what: "a table at another address",
        stack: "data",
        alone: true,
        edit: (at, { resource }) => {
          const tables = resource?.aws_dynamodb_table as Arguments;
          tables.parcels_table = at("aws_dynamodb_table.handled-events_table");
          delete tables["handled-events_table"];
          // The records of its attributes name it.
          const records = resource?.terraform_data as Arguments;
          records["handled-events_attribute-pk"].lifecycle.replace_triggered_by = [
            "aws_dynamodb_table.parcels_table.id",
          ];
          for (const replica of Object.values(resource?.aws_dynamodb_table_replica as Arguments)) {
            replica.global_table_arn = replica.global_table_arn.replace("handled-events_table", "parcels_table");
          }
        },
        caught: { by: "the plan", says: /handled-events_table/ },
      },
      argument("data", table, "stream_enabled", false, "no-refused-change", "the stream of a table with replicas off"),
      argument("data", "aws_dynamodb_table.handled-events_table", "stream_view_type", "KEYS_ONLY", "no-function-off"),
      argument("data", table, "point_in_time_recovery.enabled", false, "no-recovery-off"),
      argument("data", "aws_dynamodb_table.shipments_table", "server_side_encryption.enabled", false, "no-other-key"),
      argument(
        "data",
        "aws_dynamodb_table.handled-events_table",
        "server_side_encryption.kms_key_arn",
        "arn:aws:kms:eu-west-1:444444444444:key/mrk-1234abcd12ab34cd56ef1234567890aa",
        "no-other-key",
      ),
      argument("data", replica, "point_in_time_recovery", false, "no-recovery-off"),
      argument(
        "data",
        "aws_dynamodb_table_replica.shipments_replica-eu-central-1",
        "kms_key_arn",
        "arn:aws:kms:eu-central-1:444444444444:key/mrk-1234abcd12ab34cd56ef1234567890aa",
        "no-data-loss",
      ),
      argument(
        "data",
        "aws_dynamodb_table_replica.handled-events_replica-eu-central-1",
        "deletion_protection_enabled",
        false,
        "no-protection-off",
      ),
      {
        what: "a replica taken out",
        stack: "data",
        alone: true,
        edit: (_at, { resource, data, output }) => {
          const replicas = resource?.aws_dynamodb_table_replica as Arguments;
          delete replicas["shipments_replica-eu-central-1"];
          const insights = resource?.aws_dynamodb_contributor_insights as Arguments;
          delete insights["shipments_insights-eu-central-1"];
          // With what is looked up of it, and what others read of either.
          const gone = ["shipments_replica-eu-central-1"];
          for (const [type, lookups] of Object.entries((data ?? {}) as Record<string, Arguments>)) {
            for (const [name, lookup] of Object.entries(lookups)) {
              if (!JSON.stringify(lookup).includes("shipments_replica-eu-central-1")) continue;
              delete lookups[name];
              gone.push(`data.${type}.${name}.`);
            }
            if (Object.keys(lookups).length === 0) delete (data as Arguments)[type];
          }
          for (const [name, { value }] of Object.entries(output ?? {})) {
            if (gone.some((one) => String(value).includes(one))) delete (output as Arguments)[name];
          }
        },
        caught: { by: "no-data-loss", at: /shipments_replica-eu-central-1/ },
      },
      argument(
        "data",
        "aws_cloudwatch_metric_alarm.orders_alarms-eu-west-1_throttles",
        "actions_enabled",
        false,
        "no-function-off",
      ),
      argument(
        "data",
        "aws_cloudwatch_metric_alarm.shipments_alarms-eu-west-1_throttles",
        "alarm_actions",
        [],
        "no-function-off",
      ),
    ],
  },
  {
    title: "Databases in the output",
    mutations: [
      {
        what: "another checksum of migrations: a file more, or one that was changed",
        stack: "database",
        edit: (at) => {
          at("aws_lambda_invocation.ledger_migrations_run").triggers = { migrations: "0".repeat(64) };
        },
        caught: {
          harmless:
            "the invocation is replaced, which holds nothing; a file that was changed after it was applied is refused by the function, by its checksum",
        },
      },
      argument("database", clusterOf("eu-central-1"), "backup_retention_period", 1, "no-shorter-retention"),
      argument(
        "database",
        clusterOf(home),
        "kms_key_id",
        "arn:aws:kms:eu-west-1:444444444444:key/mrk-1",
        "no-data-loss",
      ),
      {
        what: "`storage_encrypted` false, of a cluster",
        stack: "database",
        edit: (at) => {
          at(clusterOf("eu-central-1")).storage_encrypted = false;
        },
        caught: { by: "no-data-loss", at: /eu-central-1_cluster/ },
      },
      argument("database", clusterOf(home), "skip_final_snapshot", true, "no-final-deletion"),
      argument("database", clusterOf(home), "deletion_protection", false, "no-protection-off"),
      argument("database", clusterOf(home), "iam_database_authentication_enabled", false, "no-weaker-security"),
      argument("database", clusterOf(home), "enabled_cloudwatch_logs_exports", ["postgresql"], "no-function-off"),
      argument(
        "database",
        "aws_rds_global_cluster.ledger_database_global",
        "deletion_protection",
        false,
        "no-protection-off",
      ),
      argument("database", instance, "publicly_accessible", true, "no-weaker-security"),
      argument(
        "database",
        `aws_rds_cluster_instance.ledger_database_${home}_instance-2`,
        "monitoring_interval",
        0,
        "no-function-off",
      ),
      {
        what: "performance insights of an instance off",
        stack: "database",
        edit: (at) => {
          const values = at("aws_rds_cluster_instance.ledger_database_eu-central-1_instance-1");
          values.performance_insights_enabled = false;
          delete values.performance_insights_kms_key_id;
          delete values.performance_insights_retention_period;
        },
        caught: { by: "no-function-off", at: /instance-1\.performance_insights_enabled/ },
      },
      {
        what: "`rds.force_ssl` 0",
        stack: "database",
        edit: (at) => {
          for (const one of at(parameters).parameter) if (one.name === "rds.force_ssl") one.value = "0";
        },
        caught: { by: "no-weaker-security", at: /parameter\["rds\.force_ssl"\]/ },
      },
      {
        what: "`rds.force_ssl` taken out",
        stack: "database",
        edit: (at) => {
          const group = at("aws_rds_cluster_parameter_group.ledger_database_eu-central-1_parameters");
          group.parameter = group.parameter.filter(({ name }: Arguments) => name !== "rds.force_ssl");
        },
        caught: { by: "no-weaker-security", at: /parameter\["rds\.force_ssl"\]/ },
      },
      {
        what: "`require_secure_transport` taken out",
        stack: "database",
        edit: (at) => {
          const group = at("aws_rds_cluster_parameter_group.stock_database_eu-central-1_parameters");
          group.parameter = group.parameter.filter(({ name }: Arguments) => name !== "require_secure_transport");
        },
        caught: { by: "no-weaker-security", at: /parameter\["require_secure_transport"\]/ },
      },
      argument("database", proxy, "require_tls", false, "no-weaker-security"),
      argument(
        "database",
        "aws_db_proxy.ledger_proxy-eu-central-1_proxy",
        "auth.iam_auth",
        "DISABLED",
        "no-weaker-security",
      ),
      argument("database", secret, "recovery_window_in_days", 7, "no-final-deletion"),
      argument(
        "database",
        "aws_secretsmanager_secret.ledger_database_master_secret",
        "recovery_window_in_days",
        0,
        "no-final-deletion",
      ),
      {
        what: "the replica of a secret taken out",
        stack: "database",
        alone: true,
        edit: (at) => {
          at(secret).replica = [];
        },
        caught: { harmless: "the provider plans nothing without any such block, and the replica stays" },
      },
      {
        what: "a secret with another key",
        stack: "database",
        alone: true,
        edit: (at) => {
          at(secret).kms_key_id = "arn:aws:kms:eu-west-1:444444444444:key/mrk-1234abcd12ab34cd56ef1234567890aa";
        },
        caught: { by: "no-other-key", at: /kms_key_id/ },
      },
      policy(
        "a secret's policy that no longer denies other accounts",
        "database",
        "aws_secretsmanager_secret_policy.ledger_user-ledger-service_policy",
        (statements) => statements.filter(({ Sid }) => Sid !== "DenyOtherAccounts"),
        "no-weaker-security",
      ),
      {
        what: "the rotation of a secret taken out",
        stack: "database",
        alone: true,
        edit: (_at, { resource }) => {
          delete (resource as Arguments).aws_secretsmanager_secret_rotation;
        },
        caught: { by: "no-vanished-address", at: /aws_secretsmanager_secret_rotation/ },
      },
      {
        what: "a database open to everybody's addresses",
        stack: "database",
        edit: (at) => {
          const rule = at(`aws_vpc_security_group_ingress_rule.ledger_network-${home}_database_from-clients`);
          delete rule.referenced_security_group_id;
          rule.cidr_ipv4 = "0.0.0.0/0";
        },
        caught: { by: "no-weaker-security", at: /cidr_ipv4/ },
      },
      {
        what: "a subnet with public addresses",
        stack: "database",
        edit: (at) => {
          at(`aws_subnet.ledger_network-${home}_private_subnet-a`).map_public_ip_on_launch = true;
        },
        caught: { by: "no-weaker-security", at: /map_public_ip_on_launch/ },
      },
    ],
  },
  {
    title: "Keys and topics in the output",
    mutations: [
      argument("keys", key, "is_enabled", false, "no-key-off"),
      argument("keys", "aws_kms_key.operations_primary", "enable_key_rotation", false, "no-key-off"),
      argument("keys", "aws_kms_replica_key.data_replica-eu-central-1", "enabled", false, "no-key-off"),
      argument("keys", "aws_kms_key.application_primary", "multi_region", false, "no-data-loss"),
      {
        ...policy(
          "a key's policy without administration",
          "keys",
          key,
          (statements) => statements.filter(({ Sid }) => !/^Administra/.test(Sid)),
          "no-lockout",
        ),
        // Nothing accepts it, so the gate names the key and not an argument to be acknowledged.
        caught: { by: "no-lockout", at: new RegExp(`^${key.replaceAll(".", "\\.")}$`) },
      },
      policy(
        "a key's policy with administration alone",
        "keys",
        "aws_kms_replica_key.operations_replica-eu-central-1",
        (statements) => statements.filter(({ Sid }) => /^Administra/.test(Sid)),
        "no-lockout",
      ),
      policy(
        "a key's policy with a service less in a condition",
        "keys",
        "aws_kms_replica_key.data_replica-eu-central-1",
        (statements) =>
          statements.map((one) =>
            one.Sid === "UseThroughServices"
              ? {
                  ...one,
                  Condition: { ...one.Condition, StringLike: { "kms:ViaService": ["dynamodb.*.amazonaws.com"] } },
                }
              : one,
          ),
        "no-lockout",
      ),
      policy(
        "a key's policy that denies the replication of tables",
        "keys",
        "aws_kms_key.operations_primary",
        (statements) => [
          ...statements,
          {
            Effect: "Deny",
            Principal: "*",
            Action: "kms:Decrypt",
            Resource: "*",
            Condition: { Bool: { "aws:ViaAWSService": "true" } },
          },
        ],
        "no-lockout",
      ),
      policy(
        "a key that anybody may use",
        "keys",
        "aws_kms_replica_key.application_replica-eu-central-1",
        (statements) => [...statements, { Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }],
        "no-weaker-security",
      ),
      {
        what: "an alias that names another key",
        stack: "keys",
        edit: (at) => {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
          at("aws_kms_alias.data_alias-eu-west-1").target_key_id = "${aws_kms_key.operations_primary.key_id}";
        },
        caught: { by: "no-other-key", at: /target_key_id/ },
      },
      argument("keys", "aws_sns_topic.alerts-eu-west-1_topic", "kms_master_key_id", undefined, "no-other-key"),
      argument("keys", "aws_sns_topic.alerts-eu-central-1_topic", "signature_version", 1, "no-weaker-security"),
      policy(
        "a topic that alarms may not publish to",
        "keys",
        "aws_sns_topic_policy.alerts-eu-west-1_policy",
        (statements) => statements.filter(({ Sid }) => Sid !== "Alarms"),
        "no-lockout",
      ),
      {
        what: "an output that another stack reads",
        stack: "keys",
        alone: true,
        edit: (_at, { output }) => {
          const [name = ""] = Object.keys(output ?? {}).filter((one) => one.includes("data_primaryarn"));
          delete (output as Arguments)[name];
        },
        caught: { by: "no-vanished-output", at: /data_primaryarn/ },
      },
    ],
  },
  {
    title: "Events and messages in the output",
    mutations: [
      argument(
        "events",
        "aws_cloudwatch_event_endpoint.orders-endpoint_endpoint",
        "replication_config.state",
        "DISABLED",
        "no-function-off",
      ),
      argument(
        "events",
        "aws_scheduler_schedule.orders-endpoint_heartbeat_schedule",
        "state",
        "DISABLED",
        "no-function-off",
      ),
      argument(
        "events",
        "aws_cloudwatch_event_rule.orders-endpoint_heartbeat_rule",
        "state",
        "DISABLED",
        "no-function-off",
      ),
      argument(
        "events",
        `aws_cloudwatch_event_bus.orders-${home}_bus`,
        "kms_key_identifier",
        undefined,
        "no-other-key",
      ),
      argument(
        "events",
        "aws_cloudwatch_event_bus.orders-eu-central-1_bus",
        "dead_letter_config",
        undefined,
        "no-function-off",
      ),
      argument(
        "events",
        `aws_sqs_queue.orders-${home}_dead-letters_queue`,
        "message_retention_seconds",
        3600,
        "no-shorter-retention",
      ),
      argument(
        "events",
        "aws_sqs_queue.orders-eu-central-1_dead-letters_queue",
        "sqs_managed_sse_enabled",
        false,
        "no-other-key",
      ),
      argument(
        services,
        "aws_sqs_queue.ledger_function_dead-letters_failed-events",
        "kms_master_key_id",
        undefined,
        "no-other-key",
      ),
      argument("events", "aws_sqs_queue.orders-endpoint_heartbeat_queue", "name", "prod-others", "no-data-loss"),
      argument(
        services,
        "aws_cloudwatch_event_target.shipments_subscription-order-placed_target",
        "dead_letter_config",
        undefined,
        "no-function-off",
      ),
      argument(
        services,
        "aws_lambda_function_event_invoke_config.shipments_function_async-invoke",
        "destination_config",
        undefined,
        "no-function-off",
      ),
      argument(
        services,
        "aws_lambda_function_event_invoke_config.orders_function_async-invoke",
        "maximum_event_age_in_seconds",
        60,
        "no-shorter-retention",
      ),
      argument(
        services,
        "aws_cloudwatch_event_rule.shipments_subscription-order-placed_rule",
        "state",
        "DISABLED",
        "no-function-off",
        "the rule of a subscription off",
      ),
      policy(
        "a queue for failed events that EventBridge may not send to",
        services,
        "aws_sqs_queue_policy.shipments_subscription-order-placed_dead-letters_queue-policy",
        (statements) => statements.filter(({ Effect }) => Effect !== "Allow"),
        "no-lockout",
      ),
    ],
  },
  {
    title: "Services in the output",
    mutations: [
      argument(services, "aws_lambda_function.orders_function_function", "function_name", "prod-sales", "no-outage"),
      argument(
        services,
        "aws_lambda_function.ledger_function_function",
        "reserved_concurrent_executions",
        0,
        "no-function-off",
      ),
      argument(services, "aws_lambda_function.storefront_function_function", "kms_key_arn", undefined, "no-other-key"),
      argument(services, "aws_apigatewayv2_api.orders_api_api", "protocol_type", "WEBSOCKET", "no-outage"),
      argument(
        services,
        "aws_apigatewayv2_api.ledger_api_api",
        "disable_execute_api_endpoint",
        false,
        "no-weaker-security",
      ),
      argument(
        services,
        "aws_apigatewayv2_domain_name.orders_api_domain_domain-name",
        "domain_name",
        "sales.example.com",
        "no-outage",
      ),
      argument(
        services,
        "aws_lambda_function.ledger_function_function",
        "environment.variables.ORIGIN_SECRET_USE",
        "required",
        "no-early-refusal",
        "a function that starts to ask for proofs of a distribution",
      ),
      argument(
        services,
        "aws_lambda_event_source_mapping.picking_stream-shipments_mapping",
        "starting_position",
        "LATEST",
        "no-lost-position",
        "a stream that is read from another position",
      ),
      {
        what: "a route without authorization",
        stack: services,
        edit: (at) => {
          const values = at(route);
          values.authorization_type = "NONE";
          delete values.authorizer_id;
        },
        caught: { by: "no-weaker-security", at: /authorization_type/ },
      },
      argument(
        services,
        "aws_apigatewayv2_stage.orders_api_stage",
        "access_log_settings",
        undefined,
        "no-function-off",
      ),
      argument(services, "aws_cloudwatch_log_group.orders_function_log-group", "kms_key_id", undefined, "no-other-key"),
      argument(
        services,
        "aws_cloudwatch_log_group.ledger_function_log-group",
        "name",
        "/aws/lambda/others",
        "no-data-loss",
      ),
      argument(
        services,
        "aws_lambda_permission.orders_function_invoke-api-get-orders-by-order-id",
        "source_arn",
        undefined,
        "no-weaker-security",
      ),
      policy(
        "a role that Lambda may not take on",
        services,
        "aws_iam_role.orders_function_execution_role",
        (statements) => statements.map((one) => ({ ...one, Principal: { Service: "ec2.amazonaws.com" } })),
        "no-lockout",
        "assume_role_policy",
      ),
      argument(services, "aws_iam_role.ledger_function_execution_role", "name", "prod-others", "no-outage"),
      {
        what: "a setting with another value",
        stack: services,
        edit: (at) => {
          at(`aws_ssm_parameter.orders_settings_page-size-${home}`).insecure_value = "50";
        },
        caught: { harmless: "functions read it within a minute; the value is the owner's" },
      },
      {
        what: "the endpoint check of a name by another path",
        stack: "routing",
        edit: (at) => {
          at("aws_route53_health_check.orders_eu-west-1_endpoint").resource_path = "/ready";
        },
        caught: { harmless: "the check stays, and asks for another page" },
      },
      {
        what: "a health check off",
        stack: "routing",
        edit: (at) => {
          at("aws_route53_health_check.ledger_eu-west-1_endpoint").disabled = true;
        },
        caught: { by: "no-function-off", at: /disabled/ },
      },
    ],
  },
  {
    title: "The edge in the output",
    mutations: [
      argument("edge", distribution, "viewer_certificate.minimum_protocol_version", "TLSv1", "no-weaker-security"),
      argument(
        "edge",
        distribution,
        "default_cache_behavior.viewer_protocol_policy",
        "allow-all",
        "no-weaker-security",
      ),
      argument(
        "edge",
        distribution,
        "web_acl_id",
        undefined,
        "no-weaker-security",
        "a distribution without its firewall",
      ),
      argument("edge", distribution, "enabled", false, "no-function-off"),
      {
        what: "an origin over HTTP",
        stack: "edge",
        argument: "origin_protocol_policy",
        edit: (at) => {
          for (const origin of at(distribution).origin)
            block(origin.custom_origin_config).origin_protocol_policy = "http-only";
        },
        caught: { by: "no-weaker-security", at: /origin_protocol_policy/ },
      },
      {
        what: "an origin over TLS 1.0 as well",
        stack: "edge",
        argument: "origin_ssl_protocols",
        edit: (at) => {
          for (const origin of at(distribution).origin) {
            block(origin.custom_origin_config).origin_ssl_protocols = ["TLSv1", "TLSv1.2"];
          }
        },
        caught: { by: "no-weaker-security", at: /origin_ssl_protocols/ },
      },
      {
        what: "a rule of the firewall taken out",
        stack: "edge",
        argument: "rate-per-address",
        edit: (at) => {
          const acl = at(webAcl);
          acl.rule = acl.rule.filter(({ name }: Arguments) => name !== "rate-per-address");
        },
        caught: { by: "no-weaker-security", at: /rule\["rate-per-address"\]/ },
      },
      {
        what: "a rule of the firewall that counts in place of blocking",
        stack: "edge",
        argument: "override_action",
        edit: (at) => {
          for (const rule of at(webAcl).rule) if (rule.override_action) rule.override_action = { count: {} };
        },
        caught: { by: "no-weaker-security", at: /rule\["AWSManagedRules/ },
      },
      {
        what: "the firewall's logs taken out",
        stack: "edge",
        edit: (at, { resource }) => {
          at("aws_wafv2_web_acl_logging_configuration.storefront_firewall_logs_configuration");
          delete (resource as Arguments).aws_wafv2_web_acl_logging_configuration;
        },
        caught: { by: "no-vanished-address", at: /logging_configuration/ },
      },
      argument("edge", `aws_s3_bucket.${bucket}_bucket`, "force_destroy", true, "no-final-deletion"),
      argument(
        "edge",
        `aws_s3_bucket_public_access_block.${bucket}_public-access`,
        "block_public_policy",
        false,
        "no-weaker-security",
      ),
      {
        what: "objects that expire sooner",
        stack: "edge",
        edit: (at) => {
          for (const rule of at(`aws_s3_bucket_lifecycle_configuration.${bucket}_lifecycle`).rule) {
            block(rule.expiration).days = 7;
          }
        },
        caught: { by: "no-other-expiry", at: /expiration\.days/ },
      },
      policy(
        "a bucket that anybody may read",
        "edge",
        `aws_s3_bucket_policy.${bucket}_policy`,
        (statements) => [...statements, { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
        "no-weaker-security",
      ),
      argument(
        "edge",
        "aws_cloudfront_response_headers_policy.storefront_distribution_response-headers",
        "security_headers_config.strict_transport_security.access_control_max_age_sec",
        300,
        "no-weaker-security",
      ),
      {
        what: "the edge function destroyed with its stack",
        stack: "edge",
        edit: (at) => {
          at("aws_lambda_function.storefront_router_function").skip_destroy = false;
        },
        caught: { by: "no-final-deletion", at: /skip_destroy/ },
      },
      argument(
        "operations",
        "aws_cloudwatch_log_group.key-rotation_evidence_log-group",
        "retention_in_days",
        30,
        "no-shorter-retention",
      ),
    ],
  },
];
