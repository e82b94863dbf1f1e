import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPlan, checkPlans, dataHoldingTypes, gates, reviewPlan, supportingTypes } from "../../gates";
import type { Plan, ResourceChange } from "../../terraform";
import { change, plan, update } from "./plans";

/** The findings of one rule, as `address: message`. */
function findings(rule: string, checked: Plan): string[] {
  return checkPlan(checked)
    .filter((violation) => violation.rule === rule)
    .map(({ address, message }) => `${address}: ${message}`);
}

const key = "aws_kms_key.data_primary";
const table = "aws_dynamodb_table.orders_table";

describe("The gates", () => {
  test("each have an id of their own, a statement, a reason and a way out", () => {
    expect(new Set(gates.map(({ id }) => id)).size).toBe(gates.length);
    for (const gate of gates) {
      expect(gate.id).toMatch(/^[a-z]+(-[a-z]+)+$/);
      for (const text of [gate.statement, gate.why, gate.howToFix]) expect(text.length).toBeGreaterThan(20);
    }
  });

  test("pass a plan that creates, changes, reads and leaves alone", () => {
    const changes: ResourceChange[] = [
      change(key, ["create"], { after: { multi_region: true } }),
      change(table, ["no-op"], { before: { hash_key: "pk" }, after: { hash_key: "pk" } }),
      update("aws_lambda_function.orders", { memory_size: 128 }, { memory_size: 256 }),
      change("aws_lambda_permission.api", ["delete", "create"]),
      change("data.aws_caller_identity.current", ["read"], { mode: "data" }),
    ];
    expect(checkPlan(plan(changes))).toEqual([]);
    expect(checkPlan({ format_version: "1.2" })).toEqual([]);
  });

  test("are listed in the README as they state themselves", () => {
    const readme = readFileSync(join(__dirname, "../../gates/README.md"), "utf8");
    const rows = [...readme.matchAll(/^\| ([a-z]+(?:-[a-z]+)+) \| (.*) \|$/gm)].map(([, id, statement]) => ({
      id,
      statement,
    }));
    expect(rows).toEqual(gates.map(({ id, statement }) => ({ id, statement })));
  });

  test("give each violation the rule's way out", () => {
    const [violation] = checkPlan(plan([change(key, ["delete"])]));
    expect(violation).toMatchObject({ rule: "no-data-loss", address: key, howToFix: gates[0]?.howToFix });
  });
});

describe("no-data-loss", () => {
  const rule = "no-data-loss";

  test.each([[["delete", "create"] as const], [["create", "delete"] as const], [["create", "forget"] as const]])(
    "catches a replacement, %j, and names what forces it",
    (actions) => {
      const replaced = change(key, actions);
      const paths = [["multi_region"], ["policy", 0, "text"], ["multi_region"]];
      const checked = plan([{ ...replaced, change: { ...replaced.change, replace_paths: paths } }]);
      expect(findings(rule, checked)).toEqual([
        `${key}: would be replaced because multi_region, policy.0.text changes; it holds key material, and with it everything that it encrypts`,
      ]);
    },
  );

  test("catches a deletion, of a replica as well, also by a destroy plan", () => {
    const replica = "aws_dynamodb_table_replica.orders_replica-eu-central-1";
    expect(findings(rule, plan([change(table, ["delete"]), change(replica, ["delete"])]))).toEqual([
      `${table}: would be destroyed; it holds items`,
      `${replica}: would be destroyed; it holds a copy of the items`,
    ]);
  });

  test("catches what is dropped from the state, and a deposed object", () => {
    const deposed = change(key, ["delete"], { deposed: "4fb3a9c1" });
    expect(findings(rule, plan([change(table, ["forget"]), deposed]))).toEqual([
      `${table}: would be dropped from the state, so that Terraform no longer manages it; it holds items`,
      `${key}: its deposed object 4fb3a9c1 would be destroyed; it holds key material, and with it everything that it encrypts`,
    ]);
  });

  test("lets go what can be made again, and data sources", () => {
    const changes = [
      change("aws_lambda_alias.live", ["delete", "create"]),
      change("data.aws_kms_key.other", ["delete"], { type: "aws_kms_key", mode: "data" }),
    ];
    expect(findings(rule, plan(changes))).toEqual([]);
  });
});

