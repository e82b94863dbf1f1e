import { checkPlan, unplanned } from "../../gates";
import type { OutputChange, Plan } from "../../terraform";
import { change, plan, update } from "./plans";

/** What one gate says, as `removes: message`. */
function findings(rule: string, checked: Plan): string[] {
  return checkPlan(checked)
    .filter((violation) => violation.rule === rule)
    .map(({ address, removes = address, message }) => `${removes}: ${message}`);
}

const of = (rule: string, address: string, before: unknown, after: unknown, unknown?: unknown) =>
  findings(rule, plan([update(address, before, after, unknown)]));

const table = "aws_dynamodb_table.orders";
const ttl = (attribute: string, enabled = true) => ({ ttl: [{ enabled, attribute_name: attribute }] });
const statement = (more: object = {}) => ({
  Effect: "Allow",
  Principal: { Service: "events.amazonaws.com" },
  Action: ["sqs:SendMessage"],
  Resource: "*",
  ...more,
});
const policy = (...statements: object[]) => ({ policy: JSON.stringify({ Statement: statements }) });
const administration = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111111111111:root" },
  Action: "kms:*",
  Resource: "*",
};

// biome-ignore format: one line for each change reads as a table
/** Gate, resource, before, after, and what is to be acknowledged. */
const caught: readonly (readonly [rule: string, address: string, before: object, after: object, removes: string])[] = [
  ["no-shorter-retention", "aws_cloudwatch_log_group.a", { retention_in_days: 365 }, { retention_in_days: 30 }, ".retention_in_days"],
  ["no-shorter-retention", "aws_cloudwatch_log_group.a", { retention_in_days: 0 }, { retention_in_days: 365 }, ".retention_in_days"],
  ["no-shorter-retention", "aws_kinesis_stream.a", { retention_period: 168 }, { retention_period: 24 }, ".retention_period"],
  ["no-shorter-retention", "aws_lambda_event_source_mapping.a", { maximum_record_age_in_seconds: -1 }, { maximum_record_age_in_seconds: 60 }, ".maximum_record_age_in_seconds"],
  ["no-shorter-retention", "aws_backup_plan.a", { rule: [{ lifecycle: [{ delete_after: 35 }] }] }, { rule: [{ lifecycle: [{ delete_after: 7 }] }] }, ".rule.lifecycle.delete_after"],
  ["no-shorter-retention", "aws_redshift_cluster.a", { manual_snapshot_retention_period: -1 }, { manual_snapshot_retention_period: 30 }, ".manual_snapshot_retention_period"],
  ["no-shorter-retention", "aws_s3_bucket_object_lock_configuration.a", { rule: [{ default_retention: [{ mode: "COMPLIANCE", days: 90 }] }] }, { rule: [{ default_retention: [{ mode: "COMPLIANCE", days: 7 }] }] }, ".rule.default_retention.days"],
  ["no-other-expiry", table, ttl("a"), ttl("", false), ".ttl"],
  ["no-other-expiry", table, { ttl: [] }, ttl("a"), ".ttl"],
  ["no-other-expiry", table, ttl("a"), ttl("b"), ".ttl"],
  ["no-other-expiry", "aws_s3_bucket_lifecycle_configuration.a", { rule: [{ id: "x", expiration: [{ days: 90 }] }] }, { rule: [{ id: "x", expiration: [{ days: 7 }] }] }, ".rule.expiration.days"],
  ["no-other-expiry", "aws_s3_bucket_lifecycle_configuration.a", { rule: [] }, { rule: [{ id: "x", expiration: [{ days: 7 }] }] }, ".rule.expiration.days"],
  ["no-final-deletion", "aws_db_instance.a", { skip_final_snapshot: false }, { skip_final_snapshot: true }, ".skip_final_snapshot"],
  ["no-final-deletion", "aws_s3_bucket.a", { force_destroy: null }, { force_destroy: true }, ".force_destroy"],
  ["no-final-deletion", "aws_secretsmanager_secret.a", { recovery_window_in_days: 30 }, { recovery_window_in_days: 0 }, ".recovery_window_in_days"],
  ["no-final-deletion", "aws_s3_bucket_versioning.a", { versioning_configuration: [{ status: "Enabled" }] }, { versioning_configuration: [{ status: "Suspended" }] }, ".versioning_configuration.status"],
  ["no-function-off", "aws_lambda_event_source_mapping.a", { enabled: true }, { enabled: false }, ".enabled"],
  ["no-function-off", table, { stream_view_type: "NEW_IMAGE" }, { stream_view_type: "KEYS_ONLY" }, ".stream_view_type"],
  ["no-function-off", "aws_scheduler_schedule.a", { state: "ENABLED" }, { state: "DISABLED" }, ".state"],
  ["no-function-off", "aws_sqs_queue.a", { redrive_policy: "{}" }, { redrive_policy: "" }, ".redrive_policy"],
  ["no-function-off", "aws_lambda_function.a", { dead_letter_config: [{ target_arn: "a" }] }, { dead_letter_config: [] }, ".dead_letter_config.target_arn"],
  ["no-function-off", "aws_cloudwatch_metric_alarm.a", { alarm_actions: ["a", "b"] }, { alarm_actions: ["a"] }, ".alarm_actions"],
  ["no-function-off", "aws_ecs_service.a", { desired_count: 2 }, { desired_count: 0 }, ".desired_count"],
  ["no-other-key", "aws_kms_alias.a", { target_key_id: "one" }, { target_key_id: "other" }, ".target_key_id"],
  ["no-other-key", "aws_sqs_queue.a", { kms_master_key_id: "one" }, { kms_master_key_id: null }, ".kms_master_key_id"],
  ["no-other-key", "aws_sqs_queue.a", { sqs_managed_sse_enabled: true }, { sqs_managed_sse_enabled: false }, ".sqs_managed_sse_enabled"],
  ["no-other-key", table, { server_side_encryption: [{ enabled: true }] }, { server_side_encryption: [{ enabled: false }] }, ".server_side_encryption.enabled"],
  ["no-other-key", "aws_kinesis_stream.a", { encryption_type: "KMS" }, { encryption_type: "NONE" }, ".encryption_type"],
  ["no-weaker-security", "aws_cloudfront_distribution.a", { viewer_certificate: [{ minimum_protocol_version: "TLSv1.2_2021" }] }, { viewer_certificate: [{ minimum_protocol_version: "TLSv1.2_2019" }] }, ".viewer_certificate.minimum_protocol_version"],
  ["no-weaker-security", "aws_lb_listener.a", { ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }, { ssl_policy: "ELBSecurityPolicy-TLS13-1-0-2021-06" }, ".ssl_policy"],
  ["no-weaker-security", "aws_opensearch_domain.a", { domain_endpoint_options: [{ tls_security_policy: "Policy-Min-TLS-1-2-2019-07" }] }, { domain_endpoint_options: [{ tls_security_policy: "Policy-Min-TLS-1-0-2019-07" }] }, ".domain_endpoint_options.tls_security_policy"],
  ["no-weaker-security", "aws_lb_listener.a", { protocol: "HTTPS" }, { protocol: "HTTP" }, ".protocol"],
  ["no-weaker-security", "aws_lambda_function_url.a", { authorization_type: "AWS_IAM" }, { authorization_type: "NONE" }, ".authorization_type"],
  ["no-weaker-security", "aws_instance.a", { metadata_options: [{ http_tokens: "required" }] }, { metadata_options: [{ http_tokens: "optional" }] }, ".metadata_options.http_tokens"],
  ["no-weaker-security", "aws_iam_role.a", { permissions_boundary: "arn" }, { permissions_boundary: "" }, ".permissions_boundary"],
  ["no-weaker-security", "aws_apigatewayv2_api.a", { cors_configuration: [{ allow_origins: ["https://a.example"] }] }, { cors_configuration: [{ allow_origins: ["*"] }] }, ".cors_configuration.allow_origins"],
  ["no-weaker-security", "aws_security_group.a", { ingress: [{ cidr_blocks: ["10.0.0.0/8"] }] }, { ingress: [{ cidr_blocks: ["0.0.0.0/0"] }] }, ".ingress"],
  ["no-weaker-security", "aws_db_parameter_group.a", { parameter: [{ name: "require_secure_transport", value: "ON" }] }, { parameter: [] }, '.parameter["require_secure_transport"]'],
  ["no-weaker-security", "aws_wafv2_web_acl.a", { rule: [{ name: "r", action: [{ block: [{}], count: [] }] }] }, { rule: [{ name: "r", action: [{ block: [], count: [{}] }] }] }, '.rule["r"]'],
  ["no-weaker-security", "aws_wafv2_web_acl.a", { default_action: [{ block: [{}] }] }, { default_action: [{ allow: [{}] }] }, '.rule["default"]'],
  ["no-weaker-security", "aws_sqs_queue_policy.a", policy(statement()), policy(statement(), statement({ Principal: "*" })), ".policy"],
  ["no-weaker-security", "aws_s3_bucket_policy.a", policy({ ...statement(), Effect: "Deny" }), policy(), ".policy"],
  ["no-lockout", "aws_sqs_queue_policy.a", policy(statement()), policy(), ".policy"],
  ["no-lockout", "aws_sqs_queue_policy.a", policy(statement({ Action: "sqs:*" })), policy(statement()), ".policy"],
  ["no-lockout", "aws_sqs_queue_policy.a", policy(statement()), policy(statement({ Condition: { Bool: { "aws:SecureTransport": "true" } } })), ".policy"],
  ["no-lockout", "aws_sqs_queue_policy.a", policy(statement()), policy(statement(), statement({ Effect: "Deny", Principal: "*" })), ".policy"],
  ["no-lockout", "aws_apigatewayv2_authorizer.a", { jwt_configuration: [{ issuer: "https://a.example" }] }, { jwt_configuration: [{ issuer: "https://b.example" }] }, ".jwt_configuration.issuer"],
];

