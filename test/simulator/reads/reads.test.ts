import { join } from "node:path";
import { Inventory } from "../../../simulator/inventory/inventory";
import type { Block, NestedBlock } from "../../../simulator/protocol/schema";
import { type ObjectValue, Unknown } from "../../../simulator/protocol/values";
import { alone, asApplied, asRead, type Neighbours, neighboursIn, withUntouched } from "../../../simulator/reads";
import { temporaryFolder } from "../../support/temporary-folder";
import { attribute, blockFor, schemaOf, scope } from "../fixtures/filled";

const nested = (name: string, nesting: NestedBlock["nesting"], block: Block): NestedBlock => ({
  name,
  nesting,
  minItems: 0,
  block,
});

const id = attribute("id", "string", "both");
const settings = schemaOf([attribute("text", "string", "optional"), attribute("on", "bool", "optional")]);

/** A type of the older SDK, with one of everything. */
const legacy = schemaOf(
  [
    id,
    attribute("text", "string", "optional"),
    attribute("count", "number", "optional"),
    attribute("tags", ["map", "string"], "optional"),
    attribute("names", ["set", "string"], "optional"),
    attribute("endpoint_auto_confirms", "bool", "optional"),
  ],
  [nested("listed", "list", settings), nested("chosen", "set", settings), nested("timeouts", "single", settings)],
);

const written: ObjectValue = {
  id: "a",
  text: null,
  count: null,
  tags: null,
  names: null,
  endpoint_auto_confirms: null,
  listed: [{ text: "a", on: null }],
  chosen: [{ text: null, on: true }],
  timeouts: { text: null, on: null },
};

const read: ObjectValue = {
  ...written,
  text: "",
  count: 0,
  tags: {},
  names: [],
  endpoint_auto_confirms: false,
  listed: [{ text: "a", on: false }],
  chosen: [{ text: "", on: true }],
};

describe("A read of a type of the older SDK", () => {
  test("has zeros for what was not written, but no time-outs", () => {
    expect(asRead("aws_glue_trigger", legacy, written, scope, alone)).toEqual(read);
  });

  test("leaves absent what Read never looks at", () => {
    const state = asRead("aws_sns_topic_subscription", legacy, written, scope, alone);
    expect(state).toEqual({ ...read, endpoint_auto_confirms: null });
  });

  test("gives the same object when there is nothing to say, so that it need not be encoded again", () => {
    expect(asRead("aws_glue_trigger", legacy, read, scope, alone)).toBe(read);
  });

  test("is already in the answer to a change, except for sets and empty collections as they were planned", () => {
    expect(asApplied("aws_glue_trigger", legacy, { planned: written, state: written }, scope, alone)).toEqual({
      ...read,
      tags: null,
      names: null,
      chosen: written.chosen,
    });
  });

  test("answers a change with a set as AWS has it where its plan had an unknown", () => {
    const planned = { ...written, chosen: [{ text: new Unknown(), on: true }] };
    expect(asApplied("aws_glue_trigger", legacy, { planned, state: written }, scope, alone).chosen).toEqual(
      read.chosen,
    );
  });
});

describe("A read of a type of the newer framework", () => {
  const block = schemaOf([attribute("id"), attribute("text", "string", "optional"), attribute("from_port", "number")]);

  test("leaves null what AWS does not return", () => {
    const state = { id: "a", text: null, from_port: null };
    expect(asRead("aws_glue_trigger", block, state, scope, alone)).toBe(state);
  });

  test("differs from the answer to a change, which must have every planned value", () => {
    const rule = schemaOf([...block.attributes, attribute("ip_protocol"), attribute("to_port", "number")]);
    const state = { id: "a", text: null, ip_protocol: "-1", from_port: 0, to_port: 0 };
    const typeName = "aws_vpc_security_group_ingress_rule";
    expect(asApplied(typeName, rule, { planned: state, state }, scope, alone)).toBe(state);
    expect(asRead(typeName, rule, state, scope, alone)).toEqual({ ...state, from_port: null, to_port: null });
  });
});

test("A change in AWS of what Read never looks at is not seen", () => {
  const before = { filename: "a.zip", source_code_hash: "a", timeout: 3 };
  const after = withUntouched("aws_lambda_function", before, { filename: "a.zip", source_code_hash: "b", timeout: 9 });
  expect(after).toEqual({ ...before, timeout: 9 });
});

