import { mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import type { DeploymentStack } from "../../../modules/core";
import {
  FunctionLayer,
  type FunctionLayerInput,
  layerVersionArn,
  signingProfileVersionArn,
} from "../../../modules/function-layer";
import { ServiceFunction, zipOf } from "../../../modules/service-function";
import { synth } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";
import { minimalProps, projectRoot } from "../service-function/every-option";
import { everyOption } from "./every-option";

const region = "eu-west-1";
const layerIn = (stack: DeploymentStack, config: FunctionLayerInput, root: string, id = "layer") =>
  new FunctionLayer(stack, id, { config, name: `test-${id}`, region, projectRoot: root });
const refused = (config: FunctionLayerInput, root = projectRoot) =>
  expect(() => synth((stack) => layerIn(stack, config, root)));
const hashOf = (root: string): unknown =>
  synth((stack) => layerIn(stack, { folder: "files" }, root)).at("aws_lambda_layer_version.layer_version")
    .source_code_hash;

function folderWith(files: Readonly<Record<string, string>>, time: Date): string {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, "files", name, ".."), { recursive: true });
    writeFileSync(join(root, "files", name), text);
    utimesSync(join(root, "files", name), time, time);
  }
  return root;
}

describe("FunctionLayer", () => {
  test("has the same bytes for the same files, wherever and whenever they were written", () => {
    const one = folderWith({ "certs/a.pem": "a", "b.json": "{}" }, new Date(2020, 0, 1));
    const other = folderWith({ "b.json": "{}", "certs/a.pem": "a", ".DS_Store": "left over" }, new Date(2024, 5, 5));
    const changed = folderWith({ "certs/a.pem": "b", "b.json": "{}" }, new Date(2020, 0, 1));
    expect(hashOf(one)).toBe(hashOf(other));
    expect(hashOf(one)).not.toBe(hashOf(changed));
  });

  test("keeps its versions, and says what they are for", () => {
    const stack = synth(everyOption);
    expect(stack.at("aws_lambda_layer_version.full_version")).toMatchObject({
      layer_name: "test-full",
      skip_destroy: true,
      compatible_runtimes: ["nodejs22.x"],
      compatible_architectures: ["arm64"],
      license_info: "Apache-2.0",
    });
    expect(stack.addresses.filter((address) => address.startsWith("aws_lambda_layer_version_permission."))).toEqual([
      "aws_lambda_layer_version_permission.full_version-for-222222222222",
      "aws_lambda_layer_version_permission.full_version-for-organization-a1b2c3d4e5",
    ]);
    expect(stack.at("aws_lambda_layer_version_permission.full_version-for-organization-a1b2c3d4e5")).toMatchObject({
      principal: "*",
      organization_id: "o-a1b2c3d4e5",
    });
  });

  test("lets programs be run, and nothing else", () => {
    const zip = Buffer.from(zipOf([{ name: "extensions/watch", bytes: Buffer.from("#!/bin/sh"), executable: true }]));
    expect(Object.keys(unzipSync(zip))).toEqual(["extensions/watch"]);
    // External attributes in the central directory: the mode is in the upper half.
    const at = zip.indexOf(Buffer.from("PK\u0001\u0002", "latin1"));
    expect((zip.readUInt32LE(at + 38) >>> 16).toString(8)).toBe("100755");
  });

  test("holds what its sources import, as ES modules", async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, "decide.ts"), readFileSync(join(__dirname, "fixtures", "decide.ts")));
    const config = { bundles: { "policy/decide.mjs": "decide.ts" } };
    const stack = synth((inside) => layerIn(inside, config, root));
    expect(stack.at("aws_lambda_layer_version.layer_version").source_code_hash).toMatch(/^[\w+/]{43}=$/);
    refused({ bundles: { "policy/decide.mjs": "gone.ts" } }, root).toThrow("there is no file gone.ts");
  });

  test("refuses what is missing, empty, or no file", () => {
    refused({ folder: "gone" }).toThrow("there is no folder gone; create it, or correct its path");
    const empty = temporaryFolder();
    mkdirSync(join(empty, "files"));
    refused({ folder: "files" }, empty).toThrow("the folder files has no files");
    symlinkSync("/etc/hosts", join(empty, "files", "hosts"));
    refused({ folder: "files" }, empty).toThrow("files/hosts is no plain file; copy what it points to");
    refused({}).toThrow("has nothing in it; name a folder or bundles");
    refused({ folder: "../elsewhere" }).toThrow("is not a folder; write its path relative to the project folder");
  });

  test("is refused by a function of another runtime, as the sixth one, and if both are too large together", () => {
    const root = folderWith({ a: "a" }, new Date(2020, 0, 1));
    const fn = (stack: DeploymentStack) => new ServiceFunction(stack, "orders", minimalProps(region));
    expect(() =>
      synth((stack) =>
        fn(stack).addLayer(layerIn(stack, { folder: "files", compatibleRuntimes: ["nodejs20.x"] }, root)),
      ),
    ).toThrow("has the runtime nodejs22.x, but the layer test-layer is for nodejs20.x");
    const arn = (name: string) => `arn:aws:lambda:${region}:222222222222:layer:${name}:1`;
    expect(() =>
      synth((stack) => {
        const orders = fn(stack);
        for (const name of ["a", "b", "c", "d", "e", "f"]) orders.addLayer({ title: name, arn: arn(name) });
      }),
    ).toThrow("has 6 layers, but Lambda allows 5");
    expect(() =>
      synth((stack) => fn(stack).addLayer({ title: "huge", arn: arn("huge"), unzippedBytes: 250 * 1024 * 1024 })),
    ).toThrow(/its code and layers have \d+ bytes unzipped, but Lambda allows 262144000/);
  });

  test("of somebody else has a version, and so has the profile that signs it", () => {
    const problem = (schema: typeof layerVersionArn, text: string) => schema.safeParse(text).error?.issues[0]?.message;
    expect(problem(layerVersionArn, "arn:aws:lambda:eu-west-1:222222222222:layer:insights")).toContain(
      "ends in layer:<name>:<version>",
    );
    expect(
      problem(signingProfileVersionArn, "arn:aws:signer:eu-west-1:222222222222:/signing-profiles/insights"),
    ).toContain("is not the ARN of a version of a signing profile");
  });
});
