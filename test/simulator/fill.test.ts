import { join } from "node:path";
import { applyResource } from "../../simulator/calls/apply";
import { Inventory } from "../../simulator/inventory/inventory";
import { applyRequest, applyResponse } from "../../simulator/protocol/messages";
import type { Block, ProviderSchema, Type } from "../../simulator/protocol/schema";
import { decodeObject, encodeValue, type ObjectValue, Unknown } from "../../simulator/protocol/values";
import { temporaryFolder } from "../support/temporary-folder";
import { attribute, blockFor, filled, schemaOf, scope, unknown } from "./fixtures/filled";

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

describe("applyResource", () => {
  const schema = {
    resource: () => blockFor({ id: unknown, arn: unknown, name: unknown }),
  } as unknown as ProviderSchema;
  const apply = (
    inventory: Inventory,
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
    return decodeObject(applyResponse.decode(applyResource(request, { schema, scope, inventory, counts })).new_state);
  };
  const planned = { id: unknown, arn: unknown, name: "a" };

  test("tells two live resources apart that are configured alike", () => {
    const inventory = new Inventory({ file: join(temporaryFolder(), "inventory.jsonl") });
    expect(apply(inventory, null, planned)?.id).not.toBe(apply(inventory, null, planned)?.id);
  });

  test("never gives the id of a deleted resource again, as AWS does not", () => {
    const inventory = new Inventory({ file: join(temporaryFolder(), "inventory.jsonl") });
    const first = apply(inventory, null, planned);
    expect(apply(inventory, first, null)).toBeNull();
    const second = apply(inventory, null, planned);
    expect(second?.id).toMatch(/^vpc-/);
    expect(second?.id).not.toBe(first?.id);
  });

  test("does not look for another id where the configuration is the id", () => {
    const inventory = new Inventory({ file: join(temporaryFolder(), "inventory.jsonl") });
    const role = apply(inventory, null, planned, "aws_cloudwatch_log_metric_filter");
    expect(apply(inventory, null, planned, "aws_cloudwatch_log_metric_filter")?.id).toBe(role?.id);
  });
});