describe("no-nested-data-loss", () => {
  const rule = "no-nested-data-loss";
  const before = {
    replica: [{ region_name: "eu-central-1" }, { region_name: "us-east-1" }],
    global_secondary_index: [{ name: "by-customer" }],
  };

  test("catches a replica and an index that an update removes", () => {
    const after = { replica: [{ region_name: "us-east-1" }], global_secondary_index: [] };
    expect(findings(rule, plan([update(table, before, after)]))).toEqual([
      `${table}: its replica "eu-central-1" would be removed; it holds a copy of the table`,
      `${table}: its global_secondary_index "by-customer" would be removed; it holds an index that queries read`,
    ]);
  });

  test("is silent when blocks are added, change their order or their settings", () => {
    const after = {
      replica: [{ region_name: "us-east-1", point_in_time_recovery: true }, { region_name: "eu-central-1" }],
      global_secondary_index: [{ name: "by-date" }, { name: "by-customer" }],
    };
    expect(findings(rule, plan([update(table, before, after)]))).toEqual([]);
  });
});

describe("no-nested-data-loss, of what is built anew", () => {
  const index = { name: "by-customer", hash_key: "customerId", range_key: "", projection_type: "ALL" };
  const found = (after: object) =>
    findings(
      "no-nested-data-loss",
      plan([update(table, { global_secondary_index: [index] }, { global_secondary_index: [{ ...index, ...after }] })]),
    );

  test("catches an index with other keys, or that copies less", () => {
    const anew = (because: string) => [
      `${table}: its global_secondary_index "by-customer" would be deleted and built anew because ${because} changes; it holds an index that queries read`,
    ];
    expect(found({ hash_key: "accountId" })).toEqual(anew("hash_key"));
    expect(found({ range_key: "createdAt" })).toEqual(anew("range_key"));
    expect(found({ projection_type: "INCLUDE", non_key_attributes: ["total"] })).toEqual(
      anew("projection_type, non_key_attributes"),
    );
  });

  test("is silent for other capacity, and for nothing that is written otherwise", () => {
    expect(found({ read_capacity: 5, range_key: null, non_key_attributes: [] })).toEqual([]);
  });
});

describe("no-attribute-type-change", () => {
  const rule = "no-attribute-type-change";
  const before = { attribute: [{ name: "pk", type: "S" }] };
  const written = (address: string, type: string) => ({
    root_module: {
      resources: [
        {
          address,
          expressions: { attribute: [{ name: { constant_value: "pk" }, type: { constant_value: type } }] },
        },
      ],
    },
  });

  test("catches a type that the configuration changes and the provider plans as no change", () => {
    const hidden = change(table, ["no-op"], { before, after: before });
    expect(findings(rule, plan([hidden], written(table, "N")))).toEqual([
      `${table}: its attribute "pk" has type S, but the configuration says N`,
    ]);
  });

  test("finds the configuration of a table with an index in a module", () => {
    const hidden = change(`module.data.${table}["orders"]`, ["no-op"], { before, after: before });
    const module = written(table, "N").root_module;
    const checked = plan([hidden], { root_module: { module_calls: { data: { module } } } });
    expect(findings(rule, checked)).toHaveLength(1);
  });

  test("catches a type that the plan itself changes", () => {
    expect(findings(rule, plan([update(table, before, { attribute: [{ name: "pk", type: "B" }] })]))).toHaveLength(1);
  });

  test("is silent for equal types, new attributes and new tables", () => {
    const after = { attribute: [...before.attribute, { name: "sk", type: "N" }] };
    expect(findings(rule, plan([update(table, before, after)], written(table, "S")))).toEqual([]);
    expect(findings(rule, plan([change(table, ["create"], { after: before })], written(table, "N")))).toEqual([]);
  });
});