describe("A change that takes something away in place", () => {
  test.each(caught)("is caught by %s of %s: %j to %j", (rule, address, before, after, removes) => {
    expect(of(rule, address, before, after)).toEqual([expect.stringMatching(/^\S.*: .{10,}/)]);
    expect(of(rule, address, before, after)[0]?.startsWith(`${address}${removes}: `)).toBe(true);
  });

  // Of these, the way back is another change of the same kind.
  test.each(
    caught.filter(([rule, , , , removes]) => !/expiry|lockout|other-key/.test(rule) && removes !== ".stream_view_type"),
  )("is none of %s when it is turned round: %s, %j, %j", (rule, address, before, after) =>
    expect(of(rule, address, after, before)).toEqual([]),
  );

  test("is caught in what is replaced as well, and not in what is new", () => {
    const [before, after] = [{ publicly_accessible: false }, { publicly_accessible: true }];
    const replaced = change("aws_dms_replication_instance.a", ["delete", "create"], { before, after });
    expect(findings("no-weaker-security", plan([replaced]))).toHaveLength(1);
    expect(findings("no-weaker-security", plan([change("aws_db_instance.a", ["create"], { after })]))).toEqual([]);
  });

  test("is no question while its value is not known, except for another key", () => {
    expect(
      of(
        "no-shorter-retention",
        "aws_sqs_queue.a",
        { message_retention_seconds: 60 },
        {},
        { message_retention_seconds: true },
      ),
    ).toEqual([]);
    expect(of("no-other-key", "aws_kms_alias.a", { target_key_id: "one" }, {}, { target_key_id: true })).toEqual([
      "aws_kms_alias.a.target_key_id: target_key_id would be another key, which is only known after the apply, in place of one",
    ]);
  });

  test("is none where the versions that would expire begin with the same plan, and where a copy of a secret goes", () => {
    const [before, after] = [
      { rule: [{ id: "x" }] },
      { rule: [{ id: "x", noncurrent_version_expiration: [{ noncurrent_days: 7 }] }] },
    ];
    const inLogs = { before: { ...before, bucket: "logs" }, after: { ...after, bucket: "logs" } };
    const lifecycle = change("aws_s3_bucket_lifecycle_configuration.a", ["update"], inLogs);
    const versions = (bucket: string) => change("aws_s3_bucket_versioning.a", ["create"], { after: { bucket } });
    expect(findings("no-other-expiry", plan([lifecycle, versions("logs")]))).toEqual([]);
    expect(findings("no-other-expiry", plan([lifecycle, versions("others")]))).toHaveLength(1);
    expect(findings("no-other-expiry", plan([lifecycle]))).toHaveLength(1);

    const replicas = (...regions: string[]) => ({ replica: regions.map((region) => ({ region, kms_key_id: region })) });
    const secret = "aws_secretsmanager_secret.a";
    expect(of("no-other-key", secret, replicas("eu-central-1"), replicas("eu-west-2"))).toEqual([]);
    expect(
      of("no-other-key", secret, replicas("eu-west-2"), { replica: [{ region: "eu-west-2", kms_key_id: "b" }] }),
    ).toHaveLength(1);
  });

  test("is none where blocks change their order, and the same statements are written otherwise", () => {
    const rules = [
      { id: "a", expiration: [{ days: 7 }] },
      { id: "b", expiration: [{ days: 90 }] },
    ];
    const lifecycle = "aws_s3_bucket_lifecycle_configuration.a";
    expect(of("no-other-expiry", lifecycle, { rule: rules }, { rule: [...rules].reverse() })).toEqual([]);
    const wider = statement({
      Action: ["sqs:Send*"],
      Principal: { Service: ["sns.amazonaws.com", "events.amazonaws.com"] },
    });
    expect(of("no-lockout", "aws_sqs_queue_policy.a", policy(statement()), policy(wider))).toEqual([]);
    const number = { ...administration, Principal: { AWS: "111111111111" } };
    expect(of("no-lockout", "aws_kms_key.a", policy(administration), policy(number))).toEqual([]);
    expect(of("no-lockout", "aws_kms_key.a", policy(administration), policy(statement()))).toEqual([
      expect.stringMatching(/: nobody could administer the key any more/),
    ]);
  });
});

