import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sameStacks } from "../../rollout";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const keys = '{"//":{"metadata":{"version":"0.21.0"}},"resource":{"aws_kms_key":{"data":{"a":1,"tags":{"//":"x"}}}}}';
const stacks = {
  "manifest.json": JSON.stringify({
    stacks: Object.fromEntries(
      ["keys", "data"].map((name) => [name, { name, workingDirectory: `stacks/${name}`, dependencies: [] }]),
    ),
  }),
  "stacks/keys/cdk.tf.json": keys,
  "stacks/keys/assets/handler.abc/handler.zip": "a zip",
  "stacks/data/cdk.tf.json": '{"resource":{"aws_sqs_queue":{"q":{"list":[1,2]}}}}',
};

let count = 0;
/** Writes an output folder with some files otherwise; undefined for one that is not there. */
function outputWith(others: Readonly<Record<string, string | undefined>> = {}): string {
  count += 1;
  const output = join(folder, String(count));
  for (const [path, content] of Object.entries({ ...stacks, ...others })) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(output, path)), { recursive: true });
    writeFileSync(join(output, path), content);
  }
  return output;
}
const now = outputWith();
const compared = (others: Parameters<typeof outputWith>[0], project?: string): string[] => [
  ...sameStacks(now, { output: outputWith(others), project }),
];

describe("Two synthesized environments", () => {
  test.each([
    ["nothing", {}],
    [
      "the order of keys, and the comment at the root",
      { "stacks/keys/cdk.tf.json": '{"//":1,"resource":{"aws_kms_key":{"data":{"tags":{"//":"x"},"a":1}}}}' },
    ],
    ["what Terraform has written beside them", { "stacks/keys/plan": "a plan", "stacks/keys/plan.json": "{}" }],
    ["a file that no manifest names", { "stacks/old/cdk.tf.json": "{}" }],
    ["what an init of one of them chose", { "stacks/keys/.terraform.lock.hcl": "aws 5" }],
  ])("are the same where they differ in %s", (_, others) => {
    expect(compared(others)).toEqual(["keys", "data"]);
  });

  test.each([
    ["an argument", { "stacks/keys/cdk.tf.json": keys.replace(":1,", ":2,") }],
    ["the kind of a value", { "stacks/keys/cdk.tf.json": keys.replace(":1,", ':"1",') }],
    ["a key below the root that looks like a comment", { "stacks/keys/cdk.tf.json": keys.replace('"x"', '"y"') }],
    ["the bytes of an asset", { "stacks/keys/assets/handler.abc/handler.zip": "another" }],
    ["an asset more", { "stacks/keys/assets/more": "" }],
    ["an asset less", { "stacks/keys/assets/handler.abc/handler.zip": undefined }],
    [
      "a stack more",
      {
        "manifest.json": stacks["manifest.json"]
          .replace('"keys":', '"others":')
          .replace('"name":"keys"', '"name":"others"'),
      },
    ],
  ])("have another stack where they differ in %s", (_, others) => {
    expect(compared(others)).toEqual(["data"]);
  });

  test("have another stack where a list has another order", () => {
    const file = "stacks/data/cdk.tf.json";
    expect(compared({ [file]: stacks[file].replace("1,2", "2,1") })).toEqual(["keys"]);
  });

  test("have other stacks where the project locks other providers, or locks none any more", () => {
    const project = outputWith({ "locks/keys.hcl": "aws 5" });
    expect(compared({}, project)).toEqual(["data"]);
    expect(compared({}, outputWith())).toEqual(["keys", "data"]);
  });

  test("have another stack where both were initialized with another provider", () => {
    const lock = "stacks/keys/.terraform.lock.hcl";
    const initialized = outputWith({ [lock]: "aws 5" });
    const with6 = { output: outputWith({ [lock]: "aws 6" }) };
    expect([...sameStacks(initialized, with6)]).toEqual(["data"]);
  });

  test("are not compared where one is no output folder", () => {
    expect(() => sameStacks(now, { output: folder })).toThrow("is not a cdktf output folder");
  });
});