describe("The rules on what is switched off", () => {
  test.each([
    ["no-protection-off", table, { deletion_protection_enabled: true }, { deletion_protection_enabled: false }],
    ["no-protection-off", table, { deletion_protection_enabled: true }, { deletion_protection_enabled: null }],
    ["no-protection-off", "aws_rds_cluster.main", { deletion_protection: true }, {}],
    ["no-protection-off", "aws_lb.main", { enable_deletion_protection: true }, { enable_deletion_protection: false }],
    [
      "no-protection-off",
      "aws_cognito_user_pool.users",
      { deletion_protection: "ACTIVE" },
      { deletion_protection: "INACTIVE" },
    ],
    [
      "no-recovery-off",
      table,
      { point_in_time_recovery: [{ enabled: true }] },
      { point_in_time_recovery: [{ enabled: false }] },
    ],
    ["no-recovery-off", table, { point_in_time_recovery: [{ enabled: true }] }, { point_in_time_recovery: [] }],
    [
      "no-recovery-off",
      "aws_dynamodb_table_replica.eu",
      { point_in_time_recovery: true },
      { point_in_time_recovery: false },
    ],
    ["no-recovery-off", "aws_db_instance.main", { backup_retention_period: 7 }, { backup_retention_period: 0 }],
    [
      "no-recovery-off",
      "aws_fsx_lustre_file_system.main",
      { automatic_backup_retention_days: 7 },
      { automatic_backup_retention_days: 0 },
    ],
    [
      "no-recovery-off",
      "aws_elasticache_cluster.main",
      { snapshot_retention_limit: 7 },
      { snapshot_retention_limit: 0 },
    ],
    ["no-key-off", key, { is_enabled: true }, { is_enabled: false }],
    ["no-key-off", "aws_kms_replica_key.eu", { enabled: true }, { enabled: false }],
    ["no-key-off", key, { enable_key_rotation: true }, { enable_key_rotation: false }],
  ])("%s catches %s going from %j to %j", (rule, address, before, after) => {
    const found = findings(rule, plan([update(address, before, after)]));
    expect(found).toEqual([expect.stringMatching(/^aws_\w+\.\w+: [a-z_.]+ would be switched off; /)]);
  });

  test("are silent when something is switched on, stays on, changes its measure, or is not known yet", () => {
    const changes = [
      update(table, { deletion_protection_enabled: false }, { deletion_protection_enabled: true }),
      update(table, { point_in_time_recovery: [{ enabled: true }] }, { point_in_time_recovery: [{ enabled: true }] }),
      update("aws_db_instance.main", { backup_retention_period: 7 }, { backup_retention_period: 35 }),
      update(key, { enable_key_rotation: true }, {}, { enable_key_rotation: true }),
    ];
    expect(checkPlan(plan(changes))).toEqual([]);
  });
});