describe("The neighbours of a resource", () => {
  const elsewhere = { ...scope, region: "eu-west-1" };
  const foreign = { ...scope, account: "999988887777" };
  const queue = (name: string) => ({ id: name, arn: name });

  const cloud = (...things: readonly (readonly [ObjectValue, typeof scope])[]): Inventory => {
    const inventory = new Inventory({ file: join(temporaryFolder(), "inventory.jsonl") });
    for (const [state, place] of things) inventory.put({ type: "aws_sqs_queue", place, state });
    return inventory;
  };

  test("are those of the same account, here or in every region", () => {
    const inventory = cloud([queue("here"), scope], [queue("there"), elsewhere], [queue("foreign"), foreign]);
    const around = neighboursIn(inventory, scope);
    expect(around.of("aws_sqs_queue")).toEqual([queue("here")]);
    expect(around.everywhere("aws_sqs_queue")).toEqual([queue("here"), queue("there")]);
    expect(around.of("aws_sns_topic")).toEqual([]);
  });

  test("are as they were last applied, and known when they are deleted, until they are made again", () => {
    const inventory = cloud([{ ...queue("a"), delay_seconds: 1 }, scope], [{ ...queue("a"), delay_seconds: 2 }, scope]);
    expect(neighboursIn(inventory, scope).of("aws_sqs_queue")).toEqual([{ ...queue("a"), delay_seconds: 2 }]);
    inventory.remove({ type: "aws_sqs_queue", place: scope, state: queue("a") });
    expect(neighboursIn(inventory, elsewhere).of("aws_sqs_queue")).toEqual([]);
    expect(neighboursIn(inventory, elsewhere).deleted("aws_sqs_queue")).toEqual([queue("a")]);
    inventory.put({ type: "aws_sqs_queue", place: scope, state: queue("a") });
    expect(neighboursIn(inventory, elsewhere).deleted("aws_sqs_queue")).toEqual([]);
  });
});

const with_ = (types: Record<string, ObjectValue[]>, deleted: Record<string, ObjectValue[]> = {}): Neighbours => ({
  of: (typeName) => types[typeName] ?? [],
  everywhere: (typeName) => types[typeName] ?? [],
  deleted: (typeName) => deleted[typeName] ?? [],
});

const account = "arn:aws:iam::111122223333";
const policy = (principal: string): string => JSON.stringify({ Principal: { AWS: principal }, Version: "2012-10-17" });
const key = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1";
const topic = "arn:aws:sns:us-east-1:111122223333:t";
const table = "arn:aws:dynamodb:us-east-1:111122223333:table/t";

type Case = [what: string, typeName: string, state: ObjectValue, neighbours: Neighbours, expected: ObjectValue];

