/** What the plan after an apply does with one resource: `replace` is a deletion and a creation. */
export type Planned = "no-op" | "update" | "replace";

/** A public report of a resource that Terraform plans to change although nobody changed anything, or of one that was mended. */
export interface Report {
  /** What AWS does with what was written. */
  title: string;
  /** Number of the report at the provider's project, where one is known. @see https://github.com/hashicorp/terraform-provider-aws/issues */
  issue?: number;
  /** The smallest configuration, by type and name. */
  resource: Resources;
  /** What changes in AWS outside of Terraform, by type: for every resource of the report. */
  drift?: Record<string, object>;
  /** What the plan after an apply does, by address; every other resource of the report stays as it is. */
  plan: Record<string, Planned>;
  /** The attributes that differ; each of the resources above has at least one. */
  differs?: string[];
}

export type Resources = Record<string, Record<string, object>>;

const account = "111122223333";
const region = "eu-west-1";
const ref = (path: string): string => `\${${path}}`;
const role = `arn:aws:iam::${account}:role/service`;

const trust = (principals: string[], indent?: number): string =>
  JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: principals } }],
    },
    null,
    indent,
  );

const queuePolicy = (queue: string): string =>
  JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Resource: `arn:aws:sqs:${region}:${account}:${queue}`,
        Principal: { Service: "events.amazonaws.com" },
      },
    ],
  });

const code = { role, handler: "index.handler", runtime: "nodejs20.x", filename: "code.zip" };

const table = (name: string): object => ({
  name,
  billing_mode: "PAY_PER_REQUEST",
  hash_key: "pk",
  attribute: [{ name: "pk", type: "S" }],
});

const keyPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "kms:*", Resource: "*", Principal: { AWS: `arn:aws:iam::${account}:root` } },
    { Effect: "Allow", Action: "kms:Decrypt", Resource: "*", Principal: { AWS: `arn:aws:iam::${account}:role/gone` } },
  ],
});

const every = { schedule_expression: "rate(1 hour)" };

const proxy = (passwords: string): object => ({
  name: "passwords",
  engine_family: "POSTGRESQL",
  role_arn: role,
  vpc_subnet_ids: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  auth: [
    {
      auth_scheme: "SECRETS",
      iam_auth: "DISABLED",
      client_password_auth_type: passwords,
      secret_arn: `arn:aws:secretsmanager:${region}:${account}:secret:user-abcdef`,
    },
  ],
});

const aclLogs = {
  resource_arn: `arn:aws:wafv2:us-east-1:${account}:global/webacl/edge/01234567-89ab-4def-a123-456789abcdef`,
  log_destination_configs: [`arn:aws:logs:us-east-1:${account}:log-group:aws-waf-logs-edge`],
};

const behaviour = {
  allowed_methods: ["GET", "HEAD"],
  cached_methods: ["GET", "HEAD"],
  target_origin_id: "site",
  viewer_protocol_policy: "redirect-to-https",
  cache_policy_id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
};