describe("no-vanished-address", () => {
  const rule = "no-vanished-address";
  const alias = "aws_lambda_alias.live";

  test.each([
    ["delete_because_no_resource_config", "is no longer in the configuration"],
    ["delete_because_no_module", "is in a module that is no longer in the configuration"],
    ["delete_because_no_move_target", "was moved to an address that is not in the configuration"],
    ["delete_because_wrong_repetition", "disagrees with the configuration about count or for_each"],
    ["delete_because_count_index", "has an index beyond count"],
    ["delete_because_each_key", "has a key that for_each no longer has"],
  ])("catches %s, whatever the type", (action_reason, message) => {
    expect(findings(rule, plan([change(alias, ["delete"], { action_reason })]))).toEqual([
      `${alias}: ${message} and would be destroyed`,
    ]);
  });

  test("catches what a removed block drops from the state, and says where it was moved from", () => {
    expect(findings(rule, plan([change(alias, ["forget"], { previous_address: "aws_lambda_alias.old" })]))).toEqual([
      `${alias}: would be dropped from the state (moved here from aws_lambda_alias.old)`,
    ]);
  });

  test("is silent for a move, a replacement, a destroy plan, a deposed object and a data source", () => {
    const gone = { action_reason: "delete_because_no_resource_config" };
    const changes = [
      change(alias, ["no-op"], { previous_address: "aws_lambda_alias.old" }),
      change("aws_lambda_alias.other", ["delete", "create"], { action_reason: "replace_because_cannot_update" }),
      change("aws_iam_role.api", ["delete"]),
      change("aws_iam_role.left", ["delete"], { deposed: "4fb3a9c1", ...gone }),
      change("data.aws_region.here", ["delete"], { mode: "data", ...gone }),
    ];
    expect(findings(rule, plan(changes))).toEqual([]);
  });
});

describe("no-vanished-output", () => {
  const removing: Plan = { ...plan([]), output_changes: { "key-arn": { actions: ["delete"] } } };
  const reading = (reference: string) =>
    plan([], {
      root_module: { resources: [{ address: "aws_sns_topic.a", expressions: { key: { references: [reference] } } }] },
    });

  test.each([
    "data.terraform_remote_state.keys.outputs.key-arn",
    'data.terraform_remote_state.keys.outputs["key-arn"]',
  ])("catches an output that another state reads as %s", (reference) => {
    expect(checkPlans([removing, reading(reference)])).toEqual([
      expect.objectContaining({
        rule: "no-vanished-output",
        address: "output.key-arn",
        message: "would be removed, but another state reads it",
      }),
    ]);
  });

  test("tells outputs of one name apart by the stack that cdktf reads them from", () => {
    const read = reading(
      "data.terraform_remote_state.cross-stack-reference-input-prod-services-eu-west-1.outputs.key-arn",
    );
    const of = (stack: string) => reviewPlan({ stack, plan: removing }, {}, [read]).violations.map(({ rule }) => rule);
    expect(of("prod-services-eu-west-1")).toEqual(["no-vanished-output"]);
    expect(of("prod-services-eu-central-1")).toEqual([]);
    expect(checkPlan(removing, {}, [read])).toHaveLength(1);
  });

  test("is silent when no state reads the output, or it is the same one under a longer name", () => {
    expect(checkPlan(removing)).toEqual([]);
    expect(checkPlans([removing, reading("data.terraform_remote_state.keys.outputs.key-arn-2")])).toEqual([]);
  });
});

describe("no-outage", () => {
  test.each([
    ["aws_vpc.ledger", "the network of everything in it, databases included"],
    ["aws_subnet.ledger_private-a", "the addresses of everything in it, databases included"],
    ["aws_db_proxy.ledger", "the name that clients connect to"],
    ["aws_apigatewayv2_api.orders", "the name that clients call"],
    ["aws_iam_role.orders", "the identity that policies of keys, secrets and other accounts know"],
  ])("catches the replacement of %s, and names what forces it", (address, carries) => {
    const replaced = change(address, ["delete", "create"]);
    const checked = plan([{ ...replaced, change: { ...replaced.change, replace_paths: [["cidr_block"]] } }]);
    expect(findings("no-outage", checked)).toEqual([
      `${address}: would be replaced because cidr_block changes; it is ${carries}`,
    ]);
  });

  test("catches a name that a distribution no longer answers as", () => {
    const site = "aws_cloudfront_distribution.site";
    const lost = update(site, { aliases: ["a.example.com", "b.example.com"] }, { aliases: ["b.example.com"] });
    expect(findings("no-outage", plan([lost]))).toEqual([
      `${site}: would no longer answer as a.example.com; it is the name that viewers call`,
    ]);
    expect(findings("no-outage", plan([update(site, { aliases: [] }, { aliases: ["a.example.com"] })]))).toEqual([]);
  });

  test("is silent for new ones, updates, and what is made anew without anybody noticing", () => {
    const changes = [
      change("aws_vpc.ledger", ["create"]),
      update("aws_subnet.ledger", {}, { tags: { a: "b" } }),
      change("aws_lambda_permission.api", ["delete", "create"]),
    ];
    expect(findings("no-outage", plan(changes))).toEqual([]);
  });

  test("has no type in common with what holds data, whose replacement is refused as such", () => {
    expect(Object.keys(supportingTypes).filter((type) => type in dataHoldingTypes)).toEqual([]);
  });
});