describe("no-refused-change", () => {
  const parameters = { parameter: [{ name: "rds.global_db_rpo", value: "60" }] };
  const group = change("aws_rds_cluster_parameter_group.a", ["no-op"], { before: parameters, after: parameters });
  const upgraded = (to: string) =>
    update("aws_rds_global_cluster.a", { engine_version: "16.6" }, { engine_version: to });

  // biome-ignore format: one line for each change reads as a table
  test.each<[address: string, before: object, after: object, way: RegExp]>([
    [table, ttl("a"), ttl("b"), /two deployments, at least an hour apart/],
    [table, { stream_enabled: true, replica: [{ region_name: "eu-central-1" }] }, { stream_enabled: false }, /keep the stream/],
    ["aws_opensearch_domain.a", { engine_version: "OpenSearch_2.11" }, { engine_version: "OpenSearch_2.9" }, /restore a snapshot/],
    ["aws_msk_cluster.a", { kafka_version: "3.8.x" }, { kafka_version: "3.7.x" }, /restore a snapshot/],
    ["aws_db_instance.a", { engine_version: "16.6" }, { engine_version: "17.2" }, /allow_major_version_upgrade/],
    ["aws_eks_cluster.a", { version: "1.29" }, { version: "1.31" }, /one minor version/],
    ["aws_ebs_volume.a", { size: 100 }, { size: 50 }, /a smaller one beside it/],
    ["aws_kinesis_stream.a", { shard_count: 2 }, { shard_count: 8 }, /several deployments/],
    ["aws_elasticache_replication_group.a", { transit_encryption_enabled: false }, { transit_encryption_enabled: true, transit_encryption_mode: "required" }, /two deployments/],
    ["aws_cognito_user_pool.a", { schema: [{ name: "tier" }] }, { schema: [] }, /another name/],
    ["aws_fis_experiment_template.a", { experiment_options: [{ account_targeting: "single-account" }] }, { experiment_options: [{ account_targeting: "multi-account" }] }, /another template beside it/],
  ])("refuses %s from %j to %j, and tells the way", (address, before, after, way) => {
    const refused = checkPlan(plan([update(address, before, after)])).filter(({ rule }) => rule === "no-refused-change");
    expect(refused).toEqual([expect.objectContaining({ address, howToFix: expect.stringMatching(way) })]);
    // AWS refuses it, whatever anybody acknowledges.
    expect(refused[0]?.removes).toBeUndefined();
  });

  test("refuses a major version of Aurora while the recovery point is bounded, and takes a minor one", () => {
    const found = (...changes: Parameters<typeof plan>[0]) => findings("no-refused-change", plan(changes));
    expect(found(group, upgraded("17.4"))).toEqual([expect.stringMatching(/rds\.global_db_rpo/)]);
    expect(found(upgraded("17.4"))).toEqual([]);
    expect(found(group, upgraded("16.8"))).toEqual([]);
  });

  test("takes what AWS does at once", () => {
    const taken = [
      update(table, ttl("a"), ttl("", false)),
      update("aws_db_instance.a", { engine_version: "16" }, { engine_version: "16.6" }),
      update(
        "aws_db_instance.b",
        { engine_version: "16.6" },
        { engine_version: "17.2", allow_major_version_upgrade: true },
      ),
      update("aws_ebs_volume.a", { size: 50 }, { size: 100 }),
      update("aws_kinesis_stream.a", { shard_count: 4 }, { shard_count: 8 }),
      update(
        "aws_fis_experiment_template.a",
        { experiment_options: [{ account_targeting: "single-account", empty_target_resolution_mode: "fail" }] },
        { experiment_options: [{ account_targeting: "single-account", empty_target_resolution_mode: "skip" }] },
      ),
      update("aws_cognito_user_pool.a", { schema: [{ name: "tier" }] }, { schema: [{ name: "tier" }, { name: "b" }] }),
    ];
    expect(findings("no-refused-change", plan(taken))).toEqual([]);
  });
});

