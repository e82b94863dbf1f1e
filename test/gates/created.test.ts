import type { GateSettings } from "../../contract";
import { reviewPlans, type StackPlan } from "../../gates";
import { openings, storagePolicies } from "../../gates/rules/no-public-storage";
import { encryptionSwitches } from "../../gates/rules/no-unencrypted-storage";
import { identityPolicies } from "../../gates/rules/no-wildcard-permission";
import type { Plan, ResourceChange } from "../../terraform";
import { change, configuration, plan, update } from "./plans";

const create = (address: string, after: object, unknown?: object): ResourceChange =>
  change(address, ["create"], { after, unknown });

const policy = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

/** What a rule finds in plans of one rollout, as `address: message`. */
function found(rule: string, plans: readonly (Plan | ResourceChange | StackPlan)[], settings?: GateSettings): string[] {
  const all = plans.map((one): StackPlan => {
    if ("plan" in one) return one;
    return { plan: "address" in one ? plan([one]) : one };
  });
  return reviewPlans(all, { firstDeployment: true, settings })
    .violations.filter((violation) => violation.rule === rule)
    .map(({ address, message }) => `${address}: ${message}`);
}

describe("no-public-storage", () => {
  const rule = "no-public-storage";
  const anybody = policy({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" });
  const with_ = (Condition: object, Principal: unknown = { AWS: "*" }) =>
    policy({ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*", Condition });

  test.each<[string, ResourceChange]>([
    ["a public ACL", create("aws_s3_bucket_acl.a", { acl: "public-read-write" })],
    [
      "a grant to everybody",
      create("aws_s3_bucket_acl.a", {
        access_control_policy: [
          { grant: [{ grantee: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers" }], permission: "READ" }] },
        ],
      }),
    ],
    ["a block that is off", create("aws_s3_bucket_public_access_block.a", { restrict_public_buckets: false })],
    ["a policy for everybody", create("aws_s3_bucket_policy.a", { policy: anybody })],
    [
      "one that only asks for TLS",
      create("aws_s3_bucket_policy.a", { policy: with_({ Bool: { "aws:SecureTransport": "true" } }) }),
    ],
    [
      "one for every address",
      create("aws_s3_bucket_policy.a", { policy: with_({ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }) }),
    ],
    ["a database in the internet", create("aws_db_instance.a", { publicly_accessible: true, storage_encrypted: true })],
    ["a snapshot for every account", create("aws_db_snapshot.a", { shared_accounts: ["all"] })],
    ["an image for every account", create("aws_ami_launch_permission.a", { group: "all" })],
    ["an open search domain", create("aws_opensearch_domain.a", { access_policies: anybody })],
    ["an ACL that an update opens", update("aws_s3_bucket_acl.a", { acl: "private" }, { acl: "public-read" })],
    [
      "a snapshot that an update shares",
      update("aws_db_cluster_snapshot.a", { shared_accounts: [] }, { shared_accounts: ["all"] }),
    ],
  ])("catches %s", (_, violating) => expect(found(rule, [violating])).toHaveLength(1));

  test.each<[string, ResourceChange]>([
    ["a private ACL", create("aws_s3_bucket_acl.a", { acl: "private" })],
    ["a block that is on", create("aws_s3_bucket_public_access_block.a", { restrict_public_buckets: true })],
    [
      "a policy for an organisation",
      create("aws_s3_bucket_policy.a", { policy: with_({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }) }),
    ],
    [
      "a policy for a distribution",
      create("aws_s3_bucket_policy.a", { policy: with_({}, { Service: "cloudfront.amazonaws.com" }) }),
    ],
    ["a policy that denies everybody", create("aws_s3_bucket_policy.a", { policy: anybody.replace("Allow", "Deny") })],
    ["a policy that is not known yet", create("aws_s3_bucket_policy.a", {}, { policy: true })],
    [
      "a search domain in a network",
      create("aws_opensearch_domain.a", { access_policies: anybody, vpc_options: [{ subnet_ids: ["subnet-1"] }] }),
    ],
    ["a database in a network", create("aws_db_instance.a", { publicly_accessible: false })],
    [
      "what is open already",
      update("aws_s3_bucket_acl.a", { acl: "public-read", owner: "a" }, { acl: "public-read", owner: "b" }),
    ],
  ])("passes %s", (_, compliant) => expect(found(rule, [compliant])).toEqual([]));

  test("leaves to no-weaker-security what an update opens there, so that nothing is said twice", () => {
    const opened = update(
      "aws_s3_bucket_policy.a",
      {
        policy: policy({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "s3:GetObject",
        }),
      },
      { policy: anybody },
    );
    expect(found(rule, [opened])).toEqual([]);
    expect(found("no-weaker-security", [opened])).toHaveLength(1);
  });
});

describe("no-unencrypted-storage", () => {
  const rule = "no-unencrypted-storage";

  test.each<[string, ResourceChange]>([
    ["a database without", create("aws_db_instance.a", { storage_encrypted: null })],
    ["a cluster whose switch is off", create("aws_rds_cluster.a", { storage_encrypted: false })],
    ["a volume", create("aws_ebs_volume.a", { encrypted: false })],
    [
      "a disk of an instance",
      create("aws_instance.a", { ebs_block_device: [{ encrypted: true }, { encrypted: false }] }),
    ],
    ["a search domain", create("aws_opensearch_domain.a", { encrypt_at_rest: [{ enabled: false }] })],
    ["a stream", create("aws_kinesis_stream.a", { encryption_type: "NONE" })],
    ["a queue", create("aws_sqs_queue.a", { sqs_managed_sse_enabled: false, kms_master_key_id: null })],
    ["a cluster of DAX without the block", create("aws_dax_cluster.a", { server_side_encryption: [] })],
  ])("catches %s", (_, violating) => expect(found(rule, [violating])).toHaveLength(1));

  test.each<[string, ResourceChange]>([
    ["a database with it", create("aws_db_instance.a", { storage_encrypted: true })],
    ["a copy, which has that of its source", create("aws_db_instance.a", { replicate_source_db: "b" })],
    ["a cluster whose default is not known yet", create("aws_rds_cluster.a", {}, { storage_encrypted: true })],
    ["a queue with a key", create("aws_sqs_queue.a", { sqs_managed_sse_enabled: false, kms_master_key_id: "alias/a" })],
    [
      "a queue with a key that is made",
      create("aws_sqs_queue.a", { sqs_managed_sse_enabled: false }, { kms_master_key_id: true }),
    ],
    ["what AWS always encrypts", create("aws_dynamodb_table.a", { server_side_encryption: [] })],
    ["what stands", update("aws_ebs_volume.a", { encrypted: false, size: 1 }, { encrypted: false, size: 2 })],
  ])("passes %s", (_, compliant) => expect(found(rule, [compliant])).toEqual([]));
});

describe("no-wildcard-permission", () => {
  const rule = "no-wildcard-permission";
  const allows = (Action: unknown, Resource: unknown = "arn:aws:sqs:eu-west-1:111111111111:a", more = {}) =>
    create("aws_iam_role_policy.a", { policy: policy({ Effect: "Allow", Action, Resource, ...more }) });

  test.each<[string, ResourceChange, string]>([
    ["every action", allows("*"), "a statement would allow every action: *"],
    ["every action of a service", allows(["sqs:*"]), "a statement would allow every action: sqs:*"],
    ["all but some", allows(undefined, "*", { NotAction: "iam:*" }), "a statement would allow every action but iam:*"],
    [
      "every resource",
      allows(["sqs:SendMessage", "xray:PutTraceSegments"], "*", { Sid: "Send" }),
      "its statement Send would allow sqs:SendMessage on every resource",
    ],
    [
      "AdministratorAccess",
      create("aws_iam_role_policy_attachment.a", { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
      "would allow everything that AdministratorAccess of AWS does",
    ],
    [
      "a queue for everybody",
      create("aws_sqs_queue_policy.a", {
        policy: policy({ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" }),
      }),
      "would let everybody in, by its policy",
    ],
    [
      "a function for everybody",
      create("aws_lambda_permission.a", { principal: "*", action: "lambda:InvokeFunction" }),
      "would let everybody call the function",
    ],
  ])("catches %s", (_, violating, message) =>
    expect(found(rule, [violating])).toEqual([`${violating.address}: ${message}`]),
  );

  test.each<[string, ResourceChange]>([
    ["actions on a resource", allows(["sqs:SendMessage"])],
    ["actions that have no resource", allows(["ec2:DescribeSubnets", "xray:PutTraceSegments"], "*")],
    [
      "a denial of everything",
      create("aws_iam_policy.a", { policy: policy({ Effect: "Deny", Action: "*", Resource: "*" }) }),
    ],
    [
      "a key's own policy",
      create("aws_kms_key.a", {
        policy: policy({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "kms:*",
          Resource: "*",
        }),
      }),
    ],
    ["a permission of one service", create("aws_lambda_permission.a", { principal: "events.amazonaws.com" })],
    ["a policy that is not known yet", create("aws_iam_policy.a", {}, { policy: true })],
  ])("passes %s", (_, compliant) => expect(found(rule, [compliant])).toEqual([]));

  test("passes what stands, and what has its reason beside the stack", () => {
    const before = { policy: policy({ Effect: "Allow", Action: "sqs:*", Resource: "*" }), name: "a" };
    expect(found(rule, [update("aws_iam_policy.a", before, { ...before, name: "b" })])).toEqual([]);
    const wide = allows(["sqs:SendMessage"], "*", { Sid: "Send" });
    const reason = {
      address: wide.address,
      sid: "Send",
      effect: "Allow",
      actions: ["sqs:SendMessage"],
      every: "resource",
      reason: "queues of customers come and go",
    } as const;
    expect(found(rule, [{ plan: plan([wide]), wildcards: [reason] }])).toEqual([]);
    expect(
      found(rule, [{ plan: plan([wide]), wildcards: [{ ...reason, address: "aws_iam_role_policy.b" }] }]),
    ).toHaveLength(1);
    expect(found(rule, [{ plan: plan([wide]), wildcards: [{ ...reason, reason: undefined }] }])).toHaveLength(1);
  });

  test("reads the documents that Terraform puts together", () => {
    const document = (statement: object): ResourceChange =>
      change("data.aws_iam_policy_document.a", ["read"], {
        mode: "data",
        type: "aws_iam_policy_document",
        after: { statement: [statement] },
      });
    expect(found(rule, [document({ actions: ["s3:*"], resources: ["*"] })])).toEqual([
      "data.aws_iam_policy_document.a: a statement would allow every action: s3:*",
    ]);
    expect(found(rule, [document({ effect: "Deny", actions: ["*"], resources: ["*"] })])).toEqual([]);
    expect(found(rule, [document({ actions: ["s3:*"], principals: [{ type: "AWS" }] })])).toEqual([]);
  });
});

describe("no-unpinned-provider", () => {
  const rule = "no-unpinned-provider";
  const full_name = "registry.terraform.io/hashicorp/aws";
  const using = (version_constraint?: string, address = full_name): Plan =>
    plan([change("aws_sqs_queue.a", ["create"])], {
      provider_config: { aws: { full_name: address, version_constraint } },
    });

  test("catches no version and one without an end", () => {
    expect(found(rule, [using()])).toEqual([
      `provider["${full_name}"]: would be taken in any version, and no lock file pins it`,
    ]);
    expect(found(rule, [using(">= 5.0")])).toEqual([
      `provider["${full_name}"]: would be taken in >= 5.0, and no lock file pins it`,
    ]);
    expect(found(rule, [using(">= 5.0, != 5.1.0")])).toHaveLength(1);
  });

  test.each(["5.100.0", "= 5.100.0", "~> 5.0", ">= 5.0, < 6.0"])("passes %s", (versions) =>
    expect(found(rule, [using(versions)])).toEqual([]),
  );

  test("passes what a lock file pins, Terraform's own, and a plan without changes", () => {
    expect(found(rule, [{ plan: using(), lockedProviders: [full_name] }])).toEqual([]);
    expect(found(rule, [using(undefined, "terraform.io/builtin/terraform")])).toEqual([]);
    expect(found(rule, [{ ...using(), resource_changes: [change("aws_sqs_queue.a", ["no-op"])] }])).toEqual([]);
  });
});

describe("required-tags", () => {
  const rule = "required-tags";
  const settings = { requiredTags: { Owner: { values: ["shop", "pay"] }, Cost: { pattern: "\\d{4}" } } };
  const topic = (tags: object | null, unknown?: object) => create("aws_sns_topic.a", { tags_all: tags }, unknown);

  test("catches what lacks one, and what has another value", () => {
    expect(found(rule, [topic(null)], settings)).toEqual(["aws_sns_topic.a: would have no tag Owner, no tag Cost"]);
    expect(found(rule, [topic({ Owner: "me", Cost: "12" })], settings)).toEqual([
      'aws_sns_topic.a: would have "me" as its tag Owner, which is not allowed, "12" as its tag Cost, which is not allowed',
    ]);
    const tags = { tags_all: { Owner: "shop", Cost: "1234" } };
    expect(found(rule, [update("aws_sns_topic.a", tags, { tags_all: { Owner: "shop" } })], settings)).toHaveLength(1);
  });

  test("passes what has them, what takes none, what is not known yet, and what stands", () => {
    expect(found(rule, [topic({ Owner: "pay", Cost: "1234" })], settings)).toEqual([]);
    expect(found(rule, [create("aws_iam_role_policy.a", { name: "a" })], settings)).toEqual([]);
    expect(found(rule, [topic({ Owner: "pay" }, { tags_all: { Cost: true } })], settings)).toEqual([]);
    expect(found(rule, [topic(null, { tags_all: true })], settings)).toEqual([]);
    const untagged = { tags_all: {}, name: "a" };
    expect(found(rule, [update("aws_sns_topic.a", untagged, { ...untagged, name: "b" })], settings)).toEqual([]);
  });

  test("is off until it is asked for", () => expect(found(rule, [topic(null)])).toEqual([]));
});

describe("one-region-per-wave", () => {
  const rule = "one-region-per-wave";
  const services = (regions: readonly string[], stack = `services-${regions.join("-")}`): StackPlan => {
    const addresses = regions.map((region) => [`aws_lambda_function.in-${region}`, region] as const);
    const changes = addresses.map(([address]) => update(address, { memory_size: 128 }, { memory_size: 256 }));
    return { stack, plan: plan(changes, configuration(Object.fromEntries(addresses))) };
  };
  const settings = { wave: true };

  test("catches the services of a second region", () => {
    expect(found(rule, [services(["eu-west-1"]), services(["eu-central-1"])], settings)).toEqual([
      "aws_lambda_function.in-eu-central-1: would be changed in eu-central-1, in the same wave as the services of eu-west-1 (services-eu-west-1)",
    ]);
  });

  test("passes one region, a state of several, and what changes nothing", () => {
    expect(found(rule, [services(["eu-west-1"]), services(["eu-west-1"], "more")], settings)).toEqual([]);
    expect(found(rule, [services(["eu-west-1"]), services(["eu-west-1", "eu-central-1"])], settings)).toEqual([]);
    const { stack, plan: other } = services(["eu-central-1"]);
    const still = { ...other, resource_changes: [change("aws_lambda_function.in-eu-central-1", ["no-op"])] };
    expect(found(rule, [services(["eu-west-1"]), { stack, plan: still }], settings)).toEqual([]);
  });

  test("is off until it is asked for", () =>
    expect(found(rule, [services(["eu-west-1"]), services(["eu-central-1"])])).toEqual([]));
});

describe("static-stability", () => {
  const rule = "static-stability";
  const settings = { staticStability: true };
  const record = (more: object, unknown?: object) =>
    create("aws_route53_record.a", { latency_routing_policy: [{ region: "eu-west-1" }], ...more }, unknown);

  test.each<[string, ResourceChange]>([
    ["a record that no health check decides on", record({})],
    ["an alias that is not evaluated", record({ alias: [{ evaluate_target_health: false }] })],
    ["a health check that is disabled", create("aws_route53_health_check.a", { disabled: true })],
    ["a service without tasks", create("aws_ecs_service.a", { desired_count: 0 })],
    ["a function that may not run", create("aws_lambda_function.a", { reserved_concurrent_executions: 0 })],
    ["a global database", create("aws_rds_global_cluster.a", { storage_encrypted: true })],
    ["a secondary cluster without instances", create("aws_rds_cluster.a", { global_cluster_identifier: "a" })],
    [
      "automation that calls a control plane",
      create("aws_iam_role_policy.a", {
        policy: policy({
          Effect: "Allow",
          Action: "route53:ChangeResourceRecordSets",
          Resource: "arn:aws:route53:::hostedzone/Z1",
        }),
      }),
    ],
  ])("catches %s", (_, violating) => expect(found(rule, [violating], settings)).toHaveLength(1));

  test.each<[string, ResourceChange]>([
    ["a record with a health check", record({ health_check_id: "a" })],
    ["a record whose health check is made", record({}, { health_check_id: true })],
    ["an alias that is evaluated", record({ alias: [{ evaluate_target_health: true }] })],
    [
      "the last one to answer",
      record({ latency_routing_policy: [], failover_routing_policy: [{ type: "SECONDARY" }] }),
    ],
    ["a record of one place", create("aws_route53_record.a", { latency_routing_policy: [] })],
    ["a service with tasks", create("aws_ecs_service.a", { desired_count: 2 })],
    ["a function without a limit", create("aws_lambda_function.a", { reserved_concurrent_executions: -1 })],
    ["a cluster of one region", create("aws_rds_cluster.a", { storage_encrypted: true })],
  ])("passes %s", (_, compliant) => expect(found(rule, [compliant], settings)).toEqual([]));

  test("passes a secondary cluster with an instance in its region", () => {
    const both = plan(
      [
        create("aws_rds_cluster.a", { global_cluster_identifier: "a" }),
        create("aws_rds_cluster_instance.a", { publicly_accessible: false }),
      ],
      configuration({ "aws_rds_cluster.a": "eu-central-1", "aws_rds_cluster_instance.a": "eu-central-1" }),
    );
    expect(found(rule, [both], settings)).toEqual([]);
  });

  test("is off until it is asked for", () => expect(found(rule, [record({})])).toEqual([]));
});

describe("cost-increase", () => {
  const rule = "cost-increase";
  const stacks = ["prod-network", "prod-data", "prod-keys"].map((stack) => ({
    stack,
    plan: plan([change("aws_sns_topic.a", ["create"])]),
  }));
  const settings = (maxCostIncreaseUsd: number): GateSettings => ({
    maxCostIncreaseUsd,
    costsOf: (stack) =>
      stack === "prod-network"
        ? { usd: 70, notCounted: ["1 resource that is deleted"] }
        : stack === "prod-data"
          ? { usd: 40, notCounted: [] }
          : undefined,
  });

  test("catches a rollout that costs more, once, where most of it is", () => {
    expect(found(rule, stacks, settings(100))).toEqual([
      "monthly-costs: would rise by 70.00 USD a month, and by 40.00 USD a month in other stacks; the limit is 100.00 USD a month; not counted: 1 resource that is deleted",
    ]);
  });

  test("passes one that stays below, and is off until there is a limit", () => {
    expect(found(rule, stacks, settings(110))).toEqual([]);
    expect(found(rule, stacks)).toEqual([]);
  });
});

test("The types that the gates about new resources know are resource types of AWS", () => {
  const types = [openings, storagePolicies, encryptionSwitches, identityPolicies].flatMap((table) =>
    Object.keys(table),
  );
  const lib = require.resolve("@cdktf/provider-aws/package.json").replace("package.json", "lib");
  const { existsSync } = jest.requireActual<typeof import("node:fs")>("node:fs");
  const folderOf = (type: string) => type.replace(/^aws_/, "").replaceAll("_", "-");
  expect(types.filter((type) => !existsSync(`${lib}/${folderOf(type)}`))).toEqual([]);
});