describe("no-other-region", () => {
  const topic = "arn:aws:sns:eu-central-1:222222222222:alerts";
  const inIreland = (address: string, expressions = {}) => ({
    provider_config: {
      "aws.here": {
        alias: "here",
        expressions: {
          region: { constant_value: "eu-west-1" },
          allowed_account_ids: { constant_value: ["111111111111"] },
        },
      },
    },
    root_module: { resources: [{ address, provider_config_key: "aws.here", expressions }] },
  });
  const kept = (address: string, arn: string) => change(address, ["no-op"], { before: { arn }, after: { arn } });
  const found = (address: string, arn: string, expressions = {}) =>
    findings("no-other-region", plan([kept(address, arn)], inIreland(address, expressions)));

  test("compares region and account of what is planned as no change", () => {
    expect(found("aws_sns_topic.alerts", topic)).toEqual([
      "aws_sns_topic.alerts: is in region eu-central-1, but its provider looks in eu-west-1, and is in account 222222222222, but its provider looks in 111111111111",
    ]);
    expect(found("aws_sns_topic.alerts", "arn:aws:sns:eu-west-1:111111111111:alerts")).toEqual([]);
  });

  test.each([
    ["what is in no region", "aws_iam_role.orders", "arn:aws:iam::111111111111:role/orders"],
    ["an ARN without an account", "aws_ami.base", "arn:aws:ec2:eu-west-1::image/ami-1"],
    ["a subscription, whose ARN is that of its topic", "aws_sns_topic_subscription.alerts", `${topic}:1234`],
  ])("is silent for %s", (_what, address, arn) => expect(found(address, arn)).toEqual([]));

  test("is silent for an ARN that is an argument, such as the target of a rule elsewhere", () => {
    const target = "aws_cloudwatch_event_target.bus";
    expect(found(target, topic, { arn: { constant_value: topic } })).toEqual([]);
    expect(findings("no-other-region", plan([kept(target, topic)]))).toEqual([]);
  });
});

describe("no-recreation", () => {
  const lost = change(table, ["delete"], { before: { arn: "arn:aws:dynamodb:eu-west-1:111111111111:table/orders" } });
  const checked = (...changes: ResourceChange[]): Plan => ({ ...plan(changes), resource_drift: [lost] });

  test("catches data that is not found and would be created, also under the address that it is moved to", () => {
    const message =
      "would be created new and empty; what the state knows in eu-west-1 is no longer found; it holds items";
    const renamed = "aws_dynamodb_table.renamed_table";
    expect(findings("no-recreation", checked(change(table, ["create"])))).toEqual([`${table}: ${message}`]);
    expect(findings("no-recreation", checked(change(renamed, ["create"], { previous_address: table })))).toEqual([
      `${renamed}: ${message}`,
    ]);
  });

  test("is silent for other drift, for what is new, and when nothing is created in its place", () => {
    const drifted: Plan = { ...plan([change(table, ["create"])]), resource_drift: [update(table, {}, {})] };
    expect(findings("no-recreation", drifted)).toEqual([]);
    expect(findings("no-recreation", checked(change(key, ["create"])))).toEqual([]);
    expect(findings("no-recreation", checked())).toEqual([]);
  });
});
