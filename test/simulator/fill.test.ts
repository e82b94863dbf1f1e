import { applyResource } from "../../simulator/calls/apply";
import { fill } from "../../simulator/fill/fill";
import { LiveIds } from "../../simulator/fill/live";
import { dataSourceRules, rulesFor } from "../../simulator/fill/services";
import { zoneId } from "../../simulator/fill/zones";
import { applyRequest, applyResponse } from "../../simulator/protocol/messages";
import type { Attribute, Block, NestedBlock, ProviderSchema, Type } from "../../simulator/protocol/schema";
import { decodeObject, encodeValue, type ObjectValue, Unknown } from "../../simulator/protocol/values";
import type { Scope } from "../../simulator/provider/configuration";

const scope: Scope = {
  region: "us-east-1",
  account: "111122223333",
  partition: "aws",
  dnsSuffix: "amazonaws.com",
  defaultTags: { app: "orders" },
};

const unknown = new Unknown();

function attribute(
  name: string,
  type: Type = "string",
  kind: "computed" | "optional" | "both" = "computed",
): Attribute {
  const optional = kind !== "computed";
  return { name, type, required: false, optional, computed: kind !== "optional", writeOnly: false };
}

function schemaOf(attributes: Attribute[], blocks: NestedBlock[] = []): Block {
  return { attributes, blocks };
}

/** Strings unless told otherwise; `id` as the older SDK has it. */
function blockFor(values: ObjectValue): Block {
  const typeOf = (value: unknown): Type =>
    typeof value === "boolean" ? "bool" : typeof value === "number" ? "number" : "string";
  const attributes = Object.entries(values).map(([name, value]) =>
    attribute(name, typeOf(value), name === "id" ? "both" : "computed"),
  );
  return schemaOf(attributes);
}

function filled(typeName: string, planned: ObjectValue, more: Partial<Parameters<typeof fill>[0]> = {}): ObjectValue {
  return fill({
    typeName,
    block: blockFor(planned),
    planned,
    prior: null,
    scope,
    ordinal: 0,
    rules: rulesFor(typeName),
    ...more,
  });
}

