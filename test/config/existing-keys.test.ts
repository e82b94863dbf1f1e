import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { ExistingKey } from "../../modules/encryption-key";
import { resourcesOf } from "../../terraform";
import { type Loose, mistakesOf } from "../support/mistakes";
import { grantsIn } from "../support/synth";
import { stacksOf } from "../support/synthesized-once";

const { account } = prod.input;

const arnIn = (region: string, digit: string) => `arn:aws:kms:${region}:${account}:key/mrk-${digit.repeat(32)}`;
const existing = (digit: string, ...regions: string[]) =>
  Object.fromEntries(regions.map((region) => [region, arnIn(region, digit)]));
const all = ["eu-west-1", "eu-central-1", "us-east-1"];

const withKeys = (keys: object) => {
  const backups = { ...prod.input.backups, key: { existing: existing("d", ...all.slice(0, 2)) } };
  const stacks = stacksOf(defineEnvironment({ ...prod.input, keys, backups } as EnvironmentInput), {
    stage: "optimization",
  });
  return new Map(stacks.map((stack) => [stack.name, resourcesOf(stack)]));
};

describe("Keys that are there already", () => {
  const keys = {
    data: { existing: existing("a", ...all.slice(0, 2)) },
    operations: { existing: existing("b", ...all) },
    application: { existing: existing("c", ...all.slice(0, 2)) },
  };

  test("take the place of those that are made, in each region", () => {
    const stacks = withKeys(keys);
    const everything = [...stacks.values()].flatMap((resources) => [...resources]);
    const types = new Set(everything.map(([address]) => address.split(".")[0]));
    for (const type of ["aws_kms_key", "aws_kms_replica_key", "aws_kms_alias"]) expect(types).not.toContain(type);
    const table = stacks.get("prod-data")?.get("aws_dynamodb_table.orders_table") as Loose;
    expect(table.server_side_encryption).toMatchObject({ kms_key_arn: arnIn("eu-west-1", "a") });
    const text = (stack: string) => JSON.stringify([...(stacks.get(stack) ?? [])]);
    expect(text("prod-data")).toContain(arnIn("eu-central-1", "a"));
    const group = stacks.get("prod-services-eu-central-1")?.get("aws_cloudwatch_log_group.orders_function_log-group");
    expect(group).toMatchObject({ kms_key_id: arnIn("eu-central-1", "b") });
    expect(text("prod-services-eu-west-1")).toContain(arnIn("eu-west-1", "c"));
    expect(text("prod-services-eu-west-1")).not.toContain("mrk-cccccccccccccccccccccccccccccccc*");
  });

  test("are rotated and watched by their owner, beside those that are made", () => {
    const some = withKeys({ ...keys, data: {} });
    const rotation = JSON.stringify([...(some.get("prod-operations") ?? [])].filter(([at]) => /key-rotation/.test(at)));
    expect(rotation).toContain("prod-data=");
    expect(rotation).not.toContain("prod-operations=");
    const none = [...(withKeys(keys).get("prod-operations") ?? new Map()).keys()];
    expect(none.filter((address) => address.includes("key-rotation"))).toEqual([]);
  });

  const mistakes = (change: object) => mistakesOf((input) => Object.assign(input, { keys: change }), prod);

  test("are needed in every region, those of later stages and of alerts included", () => {
    expect(mistakes({ data: { existing: existing("a", "eu-west-1") } })).toEqual([
      "keys.data.existing.eu-central-1: is required, as the environment uses the key in eu-central-1; add the ARN of one there",
    ]);
    expect(mistakes({ operations: { existing: existing("a", "eu-west-1", "eu-central-1") } })).toEqual([
      "keys.operations.existing.us-east-1: is required, as the environment uses the key in us-east-1; add the ARN of one there",
    ]);
    expect(mistakes({ data: { existing: {} } })).toHaveLength(2);
  });

  test.each<[string, object, RegExp]>([
    [
      "another region's",
      { "eu-west-1": arnIn("eu-west-2", "a") },
      /eu-west-1: is a key in eu-west-2; use one in eu-west-1/,
    ],
    [
      "another account's",
      { "eu-west-1": arnIn("eu-west-1", "a").replace(account, "999999999999") },
      /is a key in another account/,
    ],
    ["an alias", { "eu-west-1": `arn:aws:kms:eu-west-1:${account}:alias/a` }, /is not the ARN of a KMS key; copy it/],
  ])("are not %s", (_what, wrong, message) => {
    const found = mistakes({ data: { existing: { ...existing("a", "eu-west-1", "eu-central-1"), ...wrong } } });
    expect(found).toEqual([expect.stringMatching(message)]);
  });

  test("that services encrypt with are one key in all regions", () => {
    const arns = { "eu-west-1": arnIn("eu-west-1", "a"), "eu-central-1": arnIn("eu-central-1", "b") };
    expect(mistakes({ application: { existing: arns } })).toEqual([
      expect.stringMatching(/^keys\.application\.existing: are different keys, so that no region could decrypt/),
    ]);
    expect(mistakes({ data: { existing: arns } })).toEqual([]);
  });
});

describe("ExistingKey", () => {
  test("grants its use as a made one does", () => {
    expect(
      grantsIn("eu-west-1", (stack, grantee) => {
        const arns = existing("a", "eu-west-1");
        const key = new ExistingKey(stack, "key", { arns, users: ["dynamodb"] });
        key.grantUse(grantee, "dynamodb");
        expect(() => key.grantUse(grantee, "sqs")).toThrow(/does not allow sqs to use the key/);
        expect(() => key.grantDecrypt(grantee, "orders")).toThrow(/only allows use through services/);
        expect(() => key.arnIn("eu-west-2")).toThrow(
          "test/key: names no existing key for eu-west-2, only for eu-west-1; add the ARN of one in eu-west-2 to existing",
        );
      }),
    ).toEqual([
      expect.objectContaining({
        resources: [arnIn("eu-west-1", "a")],
        conditions: { StringEquals: { "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com" } },
      }),
    ]);
  });
});