/** In the order of services. Configurations that AWS would make wait until a time-out are here by the difference that it waits for. */
export const reports: Report[] = [
  {
    title: "a queue's policy without a version gets the oldest one",
    issue: 24046,
    resource: {
      aws_sqs_queue: { unversioned: { name: "unversioned", policy: queuePolicy("unversioned") } },
    },
    plan: { "aws_sqs_queue.unversioned": "update" },
    differs: ["policy"],
  },
  {
    title: "so does a queue's policy that is a resource of its own",
    issue: 24046,
    resource: {
      aws_sqs_queue: { plain: { name: "plain" } },
      aws_sqs_queue_policy: {
        unversioned: { queue_url: ref("aws_sqs_queue.plain.url"), policy: queuePolicy("plain") },
      },
    },
    plan: { "aws_sqs_queue_policy.unversioned": "update" },
    differs: ["policy"],
  },
  {
    title: "a null in a queue's redrive permission is dropped",
    issue: 42453,
    resource: {
      aws_sqs_queue: {
        denying: {
          name: "denying",
          redrive_allow_policy: JSON.stringify({ redrivePermission: "denyAll", sourceQueueArns: null }),
        },
      },
    },
    plan: { "aws_sqs_queue.denying": "update" },
    differs: ["redrive_allow_policy"],
  },
  {
    title: "a queue without encryption has no data key to reuse, which the provider knows",
    issue: 41234,
    resource: {
      aws_sqs_queue: {
        unencrypted: { name: "unencrypted", sqs_managed_sse_enabled: false, kms_data_key_reuse_period_seconds: 60 },
      },
    },
    plan: { "aws_sqs_queue.unencrypted": "no-op" },
  },
  {
    title: "a function's log levels are filled in, so a version is planned each time",
    issue: 42181,
    resource: {
      aws_lambda_function: {
        json_logs: { ...code, function_name: "json-logs", publish: true, logging_config: [{ log_format: "JSON" }] },
      },
    },
    plan: { "aws_lambda_function.json_logs": "update" },
    differs: ["version", "qualified_arn"],
  },
  {
    title: "an HTTP API has no logging level",
    issue: 39477,
    resource: {
      aws_apigatewayv2_api: { http: { name: "http", protocol_type: "HTTP" } },
      aws_apigatewayv2_stage: {
        logging: {
          api_id: ref("aws_apigatewayv2_api.http.id"),
          name: "$default",
          default_route_settings: [{ logging_level: "ERROR" }],
        },
      },
    },
    plan: { "aws_apigatewayv2_stage.logging": "update" },
    differs: ["default_route_settings"],
  },
  {
    title: "a deployment of routes moves the stage, which is no difference",
    issue: 13633,
    resource: {
      aws_apigatewayv2_api: { deployed: { name: "deployed", protocol_type: "HTTP" } },
      aws_apigatewayv2_stage: {
        deployed: { api_id: ref("aws_apigatewayv2_api.deployed.id"), name: "$default", auto_deploy: true },
      },
      aws_apigatewayv2_integration: {
        deployed: {
          api_id: ref("aws_apigatewayv2_api.deployed.id"),
          integration_type: "HTTP_PROXY",
          integration_method: "GET",
          integration_uri: "https://example.com",
        },
      },
      aws_apigatewayv2_route: {
        deployed: {
          api_id: ref("aws_apigatewayv2_api.deployed.id"),
          route_key: "GET /",
          target: `integrations/${ref("aws_apigatewayv2_integration.deployed.id")}`,
          depends_on: ["aws_apigatewayv2_stage.deployed"],
        },
      },
    },
    plan: { "aws_apigatewayv2_stage.deployed": "no-op" },
  },
  {
    title: "a cluster always has three zones",
    issue: 29149,
    resource: {
      aws_rds_cluster: {
        two_zones: {
          cluster_identifier: "two-zones",
          engine: "aurora-postgresql",
          availability_zones: [`${region}a`, `${region}b`],
          master_username: "root",
          manage_master_user_password: true,
        },
      },
    },
    plan: { "aws_rds_cluster.two_zones": "replace" },
    differs: ["availability_zones"],
  },
  {
    title: "a parameter that is left at its default has no method of its own",
    issue: 36419,
    resource: {
      aws_rds_cluster_parameter_group: {
        at_default: {
          name: "at-default",
          family: "aurora-postgresql17",
          parameter: [{ name: "rds.force_ssl", value: "1", apply_method: "immediate" }],
        },
        as_listed: {
          name: "as-listed",
          family: "aurora-postgresql16",
          parameter: [
            { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
            { name: "password_encryption", value: "scram-sha-256", apply_method: "pending-reboot" },
          ],
        },
      },
    },
    plan: { "aws_rds_cluster_parameter_group.at_default": "update" },
    differs: ["parameter"],
  },
  {
    title: "a replica of its own stands in the table too",
    issue: 25812,
    resource: {
      aws_dynamodb_table: {
        replicated: { ...table("replicated"), stream_enabled: true, stream_view_type: "NEW_AND_OLD_IMAGES" },
      },
      aws_dynamodb_table_replica: {
        frankfurt: { provider: "aws.frankfurt", global_table_arn: ref("aws_dynamodb_table.replicated.arn") },
      },
    },
    plan: { "aws_dynamodb_table.replicated": "update" },
    differs: ["replica"],
  },
  {
    title: "a disabled expiry's attribute is not returned, which is no difference",
    issue: 37991,
    resource: {
      aws_dynamodb_table: {
        no_expiry: { ...table("no-expiry"), ttl: [{ enabled: false, attribute_name: "expires" }] },
      },
    },
    plan: { "aws_dynamodb_table.no_expiry": "no-op" },
  },
  {
    title: "a log group has no class where there are no classes",
    issue: 34812,
    resource: {
      aws_cloudwatch_log_group: {
        beijing: { provider: "aws.beijing", name: "classes", log_group_class: "STANDARD" },
        unsaid: { provider: "aws.beijing", name: "unsaid" },
      },
    },
    plan: { "aws_cloudwatch_log_group.beijing": "replace", "aws_cloudwatch_log_group.unsaid": "no-op" },
    differs: ["log_group_class"],
  },
  {
    title: "a log group for delivery keeps two days",
    issue: 42657,
    resource: {
      aws_cloudwatch_log_group: { delivery: { name: "delivery", log_group_class: "DELIVERY", retention_in_days: 30 } },
    },
    plan: { "aws_cloudwatch_log_group.delivery": "update" },
    differs: ["retention_in_days"],
  },
  {
    title: "an origin's empty S3 settings are lost",
    issue: 10526,
    resource: {
      aws_cloudfront_distribution: {
        site: {
          enabled: true,
          default_cache_behavior: [behaviour],
          origin: [
            {
              origin_id: "site",
              domain_name: "site.s3.eu-west-1.amazonaws.com",
              s3_origin_config: [{ origin_access_identity: "" }],
            },
          ],
          restrictions: [{ geo_restriction: [{ restriction_type: "none" }] }],
          viewer_certificate: [{ cloudfront_default_certificate: true }],
        },
      },
    },
    plan: { "aws_cloudfront_distribution.site": "update" },
    differs: ["origin"],
  },
  {
    title: "a rule for all protocols has no ports",
    issue: 30035,
    resource: {
      aws_vpc_security_group_egress_rule: {
        all: {
          security_group_id: "sg-0123456789abcdef0",
          ip_protocol: "-1",
          from_port: 0,
          to_port: 0,
          cidr_ipv4: "0.0.0.0/0",
        },
      },
    },
    plan: { "aws_vpc_security_group_egress_rule.all": "update" },
    differs: ["from_port", "to_port"],
  },
  {
    title: "rules of their own are in the security group too, which wants its own alone",
    issue: 32379,
    resource: {
      aws_security_group: {
        mixed: {
          name: "mixed",
          vpc_id: "vpc-0123456789abcdef0",
          ingress: [
            {
              description: "inline",
              from_port: 443,
              to_port: 443,
              protocol: "tcp",
              cidr_blocks: ["10.0.0.0/16"],
              ipv6_cidr_blocks: [],
              prefix_list_ids: [],
              security_groups: [],
              self: false,
            },
          ],
        },
        separate: { name: "separate", vpc_id: "vpc-0123456789abcdef0" },
      },
      aws_vpc_security_group_ingress_rule: {
        mixed: {
          security_group_id: ref("aws_security_group.mixed.id"),
          ip_protocol: "tcp",
          from_port: 80,
          to_port: 80,
          cidr_ipv4: "10.0.0.0/16",
        },
        separate: {
          security_group_id: ref("aws_security_group.separate.id"),
          ip_protocol: "tcp",
          from_port: 80,
          to_port: 80,
          cidr_ipv4: "10.0.0.0/16",
        },
      },
    },
    plan: { "aws_security_group.mixed": "update", "aws_security_group.separate": "no-op" },
    differs: ["ingress"],
  },
  {
    title: "what AWS chooses for an endpoint is no difference",
    issue: 33449,
    resource: {
      aws_vpc_endpoint: {
        interface: {
          vpc_id: "vpc-0123456789abcdef0",
          service_name: `com.amazonaws.${region}.secretsmanager`,
          vpc_endpoint_type: "Interface",
          subnet_ids: ["subnet-0123456789abcdef0"],
        },
      },
    },
    plan: { "aws_vpc_endpoint.interface": "no-op" },
  },
  {
    title: "a key that a pattern has twice is there once, as it is planned",
    issue: 41070,
    resource: {
      aws_cloudwatch_event_rule: {
        twice: { name: "twice", event_pattern: '{"source":["orders"],"source":["billing"]}' },
        spread: { name: "spread", event_pattern: '{\n  "source": [ "orders" ],\n  "detail-type": [ "placed" ]\n}' },
      },
    },
    plan: { "aws_cloudwatch_event_rule.twice": "no-op", "aws_cloudwatch_event_rule.spread": "no-op" },
  },
  {
    title: "a pattern of an archive is read compact, as it is planned",
    resource: {
      aws_cloudwatch_event_archive: {
        spread: {
          name: "spread",
          event_source_arn: `arn:aws:events:${region}:${account}:event-bus/orders`,
          event_pattern: '{\n  "source": [ "orders" ],\n  "detail-type": [ "placed" ]\n}',
        },
      },
    },
    plan: { "aws_cloudwatch_event_archive.spread": "no-op" },
  },
  {
    title: "principals come in another order, which is no difference",
    issue: 30870,
    resource: {
      aws_iam_role: {
        trusting: {
          name: "trusting",
          assume_role_policy: trust(["arn:aws:iam::999900001111:root", "arn:aws:iam::444455556666:root"], 2),
        },
      },
    },
    plan: { "aws_iam_role.trusting": "no-op" },
  },
  {
    title: "a certificate's names come in another order, which is no difference",
    issue: 8531,
    resource: {
      aws_acm_certificate: {
        names: {
          domain_name: "example.com",
          subject_alternative_names: ["www.example.com", "api.example.com"],
          validation_method: "DNS",
        },
      },
    },
    plan: { "aws_acm_certificate.names": "no-op" },
  },
  {
    title: "what Lambda decides about a mapping of events is no difference",
    resource: {
      aws_lambda_event_source_mapping: {
        queue: { function_name: "consumer", event_source_arn: `arn:aws:sqs:${region}:${account}:orders` },
        stream: {
          function_name: "consumer",
          event_source_arn: `arn:aws:kinesis:${region}:${account}:stream/orders`,
          starting_position: "LATEST",
        },
      },
    },
    plan: {},
  },
  {
    title: "only the retries of asynchronous calls are written, and AWS returns no age",
    resource: {
      aws_lambda_function_event_invoke_config: { retries: { function_name: "retries", maximum_retry_attempts: 1 } },
    },
    plan: { "aws_lambda_function_event_invoke_config.retries": "no-op" },
  },
  {
    title: "the fixed prefix of a delivery's path is no difference",
    issue: 40968,
    resource: {
      aws_cloudwatch_log_delivery: {
        path: {
          delivery_source_name: "source",
          delivery_destination_arn: `arn:aws:logs:${region}:${account}:delivery-destination:bucket`,
          s3_delivery_configuration: [{ suffix_path: "{DistributionId}/{yyyy}", enable_hive_compatible_path: false }],
        },
      },
    },
    plan: { "aws_cloudwatch_log_delivery.path": "no-op" },
  },
  {
    title: "what other resources add to one is no difference",
    resource: {
      aws_rds_global_cluster: {
        joined: { global_cluster_identifier: "joined", engine: "aurora-postgresql", engine_version: "16.6" },
      },
      aws_rds_cluster: {
        first: {
          cluster_identifier: "first",
          engine: "aurora-postgresql",
          global_cluster_identifier: ref("aws_rds_global_cluster.joined.id"),
          master_username: "root",
          manage_master_user_password: true,
        },
        second: {
          provider: "aws.frankfurt",
          cluster_identifier: "second",
          engine: "aurora-postgresql",
          global_cluster_identifier: ref("aws_rds_global_cluster.joined.id"),
          depends_on: ["aws_rds_cluster.first"],
        },
      },
      aws_rds_cluster_instance: {
        first: {
          identifier: "first-1",
          cluster_identifier: ref("aws_rds_cluster.first.id"),
          engine: "aurora-postgresql",
          instance_class: "db.r6g.large",
        },
      },
      aws_iam_role: { given: { name: "given", assume_role_policy: trust([`arn:aws:iam::${account}:root`]) } },
      aws_iam_role_policy: { given: { role: ref("aws_iam_role.given.name"), name: "own", policy: queuePolicy("any") } },
      aws_iam_role_policy_attachment: {
        given: { role: ref("aws_iam_role.given.name"), policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      },
      aws_kms_key: { many: { multi_region: true, enable_key_rotation: true } },
      aws_kms_replica_key: {
        many: { provider: "aws.frankfurt", primary_key_arn: ref("aws_kms_key.many.arn") },
      },
      aws_s3_bucket: { set: { bucket: "set" } },
      aws_s3_bucket_policy: { set: { bucket: ref("aws_s3_bucket.set.id"), policy: queuePolicy("any") } },
      aws_s3_bucket_server_side_encryption_configuration: {
        set: {
          bucket: ref("aws_s3_bucket.set.id"),
          rule: [
            {
              bucket_key_enabled: true,
              apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: "alias/data" }],
            },
          ],
        },
      },
      aws_sns_topic: { public: { name: "public" } },
      aws_sns_topic_policy: { public: { arn: ref("aws_sns_topic.public.arn"), policy: queuePolicy("any") } },
      aws_secretsmanager_secret: { shared: { name: "shared" } },
      aws_secretsmanager_secret_policy: {
        shared: { secret_arn: ref("aws_secretsmanager_secret.shared.arn"), policy: queuePolicy("any") },
      },
    },
    plan: {},
  },
  {
    title: "code that changed outside of Terraform is not seen",
    resource: {
      aws_lambda_function: { replaced: { ...code, function_name: "replaced", source_code_hash: "as written" } },
    },
    drift: { aws_lambda_function: { source_code_hash: "of other code" } },
    plan: { "aws_lambda_function.replaced": "no-op" },
  },
  {
    title: "an engine that AWS upgraded is seen",
    issue: 36246,
    resource: {
      aws_rds_global_cluster: {
        upgraded: { global_cluster_identifier: "upgraded", engine: "aurora-postgresql", engine_version: "16.6" },
      },
    },
    drift: { aws_rds_global_cluster: { engine_version: "16.8" } },
    plan: { "aws_rds_global_cluster.upgraded": "update" },
    differs: ["engine_version"],
  },
];