const cases: Case[] = [
  [
    "the default of a rule's state, in both attributes",
    "aws_cloudwatch_event_rule",
    { state: "", is_enabled: false, event_pattern: "" },
    alone,
    { state: "DISABLED" },
  ],
  [
    "a pattern compact, with its keys sorted",
    "aws_cloudwatch_event_archive",
    { event_pattern: '{ "source": ["a"], "detail": {"z": 1, "b": [2, 1]} }' },
    alone,
    { event_pattern: '{"detail":{"b":[2,1],"z":1},"source":["a"]}' },
  ],
  [
    "the retries of a schedule that says nothing",
    "aws_scheduler_schedule",
    { target: [{ arn: "a", retry_policy: [] }] },
    alone,
    {
      target: [{ arn: "a", retry_policy: [{ maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 }] }],
    },
  ],
  [
    "what a replica key shares with its primary",
    "aws_kms_replica_key",
    { primary_key_arn: key, policy: "", key_rotation_enabled: false, key_spec: "", key_usage: "ENCRYPT_DECRYPT" },
    with_({
      aws_kms_key: [
        {
          arn: key,
          enable_key_rotation: true,
          customer_master_key_spec: "SYMMETRIC_DEFAULT",
          key_usage: "ENCRYPT_DECRYPT",
        },
      ],
    }),
    { key_rotation_enabled: true, key_spec: "SYMMETRIC_DEFAULT" },
  ],
  [
    "the id of a role that is gone",
    "aws_kms_key",
    { policy: policy(`${account}:role/gone`) },
    with_({}, { aws_iam_role: [{ arn: `${account}:role/gone`, unique_id: "AROAGONE" }] }),
    { policy: policy("AROAGONE") },
  ],
  [
    "the policies that other resources gave a role",
    "aws_iam_role",
    { name: "r", assume_role_policy: "{}", inline_policy: [], managed_policy_arns: [] },
    with_({
      aws_iam_role_policy: [
        { role: "r", name: "own", policy: "{}" },
        { role: "other", name: "foreign", policy: "{}" },
      ],
      aws_iam_role_policy_attachment: [{ role: "r", policy_arn: "arn:aws:iam::aws:policy/A" }],
    }),
    { inline_policy: [{ name: "own", policy: "{}" }], managed_policy_arns: ["arn:aws:iam::aws:policy/A"] },
  ],
  [
    "the network of a function's subnets",
    "aws_lambda_function",
    {
      tracing_config: [{ mode: "Active" }],
      vpc_config: [{ subnet_ids: ["subnet-1"], vpc_id: "vpc-0" }],
    },
    with_({ aws_subnet: [{ id: "subnet-1", vpc_id: "vpc-1" }] }),
    { vpc_config: [{ subnet_ids: ["subnet-1"], vpc_id: "vpc-1" }] },
  ],
  [
    "the tracing and the logs of a function that says nothing",
    "aws_lambda_function",
    { function_name: "f", tracing_config: [], logging_config: [] },
    alone,
    {
      tracing_config: [{ mode: "PassThrough" }],
      logging_config: [
        { log_format: "Text", log_group: "/aws/lambda/f", application_log_level: "", system_log_level: "" },
      ],
    },
  ],
  [
    "a table's replica in its own region, and the class and the expiry of a table that says nothing",
    "aws_dynamodb_table",
    { arn: table, table_class: "", ttl: [], replica: [], stream_enabled: true, stream_label: "2025" },
    with_({
      aws_dynamodb_table_replica: [
        { global_table_arn: table, arn: "arn:aws:dynamodb:eu-west-1:111122223333:table/t", kms_key_arn: key },
      ],
    }),
    {
      table_class: "STANDARD",
      ttl: [{ enabled: false, attribute_name: "" }],
      replica: [
        {
          region_name: "eu-west-1",
          arn: "arn:aws:dynamodb:eu-west-1:111122223333:table/t",
          kms_key_arn: key,
          point_in_time_recovery: false,
          propagate_tags: false,
          stream_arn: "arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/2025",
          stream_label: "2025",
        },
      ],
    },
  ],
  [
    "the clusters that joined a global cluster, one of which writes",
    "aws_rds_global_cluster",
    { id: "g", global_cluster_members: [] },
    with_({
      aws_rds_cluster: [
        { arn: "b", global_cluster_identifier: "g", master_username: "" },
        { arn: "a", global_cluster_identifier: "g", master_username: "root" },
        { arn: "c", global_cluster_identifier: "other", master_username: "root" },
      ],
    }),
    {
      global_cluster_members: [
        { db_cluster_arn: "a", is_writer: true },
        { db_cluster_arn: "b", is_writer: false },
      ],
    },
  ],
  [
    "a cluster's instances and a third zone",
    "aws_rds_cluster",
    {
      id: "c",
      availability_zones: ["us-east-1a", "us-east-1f"],
      preferred_backup_window: "03:00-03:30",
      preferred_maintenance_window: "Sun:04:00-Sun:05:00",
      cluster_members: [],
    },
    with_({ aws_rds_cluster_instance: [{ id: "i", identifier: "i", cluster_identifier: "c" }] }),
    {
      availability_zones: ["us-east-1a", "us-east-1b", "us-east-1f"],
      preferred_maintenance_window: "sun:04:00-sun:05:00",
      cluster_members: ["i"],
    },
  ],
  [
    "what an instance has of its cluster, where another writes",
    "aws_rds_cluster_instance",
    {
      id: "2",
      cluster_identifier: "c",
      writer: true,
      port: 0,
      kms_key_id: "",
      storage_encrypted: false,
      preferred_backup_window: "",
      preferred_maintenance_window: "",
    },
    with_({
      aws_rds_cluster: [
        { id: "c", port: 5432, kms_key_id: key, storage_encrypted: true, preferred_backup_window: "03:00-03:30" },
      ],
      aws_rds_cluster_instance: [{ id: "1", cluster_identifier: "c", writer: true }],
    }),
    {
      writer: false,
      port: 5432,
      kms_key_id: key,
      storage_encrypted: true,
      preferred_backup_window: "03:00-03:30",
    },
  ],
  [
    "that no instance writes of a cluster that follows another",
    "aws_rds_cluster_instance",
    { id: "1", cluster_identifier: "c", writer: true, preferred_backup_window: "", preferred_maintenance_window: "" },
    with_({ aws_rds_cluster: [{ id: "c", global_cluster_identifier: "g", master_username: "" }] }),
    { writer: false },
  ],
  [
    "parameters in small letters, and the method of one that was not changed",
    "aws_rds_cluster_parameter_group",
    {
      family: "aurora-postgresql16",
      parameter: [
        { name: "Password_Encryption", value: "scram-sha-256", apply_method: "immediate" },
        { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
      ],
    },
    alone,
    {
      parameter: [
        { name: "password_encryption", value: "scram-sha-256", apply_method: "pending-reboot" },
        { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
      ],
    },
  ],
  [
    "the network of a subnet group",
    "aws_db_subnet_group",
    { subnet_ids: ["subnet-1"], supported_network_types: [], vpc_id: "" },
    with_({ aws_subnet: [{ id: "subnet-1", vpc_id: "vpc-1" }] }),
    { supported_network_types: ["IPV4"], vpc_id: "vpc-1" },
  ],
  [
    "a certificate that is issued once its record is there",
    "aws_acm_certificate",
    {
      arn: "c",
      type: "AMAZON_ISSUED",
      status: "PENDING_VALIDATION",
      options: [{ certificate_transparency_logging_preference: "ENABLED" }],
      domain_validation_options: [{ resource_record_name: "_a.example.com." }],
    },
    with_({ aws_route53_record: [{ name: "_a.example.com" }] }),
    { status: "ISSUED" },
  ],
  [
    "a topic's policy from a resource of its own",
    "aws_sns_topic",
    { arn: topic, policy: "{}" },
    with_({ aws_sns_topic_policy: [{ arn: topic, policy: policy("*") }] }),
    { policy: policy("*") },
  ],
  [
    "a secret's policy from a resource of its own",
    "aws_secretsmanager_secret",
    { arn: "s", policy: "" },
    with_({ aws_secretsmanager_secret_policy: [{ secret_arn: "s", policy: policy("*") }] }),
    { policy: policy("*") },
  ],
  [
    "a queue's policy from a resource of its own, and its version",
    "aws_sqs_queue",
    { url: "q", kms_master_key_id: "alias/k", kms_data_key_reuse_period_seconds: 60, policy: "", redrive_policy: "" },
    with_({ aws_sqs_queue_policy: [{ queue_url: "q", policy: '{"Statement":[]}' }] }),
    { policy: '{"Statement":[],"Version":"2008-10-17"}' },
  ],
  [
    "protocols by their names",
    "aws_vpc_security_group_egress_rule",
    { ip_protocol: "6", from_port: 443, to_port: 443 },
    alone,
    { ip_protocol: "tcp" },
  ],
  [
    "rules of their own as a security group has them",
    "aws_security_group",
    { id: "sg-1", ingress: [], egress: [] },
    with_({
      aws_vpc_security_group_ingress_rule: [
        {
          security_group_id: "sg-1",
          ip_protocol: "-1",
          from_port: null,
          to_port: null,
          referenced_security_group_id: "sg-1",
        },
        { security_group_id: "sg-2", ip_protocol: "-1" },
      ],
    }),
    {
      ingress: [
        {
          cidr_blocks: [],
          description: "",
          from_port: 0,
          ipv6_cidr_blocks: [],
          prefix_list_ids: [],
          protocol: "-1",
          security_groups: [],
          self: true,
          to_port: 0,
        },
      ],
    },
  ],
  [
    "the policy and the encryption of a bucket from resources of their own",
    "aws_s3_bucket",
    {
      bucket: "b",
      versioning: [{ enabled: true, mfa_delete: false }],
      grant: [{ id: "o", permissions: ["FULL_CONTROL"] }],
      server_side_encryption_configuration: [],
      policy: "",
    },
    with_({
      aws_s3_bucket_policy: [{ bucket: "b", policy: policy("*") }],
      aws_s3_bucket_server_side_encryption_configuration: [{ bucket: "b", rule: [{ bucket_key_enabled: true }] }],
    }),
    { policy: policy("*"), server_side_encryption_configuration: [{ rule: [{ bucket_key_enabled: true }] }] },
  ],
  [
    "no level where an API logs no executions",
    "aws_apigatewayv2_stage",
    { api_id: "a", default_route_settings: [{ logging_level: "INFO", throttling_rate_limit: 1 }], route_settings: [] },
    with_({ aws_apigatewayv2_api: [{ id: "a", protocol_type: "HTTP" }] }),
    { default_route_settings: [{ logging_level: "", throttling_rate_limit: 1 }] },
  ],
];

describe("A read gives", () => {
  test.each(cases)("%s", (_what, typeName, state, neighbours, expected) => {
    const given = { id: "id", ...state };
    const first = asRead(typeName, blockFor(given), given, scope, neighbours);
    expect(first).toEqual({ ...given, ...expected });
    // A second read has nothing more to say.
    expect(asRead(typeName, blockFor(given), first, scope, neighbours)).toBe(first);
  });

  test("another deployment to a stage that deploys by itself, whenever a route changes", () => {
    const stage = { id: "$default", api_id: "a", auto_deploy: true, deployment_id: "first" };
    const deployment = (target: string): unknown =>
      asRead(
        "aws_apigatewayv2_stage",
        blockFor(stage),
        stage,
        scope,
        with_({ aws_apigatewayv2_route: [{ api_id: "a", target }] }),
      ).deployment_id;
    expect(deployment("integrations/1")).toBe(deployment("integrations/1"));
    expect(deployment("integrations/1")).not.toBe(deployment("integrations/2"));
  });
});