describe("What a configuration tells by outputs", () => {
  const outputs = (changes: Readonly<Record<string, OutputChange>>): Plan => ({ ...plan([]), output_changes: changes });

  test("shows a stack that is gone, and no new one", () => {
    const changed = (before: unknown, after: unknown) =>
      findings("no-vanished-stack", outputs({ "stacks-of-environment": { actions: ["update"], before, after } }));
    expect(changed(["prod-edge", "prod-keys"], ["prod-keys"])).toEqual([
      expect.stringMatching(/^output\.stacks-of-environment\["prod-edge"\]: was deployed/),
    ]);
    expect(changed(["prod-keys"], ["prod-edge", "prod-keys"])).toEqual([]);
    expect(changed(null, ["prod-keys"])).toEqual([]);
  });

  test("shows a change that Terraform ignores, and nothing of what is new or as it was", () => {
    const changed = (before: unknown, after: unknown) =>
      findings("no-ignored-change", outputs({ "ignored-arguments": { actions: ["update"], before, after } }));
    const service = "aws_ecs_service.pool";
    expect(changed({ [service]: { desired_count: 2 } }, { [service]: { desired_count: 4 } })).toEqual([
      `${service}.desired_count: desired_count is now configured as 4 in place of 2, but its changes are ignored, so the plan would leave it as it is in AWS`,
    ]);
    expect(changed({ [service]: { desired_count: 2 } }, { [service]: { desired_count: 2, other: 1 } })).toEqual([]);
    expect(changed({}, { [service]: { desired_count: 2 } })).toEqual([]);
  });

  test("shows an output that a stack reads which is not planned yet", () => {
    const removing: Plan = { ...plan([]), output_changes: { "key-arn": { actions: ["delete"] } } };
    const reader = (value: string) => unplanned({ resource: { aws_sns_topic: { a: { key: value } } } });
    const found = (value: string) => checkPlan(removing, {}, [reader(value)]).map(({ rule }) => rule);
    const state = "data.terraform_remote_state.keys.outputs";
    expect(found(`\${${state}.key-arn}`)).toEqual(["no-vanished-output"]);
    expect(found(`\${element(split("/", ${state}["key-arn"]), 1)}`)).toEqual(["no-vanished-output"]);
    expect(found(`\${${state}.key-arn-2}`)).toEqual([]);
  });
});