/** Reports that take two deployments. The plan is the one after the second. */
export const laterReports: (Report & { later: Resources })[] = [
  {
    title: "a policy shows the id of a role that is gone",
    issue: 8905,
    resource: {
      aws_iam_role: { gone: { name: "gone", assume_role_policy: trust([`arn:aws:iam::${account}:root`]) } },
      aws_kms_key: { shared: { policy: keyPolicy, depends_on: ["aws_iam_role.gone"] } },
    },
    later: { aws_kms_key: { shared: { policy: keyPolicy } } },
    plan: { "aws_kms_key.shared": "update" },
    differs: ["policy"],
  },
  {
    title: "a rule whose state is no longer written stays disabled",
    issue: 40857,
    resource: { aws_cloudwatch_event_rule: { off: { ...every, name: "off", state: "DISABLED" } } },
    later: { aws_cloudwatch_event_rule: { off: { ...every, name: "off" } } },
    plan: { "aws_cloudwatch_event_rule.off": "no-op" },
  },
  {
    title: "another kind of password at a proxy is never planned",
    issue: 39465,
    resource: { aws_db_proxy: { passwords: proxy("POSTGRES_MD5") } },
    later: { aws_db_proxy: { passwords: proxy("POSTGRES_SCRAM_SHA_256") } },
    plan: { "aws_db_proxy.passwords": "no-op" },
  },
  {
    title: "fields are still redacted in logs when the block is gone",
    issue: 41778,
    resource: {
      aws_wafv2_web_acl_logging_configuration: {
        redacting: { ...aclLogs, redacted_fields: [{ single_header: [{ name: "authorization" }] }] },
      },
    },
    later: { aws_wafv2_web_acl_logging_configuration: { redacting: aclLogs } },
    plan: { "aws_wafv2_web_acl_logging_configuration.redacting": "no-op" },
  },
];