describe("fill", () => {
  test("gives equal requests equal values", () => {
    const planned = { id: unknown, arn: unknown, name: "a" };
    expect(filled("aws_glue_trigger", planned)).toEqual(filled("aws_glue_trigger", planned));
  });

  test.each([
    ["another region", { scope: { ...scope, region: "eu-west-1" } }],
    ["another account", { scope: { ...scope, account: "999988887777" } }],
    ["another ordinal", { ordinal: 1 }],
  ])("gives %s other random values", (_what, more) => {
    const planned = { id: unknown, description: "a" };
    expect(filled("aws_vpc", planned, more).id).not.toBe(filled("aws_vpc", planned).id);
  });

  test("keeps every known value", () => {
    expect(filled("aws_vpc", { id: unknown, cidr_block: "10.1.0.0/16", flag: true, size: 3 })).toMatchObject({
      cidr_block: "10.1.0.0/16",
      flag: true,
      size: 3,
    });
  });

  test("honours the prefix that a plan promises", () => {
    const planned = { id: "x", endpoint: new Unknown({ prefix: "https://fixed." }) };
    expect(filled("aws_unheard_of", planned).endpoint).toMatch(/^https:\/\/fixed\./);
  });

  test("fills objects within sets and lists that are unknown as a whole", () => {
    const point: Type = ["object", { address: "string", port: "number", open: "bool", tags: ["map", "string"] }];
    const block = schemaOf([attribute("id", "string", "both"), attribute("endpoints", ["set", point])]);
    const state = filled("aws_unheard_of", { id: unknown, endpoints: unknown }, { block });
    expect(state.endpoints).toEqual([
      { address: expect.stringMatching(/us-east-1/), port: 443, open: false, tags: {} },
    ]);
  });

  test("fills what is unknown inside a block and leaves its known part", () => {
    const inner = schemaOf([attribute("region_name", "string", "optional"), attribute("arn")]);
    const block: Block = {
      attributes: [attribute("id", "string", "both"), attribute("name", "string", "optional")],
      blocks: [{ name: "replica", nesting: "set", minItems: 0, block: inner }],
    };
    const planned = { id: "orders", name: "orders", replica: [{ region_name: "eu-west-1", arn: unknown }] };
    expect(filled("aws_dynamodb_table", planned, { block }).replica).toEqual([
      { region_name: "eu-west-1", arn: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders" },
    ]);
  });

  test("leaves what the user may set in a set's element at the SDK's zero, so that the element stays the same", () => {
    const inner = schemaOf([attribute("name", "string", "optional"), attribute("kms_key_id", "string", "both")]);
    const block: Block = {
      attributes: [attribute("id", "string", "both")],
      blocks: [{ name: "part", nesting: "set", minItems: 0, block: inner }],
    };
    const planned = { id: "x", part: [{ name: "a", kms_key_id: unknown }] };
    expect(filled("aws_unheard_of", planned, { block }).part).toEqual([{ name: "a", kms_key_id: "" }]);
  });

  test("never stores a write-only value", () => {
    const block = schemaOf([{ ...attribute("secret_wo", "string", "optional"), writeOnly: true }]);
    expect(filled("aws_unheard_of", { secret_wo: unknown }, { block }).secret_wo).toBeNull();
  });

  test("merges default tags into tags_all, the resource's own winning", () => {
    const map: Type = ["map", "string"];
    const block = schemaOf([attribute("id"), attribute("tags", map, "optional"), attribute("tags_all", map, "both")]);
    const planned = { id: unknown, tags: { app: "mine", a: "b" }, tags_all: unknown };
    expect(filled("aws_vpc", planned, { block }).tags_all).toEqual({ app: "mine", a: "b" });
  });

  test("gives a generated name its prefix and 26 digits", () => {
    const planned = { id: unknown, name: unknown, name_prefix: "orders-" };
    expect(filled("aws_iam_role", { ...planned, path: "/" }).name).toMatch(/^orders-\d{26}$/);
  });

  test("never leaves an id empty, also when a rule has nothing to make it of", () => {
    const state = filled("aws_xray_sampling_rule", { id: unknown, arn: unknown, rule_name: null });
    expect(state.id).toMatch(/.+/);
  });
});

describe("fill, for an update,", () => {
  const update = (typeName: string, prior: ObjectValue, planned: ObjectValue): ObjectValue =>
    filled(typeName, planned, { prior });

  test("keeps random values that the plan calls unknown", () => {
    const prior = { id: "vpc-1", default_security_group_id: "sg-1", cidr_block: "10.0.0.0/16" };
    expect(update("aws_vpc", prior, { ...prior, default_security_group_id: unknown }).default_security_group_id).toBe(
      "sg-1",
    );
  });

  test("makes a derived value follow what it is derived from", () => {
    const prior = {
      id: "alias/a",
      name: "alias/a",
      target_key_id: "old",
      target_key_arn: "arn:aws:kms:us-east-1:111122223333:key/old",
      arn: "x",
    };
    const state = update("aws_kms_alias", prior, { ...prior, target_key_id: "new", target_key_arn: unknown });
    expect(state.target_key_arn).toBe("arn:aws:kms:us-east-1:111122223333:key/new");
  });

  test("counts a Lambda version up and moves what hangs on it", () => {
    const first = filled("aws_lambda_function", lambda);
    const state = update("aws_lambda_function", first, {
      ...first,
      source_code_hash: "new",
      version: unknown,
      qualified_arn: unknown,
      last_modified: unknown,
    });
    expect(state).toMatchObject({ version: "2", qualified_arn: `${first.arn}:2` });
    expect(state.last_modified).not.toBe(first.last_modified);
  });

  test("counts a version without a rule up", () => {
    expect(update("aws_unheard_of", { id: "a", version: "7" }, { id: "a", version: unknown }).version).toBe("8");
  });

  test("finds a set's element again by what is known of it, not by its position", () => {
    const inner = schemaOf([attribute("name", "string", "optional"), attribute("random")]);
    const block: Block = {
      attributes: [attribute("id", "string", "both")],
      blocks: [{ name: "part", nesting: "set", minItems: 0, block: inner }],
    };
    const prior = {
      id: "x",
      part: [
        { name: "a", random: "of a" },
        { name: "b", random: "of b" },
      ],
    };
    const planned = { id: "x", part: [{ name: "b", random: unknown }] };
    expect(filled("aws_unheard_of", planned, { block, prior }).part).toEqual([{ name: "b", random: "of b" }]);
  });
});

const lambda: ObjectValue = {
  id: unknown,
  arn: unknown,
  function_name: "orders",
  publish: true,
  source_code_hash: "old",
  version: unknown,
  qualified_arn: unknown,
  invoke_arn: unknown,
  qualified_invoke_arn: unknown,
  last_modified: unknown,
};

describe("the rules of the toolkit's types", () => {
  const role = (arn: string): string =>
    `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
  const fn = "arn:aws:lambda:us-east-1:111122223333:function:orders";
  const cases: [typeName: string, known: ObjectValue, expected: Record<string, unknown>][] = [
    [
      "aws_kms_key",
      { multi_region: true },
      {
        id: /^mrk-[0-9a-f]{32}$/,
        key_id: /^mrk-[0-9a-f]{32}$/,
        arn: /^arn:aws:kms:us-east-1:111122223333:key\/mrk-[0-9a-f]{32}$/,
      },
    ],
    [
      "aws_kms_key",
      { multi_region: false },
      { key_id: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/ },
    ],
    [
      "aws_kms_replica_key",
      { primary_key_arn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-1" },
      { id: "mrk-1", key_id: "mrk-1", arn: "arn:aws:kms:us-east-1:111122223333:key/mrk-1" },
    ],
    [
      "aws_kms_alias",
      { name: "alias/a", target_key_id: "k" },
      { id: "alias/a", arn: "arn:aws:kms:us-east-1:111122223333:alias/a" },
    ],
    [
      "aws_dynamodb_table",
      { name: "t", stream_enabled: true },
      {
        id: "t",
        arn: "arn:aws:dynamodb:us-east-1:111122223333:table/t",
        stream_label: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/,
        stream_arn: /^arn:aws:dynamodb:us-east-1:111122223333:table\/t\/stream\/\d{4}-/,
      },
    ],
    ["aws_dynamodb_table", { name: "t", stream_enabled: false }, { stream_arn: "", stream_label: "" }],
    [
      "aws_dynamodb_table_replica",
      { global_table_arn: "arn:aws:dynamodb:eu-west-1:111122223333:table/t" },
      { id: "t:eu-west-1", arn: "arn:aws:dynamodb:us-east-1:111122223333:table/t" },
    ],
    ["aws_dynamodb_contributor_insights", { table_name: "t", index_name: null }, { id: "name:t/index:/111122223333" }],
    [
      "aws_lambda_function",
      { function_name: "orders", publish: true },
      {
        id: "orders",
        arn: fn,
        version: "1",
        qualified_arn: `${fn}:1`,
        invoke_arn: role(fn),
        qualified_invoke_arn: role(`${fn}:1`),
      },
    ],
    ["aws_lambda_function", { function_name: "orders", publish: false }, { version: "$LATEST" }],
    [
      "aws_lambda_alias",
      { function_name: fn, name: "live" },
      { arn: `${fn}:live`, id: `${fn}:live`, invoke_arn: role(`${fn}:live`) },
    ],
    [
      "aws_lambda_provisioned_concurrency_config",
      { function_name: "orders", qualifier: "live" },
      { id: "orders,live" },
    ],
    ["aws_lambda_function_event_invoke_config", { function_name: "orders", qualifier: "live" }, { id: "orders:live" }],
    [
      "aws_lambda_function_url",
      { function_name: "orders", qualifier: "live" },
      { id: "orders/live", function_url: /^https:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws\/$/ },
    ],
    [
      "aws_iam_role",
      { name: "r", path: "/svc/" },
      { id: "r", arn: "arn:aws:iam::111122223333:role/svc/r", unique_id: /^AROA[A-Z2-7]{17}$/ },
    ],
    ["aws_iam_role_policy", { role: "r", name: "p" }, { id: "r:p" }],
    ["aws_iam_policy", { name: "p", path: "/" }, { id: "arn:aws:iam::111122223333:policy/p", policy_id: /^ANPA/ }],
    [
      "aws_cloudwatch_log_group",
      { name: "/aws/lambda/o" },
      { id: "/aws/lambda/o", arn: "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/o" },
    ],
    [
      "aws_cloudwatch_metric_alarm",
      { alarm_name: "a" },
      { id: "a", arn: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:a" },
    ],
    [
      "aws_cloudwatch_dashboard",
      { dashboard_name: "d" },
      { dashboard_arn: "arn:aws:cloudwatch::111122223333:dashboard/d" },
    ],
    [
      "aws_apigatewayv2_api",
      { protocol_type: "HTTP" },
      {
        id: /^[a-z0-9]{10}$/,
        arn: /^arn:aws:apigateway:us-east-1::\/apis\/[a-z0-9]{10}$/,
        api_endpoint: /^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/,
        execution_arn: /^arn:aws:execute-api:us-east-1:111122223333:[a-z0-9]{10}$/,
      },
    ],
    [
      "aws_apigatewayv2_stage",
      { api_id: "abc", name: "$default" },
      { id: "$default", invoke_url: "https://abc.execute-api.us-east-1.amazonaws.com/" },
    ],
    [
      "aws_apigatewayv2_stage",
      { api_id: "abc", name: "v1" },
      { invoke_url: "https://abc.execute-api.us-east-1.amazonaws.com/v1" },
    ],
    [
      "aws_route53_zone",
      { name: "example.com" },
      { zone_id: /^Z[A-Z2-7]{20}$/, arn: /^arn:aws:route53:::hostedzone\/Z/ },
    ],
    [
      "aws_route53_record",
      { zone_id: "Z1", name: "API.example.com", type: "A", set_identifier: "home" },
      { id: "Z1_api.example.com_A_home", fqdn: "api.example.com" },
    ],
    ["aws_route53_health_check", { type: "HTTPS" }, { id: /^[0-9a-f-]{36}$/, arn: /^arn:aws:route53:::healthcheck\// }],
    ["aws_sns_topic", { name: "t" }, { id: "arn:aws:sns:us-east-1:111122223333:t", owner: "111122223333" }],
    [
      "aws_sqs_queue",
      { name: "q" },
      { id: "https://sqs.us-east-1.amazonaws.com/111122223333/q", arn: "arn:aws:sqs:us-east-1:111122223333:q" },
    ],
    ["aws_budgets_budget", { name: "b" }, { id: "111122223333:b", arn: "arn:aws:budgets::111122223333:budget/b" }],
    [
      "aws_cloudwatch_event_rule",
      { name: "r", event_bus_name: "orders" },
      { id: "orders/r", arn: "arn:aws:events:us-east-1:111122223333:rule/orders/r" },
    ],
    [
      "aws_cloudwatch_event_rule",
      { name: "r", event_bus_name: "default" },
      { id: "r", arn: "arn:aws:events:us-east-1:111122223333:rule/r" },
    ],
    ["aws_cloudwatch_event_target", { rule: "r", target_id: "t", event_bus_name: "orders" }, { id: "orders-r-t" }],
    [
      "aws_cloudwatch_event_endpoint",
      { name: "e" },
      { id: "e", endpoint_url: /^https:\/\/[a-z0-9]{10}\.[a-z0-9]{3}\.endpoint\.events\.amazonaws\.com\/$/ },
    ],
    [
      "aws_s3_bucket",
      { bucket: "b" },
      { id: "b", arn: "arn:aws:s3:::b", bucket_regional_domain_name: "b.s3.us-east-1.amazonaws.com" },
    ],
    [
      "aws_secretsmanager_secret",
      { name: "s" },
      { id: /^arn:aws:secretsmanager:us-east-1:111122223333:secret:s-[a-z0-9]{6}$/ },
    ],
    [
      "aws_ssm_parameter",
      { name: "/a/b", type: "String", value: "v" },
      { id: "/a/b", arn: "arn:aws:ssm:us-east-1:111122223333:parameter/a/b" },
    ],
    [
      "aws_rds_global_cluster",
      { global_cluster_identifier: "g" },
      { id: "g", arn: "arn:aws:rds::111122223333:global-cluster:g" },
    ],
    [
      "aws_wafv2_web_acl",
      { name: "w", scope: "REGIONAL" },
      { arn: /^arn:aws:wafv2:us-east-1:111122223333:regional\/webacl\/w\/[0-9a-f-]{36}$/ },
    ],
    [
      "aws_cloudfront_distribution",
      { enabled: true },
      { id: /^E[A-Z2-7]{13}$/, domain_name: /^d[a-z0-9]{13}\.cloudfront\.net$/, hosted_zone_id: "Z2FDTNDATAQYW2" },
    ],
    ["aws_xray_group", { group_name: "g" }, { arn: /^arn:aws:xray:us-east-1:111122223333:group\/g\/[A-Z2-7]{26}$/ }],
    [
      "aws_scheduler_schedule",
      { name: "s", group_name: "default" },
      { id: "default/s", arn: "arn:aws:scheduler:us-east-1:111122223333:schedule/default/s" },
    ],
    [
      "aws_appautoscaling_target",
      { service_namespace: "lambda", resource_id: "function:o:live" },
      { id: "function:o:live", role_arn: /AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency$/ },
    ],
  ];

  test.each(cases)("give %s with %j what AWS gives", (typeName, known, expected) => {
    const unknowns = Object.fromEntries(
      Object.keys({ id: 0, arn: 0, ...rulesFor(typeName), ...expected }).map((name) => [name, unknown]),
    );
    const top = Object.fromEntries(Object.entries({ ...unknowns, ...known }).filter(([name]) => !name.includes(".")));
    const state = filled(typeName, top);
    for (const [name, value] of Object.entries(expected)) {
      if (value instanceof RegExp) expect(state[name]).toMatch(value);
      else expect(state[name]).toBe(value);
    }
  });

  test("ask for one validation record per domain, the same in every region, shared by a wildcard", () => {
    const record: Type = [
      "object",
      {
        domain_name: "string",
        resource_record_name: "string",
        resource_record_type: "string",
        resource_record_value: "string",
      },
    ];
    const block = schemaOf([
      attribute("id", "string", "both"),
      attribute("domain_name", "string", "both"),
      attribute("subject_alternative_names", ["set", "string"], "both"),
      attribute("domain_validation_options", ["set", record]),
    ]);
    const planned = {
      id: unknown,
      domain_name: "example.com",
      subject_alternative_names: ["*.example.com", "example.com"],
      domain_validation_options: unknown,
    };
    const home = filled("aws_acm_certificate", planned, { block });
    const standby = filled("aws_acm_certificate", planned, { block, scope: { ...scope, region: "eu-west-1" } });
    const options = home.domain_validation_options as ObjectValue[];
    expect(options.map((option) => option.domain_name).sort()).toEqual(["*.example.com", "example.com"]);
    expect(options[0]?.resource_record_name).toBe(options[1]?.resource_record_name);
    expect(options[0]?.resource_record_name).toMatch(/^_[0-9a-f]{32}\.example\.com\.$/);
    expect(standby.domain_validation_options).toEqual(home.domain_validation_options);
    expect(standby.id).not.toBe(home.id);
  });

  test("answer the data source of zones with the region's own", () => {
    const list: Type = ["list", "string"];
    const block = schemaOf([attribute("id"), attribute("names", list), attribute("zone_ids", list)]);
    const state = fill({
      typeName: "aws_availability_zones",
      block,
      planned: { id: unknown, names: unknown, zone_ids: unknown },
      prior: null,
      scope: { ...scope, region: "eu-west-1" },
      ordinal: 0,
      rules: dataSourceRules("aws_availability_zones"),
    });
    expect(state).toMatchObject({
      id: "eu-west-1",
      names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      zone_ids: ["euw1-az1", "euw1-az2", "euw1-az3"],
    });
  });

  test.each([
    ["us-east-1", "use1-az1"],
    ["ap-northeast-1", "apne1-az1"],
    ["eu-central-1", "euc1-az1"],
    ["us-gov-west-1", "usgw1-az1"],
  ])("number the zones of %s from %s", (region, expected) => expect(zoneId(region, 0)).toBe(expected));
});

describe("applyResource", () => {
  const schema = {
    resource: () => blockFor({ id: unknown, arn: unknown, name: unknown }),
  } as unknown as ProviderSchema;
  const apply = (
    live: LiveIds,
    prior: ObjectValue | null,
    planned: ObjectValue | null,
    typeName = "aws_vpc",
  ): ObjectValue | null => {
    const counts = { created: 0, changed: 0, destroyed: 0 };
    const request = applyRequest.encode({
      type_name: typeName,
      prior_state: encodeValue(prior),
      planned_state: encodeValue(planned),
    });
    return decodeObject(applyResponse.decode(applyResource(request, schema, scope, live, counts)).new_state);
  };
  const planned = { id: unknown, arn: unknown, name: "a" };

  test("tells two live resources apart that are configured alike", () => {
    const live = new LiveIds();
    expect(apply(live, null, planned)?.id).not.toBe(apply(live, null, planned)?.id);
  });

  test("gives the first id again once its resource is gone", () => {
    const live = new LiveIds();
    const first = apply(live, null, planned);
    expect(apply(live, first, null)).toBeNull();
    expect(apply(live, null, planned)).toEqual(first);
  });

  test("does not look for another id where the configuration is the id", () => {
    const live = new LiveIds();
    const role = apply(live, null, planned, "aws_iam_user");
    expect(apply(live, null, planned, "aws_iam_user")?.id).toBe(role?.id);
  });
});
