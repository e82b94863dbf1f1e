import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressOf } from "../../../simulator/inventory/owner";
import type { ObjectValue } from "../../../simulator/protocol/values";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const write = (resource: object, name = "cdk.tf.json"): void =>
  writeFileSync(
    join(folder, name),
    JSON.stringify({
      provider: {
        aws: [
          { alias: "home", region: "eu-west-1" },
          { alias: "standby", region: "eu-central-1" },
        ],
      },
      resource,
    }),
  );
const find = (
  type: string,
  config: ObjectValue,
  {
    region = "eu-west-1",
    states = {},
    taken = [],
  }: { region?: string; states?: Record<string, ObjectValue>; taken?: string[] } = {},
): string | undefined => addressOf({ folder, type, region, config }, (address) => states[address], new Set(taken));

describe("The address of a call", () => {
  test("is that of the resource with these arguments", () => {
    write({ aws_sqs_queue: { a: { provider: "aws.home", name: "a" }, b: { provider: "aws.home", name: "b" } } });
    expect(find("aws_sqs_queue", { name: "b", url: null })).toBe("aws_sqs_queue.b");
    expect(find("aws_sqs_queue", { name: "c" })).toBeUndefined();
    expect(find("aws_sns_topic", { name: "a" })).toBeUndefined();
  });

  test("is told apart by the region of the provider", () => {
    write({ aws_sqs_queue: { one: { provider: "aws.home", name: "a" }, two: { provider: "aws.standby", name: "a" } } });
    expect(find("aws_sqs_queue", { name: "a" })).toBe("aws_sqs_queue.one");
    expect(find("aws_sqs_queue", { name: "a" }, { region: "eu-central-1" })).toBe("aws_sqs_queue.two");
  });

  test("is told apart by what stands in a block that it has once", () => {
    const job = (of: string) => ({
      provider: "aws.home",
      source: { s3: { bucket: "code", key: `uploads/${of}.zip` } },
    });
    write({ aws_signer_signing_job: { a: job("a"), b: job("b") } });
    const config = (of: string) => ({
      source: [{ s3: [{ bucket: "code", key: `uploads/${of}.zip`, version: null }] }],
    });
    expect(find("aws_signer_signing_job", config("b"))).toBe("aws_signer_signing_job.b");
    expect(find("aws_signer_signing_job", config("c"))).toBeUndefined();
  });

  test("is told apart by what references stand for", () => {
    const permission = (of: string) => ({
      provider: "aws.home",
      action: "lambda:InvokeFunction",
      source_arn: `\${aws_sns_topic.${of}.arn}/*`,
    });
    write({ aws_lambda_permission: { a: permission("a"), b: permission("b") } });
    const states = { "aws_sns_topic.a": { arn: "arn:a" }, "aws_sns_topic.b": { arn: "arn:b" } };
    const config = { action: "lambda:InvokeFunction", source_arn: "arn:b/*" };
    expect(find("aws_lambda_permission", config, { states })).toBe("aws_lambda_permission.b");
    expect(find("aws_lambda_permission", config)).toBeUndefined();
    expect(find("aws_lambda_permission", config, { taken: ["aws_lambda_permission.a"] })).toBe(
      "aws_lambda_permission.b",
    );
  });

  test("is told apart by the elements of a set, in any order", () => {
    const check = (...of: string[]) => ({
      provider: "aws.home",
      children: of.map((name) => `\${aws_sqs_queue.${name}.id}`),
    });
    write({ aws_route53_health_check: { one: check("a", "b"), two: check("c", "d") } });
    const states = Object.fromEntries(
      ["a", "b", "c", "d"].map((name) => [`aws_sqs_queue.${name}`, { id: `id-${name}` }]),
    );
    const config = { children: ["id-d", "id-c"] };
    expect(find("aws_route53_health_check", config, { states })).toBe("aws_route53_health_check.two");
  });

  test("is not known without one JSON configuration", () => {
    expect(find("aws_sqs_queue", { name: "a" })).toBeUndefined();
    for (const name of ["a.tf.json", "b.tf.json"]) write({ aws_sqs_queue: { a: { name: "a" } } }, name);
    expect(find("aws_sqs_queue", { name: "a" })).toBeUndefined();
  });
});
