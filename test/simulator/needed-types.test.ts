import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { neededTypes } from "../../simulator/needed-types";
import { schemaFields, trimSchema } from "../../simulator/protocol/schema-answer";
import { ObjectStore } from "../../simulator/state-store/objects";
import { temporaryFolder } from "../support/temporary-folder";

let folder: string;
let objects: ObjectStore;

beforeEach(() => {
  folder = temporaryFolder();
  objects = new ObjectStore(path.join(folder, "objects"));
});

function put(file: string, content: object | string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
}

const needed = (...args: string[]): string[] | undefined => {
  const types = neededTypes({ pid: 1, folder, args }, objects);
  return types && [...types].sort();
};

const config = { resource: { aws_kms_key: { k: {} } }, data: { aws_region: { r: {} } } };
const state = { resources: [{ type: "aws_sqs_queue" }] };

describe("neededTypes", () => {
  test("names the types of the configuration", () => {
    put("cdk.tf.json", config);
    expect(needed("plan", "-input=false")).toEqual(["aws_kms_key", "aws_region"]);
  });

  test.each([
    ["terraform.tfstate", {}],
    ["../elsewhere.tfstate", { terraform: { backend: { local: { path: "../elsewhere.tfstate" } } } }],
    ["terraform.tfstate.d/blue/terraform.tfstate", {}],
  ])("adds the types of the state in %s, which the configuration may no longer have", (file, backend) => {
    folder = path.join(folder, "stack");
    mkdirSync(folder);
    put("cdk.tf.json", { ...config, ...backend });
    put(file, state);
    expect(needed("apply")).toEqual(["aws_kms_key", "aws_region", "aws_sqs_queue"]);
    folder = path.dirname(folder);
  });

  test("adds the types of the states in the S3 backend, of every workspace", () => {
    put("cdk.tf.json", { ...config, terraform: { backend: { s3: { bucket: "b", key: "prod/a.tfstate" } } } });
    objects.put("b", "env:/blue/prod/a.tfstate", Buffer.from(JSON.stringify(state)));
    expect(needed("destroy")).toEqual(["aws_kms_key", "aws_region", "aws_sqs_queue"]);
  });

  test("names the types in a saved plan, whatever stands beside it", () => {
    const entries = { "tfconfig/m-/cdk.tf.json": config, tfstate: state, tfplan: "\u0008\u0012aws_sns_topic.t" };
    const files = Object.entries(entries).map(
      ([name, content]) => [name, strToU8(typeof content === "string" ? content : JSON.stringify(content))] as const,
    );
    writeFileSync(path.join(folder, "plan"), zipSync(Object.fromEntries(files)));
    expect(needed("show", "-json", "plan")).toEqual(["aws_kms_key", "aws_region", "aws_sns_topic", "aws_sqs_queue"]);
  });

  test("leaves the schema whole for showing what is no saved plan", () => {
    put("cdk.tf.json", config);
    put("terraform.tfstate", state);
    expect([needed("show"), needed("show", "terraform.tfstate"), needed("show", "missing")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each([
    ["a command that may ask for any type", {}, ["providers", "schema"]],
    ["a state given by hand", {}, ["plan", "-state=other.tfstate"]],
    ["a folder with modules", { module: { m: { source: "./m" } } }, ["plan"]],
    ["a backend that cannot be looked into", { terraform: { backend: { http: {} } } }, ["plan"]],
  ])("leaves the schema whole for %s", (_what, more, args) => {
    put("cdk.tf.json", { ...config, ...more });
    expect(needed(...args)).toBeUndefined();
  });

  test.each([
    ["no configuration", []],
    ["more than one file", ["a.tf.json", "b.tf.json"]],
  ])("leaves the schema whole for a folder with %s", (_what, files) => {
    for (const file of files) put(file, config);
    expect(needed("plan")).toBeUndefined();
  });

  test("leaves the schema whole for a configuration in Terraform's own language", () => {
    put("main.tf", 'resource "aws_kms_key" "k" {}');
    expect(needed("plan")).toBeUndefined();
  });
});

describe("trimSchema", () => {
  /** A field of the answer: tag, length, contents. */
  const field = (number: number, contents: Buffer): Buffer =>
    Buffer.concat([Buffer.from([(number << 3) | 2, contents.length]), contents]);
  const entry = (number: number, typeName: string): Buffer =>
    field(number, Buffer.concat([field(1, Buffer.from(typeName)), field(2, Buffer.from("schema"))]));
  const provider = field(1, Buffer.from("provider"));
  const functions = field(7, Buffer.from("functions"));

  test("keeps the named types, and every other field, byte for byte", () => {
    const answer = Buffer.concat([
      provider,
      entry(2, "aws_a"),
      entry(2, "aws_b"),
      entry(3, "aws_b"),
      entry(8, "aws_c"),
      functions,
    ]);
    expect(trimSchema(schemaFields(answer), new Set(["aws_b"]))).toEqual(
      Buffer.concat([provider, entry(2, "aws_b"), entry(3, "aws_b"), functions]),
    );
  });
});
