import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { writeWhole } from "../../loader";
import { runtimeFamily } from "../../values/availability";
import { ConstructError } from "../core";
import { sha256 } from "./bundle-inputs";
import { buildFolder } from "./code-build";
import type { FunctionCodeConfig } from "./code-config";
import type { LambdaRuntime, ServiceFunctionConfig } from "./config";
import { filesBelow } from "./folder-files";
import { checkSize, type HandlerBundle, handlerBundle } from "./handler-bundle";
import { recordCode } from "./recorded-bundles";
import { runtimeOf } from "./runtimes";
import { zipOf } from "./zip";

/** A zip that a function has, with what runs it. */
export interface ZippedCode extends HandlerBundle {
  readonly kind: "zip";
  readonly runtime: LambdaRuntime;
  readonly handler: string;
  /** What is not in it and its runtime starts with, so that a layer has to bring it. */
  readonly lacks?: "bootstrap";
}

/** An image that a function has. */
export interface ImageCode {
  readonly kind: "image";
  /** With its digest. */
  readonly uri: string;
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
  readonly answersWarming: boolean;
  readonly answersProbes: boolean;
}

export interface FunctionCodeProps {
  readonly config: ServiceFunctionConfig;
  readonly region: string;
  /** Absolute or relative path of the folder that paths of the config are relative to; the working directory if left out. */
  readonly projectRoot?: string;
  readonly openTelemetry?: boolean;
  readonly identityTokens?: boolean;
  /** Replaced in a bundle while it is made; expressions by name. */
  readonly define?: Readonly<Record<string, string>>;
}

/**
 * The code of a function as part of the synthesized output: bundled from a source file, or what the config names in its place.
 * @throws ConstructError if it is missing, cannot be built, or is too large, and for an image of another region
 */
export function functionCode(scope: Construct, props: FunctionCodeProps): ZippedCode | ImageCode {
  const { config, region, projectRoot = process.cwd(), openTelemetry, identityTokens, define } = props;
  const { entry, code } = config;
  const answers = code?.answers ?? [];
  const told = { answersWarming: answers.includes("warming"), answersProbes: answers.includes("probes") };
  const run = runtimeOf(config);
  if (code && openTelemetry) {
    throw new ConstructError(
      scope,
      "is not bundled, so it cannot begin with the runtime's tracing by OpenTelemetry",
      "trace it by X-Ray, or by a layer",
    );
  }
  if (code?.image) return { kind: "image", ...told, ...imageIn(scope, code.image, region) };
  if (!run) throw new ConstructError(scope, "has no runtime", "name one");
  if (!code) {
    const { runtime, handler } = run;
    const { sourceMap, external } = config;
    const bundle = handlerBundle(scope, {
      // `checkCode` has seen that there is an entry, and that Node.js runs it.
      entry: entry as string,
      handler,
      runtime: runtime as "nodejs22.x",
      sourceMap,
      external,
      projectRoot: props.projectRoot,
      openTelemetry,
      identityTokens,
      define,
    });
    return { kind: "zip", ...bundle, runtime, handler: `index.${handler}` };
  }
  const { names, ...zip } = zipped(scope, code, path.resolve(projectRoot));
  const lacks = runtimeFamily(run.runtime) === "provided" && !names.includes("bootstrap") ? "bootstrap" : undefined;
  return { kind: "zip", ...zip, ...told, ...run, lacks };
}

function imageIn(scope: Construct, image: NonNullable<FunctionCodeConfig["image"]>, region: string) {
  const { uris, ...overrides } = image;
  const uri = (uris as Readonly<Record<string, string | undefined>>)[region];
  if (uri === undefined) {
    throw new ConstructError(
      scope,
      `has no image in ${region}, and Lambda takes none of another region`,
      "add it to code.image.uris",
    );
  }
  recordCode(scope, { kind: "image", name: uri.slice(uri.indexOf("/") + 1) });
  return { uri, ...overrides };
}

interface Zip {
  readonly file: string;
  readonly sha256: string;
  readonly zippedBytes: number;
  readonly unzippedBytes: number;
  /** Paths of the files in it. */
  readonly names: readonly string[];
}

/** Zips of this process: hundreds of functions may share one. */
const zips = new Map<string, Zip>();

function zipped(
  scope: Construct,
  code: FunctionCodeConfig,
  projectRoot: string,
): Omit<HandlerBundle, "answersWarming" | "answersProbes"> & { readonly names: readonly string[] } {
  const { archive, folder, build } = code;
  const name = archive ?? folder ?? "";
  const identity = JSON.stringify({ archive, folder, build });
  const key = `${projectRoot}\n${identity}`;
  const zip =
    zips.get(key) ??
    (archive === undefined ? zipOfFolder(scope, projectRoot, name, build) : zipOfUser(scope, projectRoot, name));
  zips.set(key, zip);
  const { zippedBytes, unzippedBytes, names } = zip;
  checkSize(
    scope,
    name,
    { zippedBytes, unzippedBytes },
    "leave out what it does not need, move packages to a layer, or use an image",
  );
  recordCode(scope, { kind: archive === undefined ? "folder" : "archive", name });
  return {
    assetPath: assetOf(scope, name, identity, zip).path,
    sourceCodeHash: Buffer.from(zip.sha256, "hex").toString("base64"),
    zippedBytes,
    unzippedBytes,
    names,
  };
}

function zipOfFolder(scope: Construct, projectRoot: string, folder: string, build: FunctionCodeConfig["build"]): Zip {
  if (build) buildFolder(scope, projectRoot, folder, build);
  const files = filesBelow(scope, path.resolve(projectRoot, folder), folder);
  const bytes = zipOf(files);
  const hash = sha256(bytes);
  const file = path.join(projectRoot, ".evenkeel", "code", hash, "code.zip");
  writeWhole(file, bytes);
  const unzippedBytes = files.reduce((sum, { bytes: { length } }) => sum + length, 0);
  return { file, sha256: hash, zippedBytes: bytes.length, unzippedBytes, names: files.map(({ name }) => name) };
}

function zipOfUser(scope: Construct, projectRoot: string, archive: string): Zip {
  const file = path.resolve(projectRoot, archive);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new ConstructError(
      scope,
      `there is no archive ${archive}`,
      "build it before you synthesize, or correct its path",
    );
  }
  const bytes = readFileSync(file);
  const { unzipSync } = require("fflate") as typeof import("fflate");
  let unzippedBytes = 0;
  const names: string[] = [];
  try {
    unzipSync(bytes, {
      filter({ name, originalSize }) {
        names.push(name.replace(/^\.\//, ""));
        unzippedBytes += originalSize;
        return false;
      },
    });
  } catch {
    throw new ConstructError(scope, `${archive} is no zip file that can be read`, "build it again");
  }
  return { file, sha256: sha256(bytes), zippedBytes: bytes.length, unzippedBytes, names };
}

/** The id depends on where the code is, not on the content, so cdktf removes the zip of an earlier synth. */
function assetOf(scope: Construct, name: string, identity: string, zip: Zip): TerraformAsset {
  const stack = TerraformStack.of(scope);
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const id = `code-${slug}-${sha256(identity).slice(0, 8)}`;
  const existing = stack.node.tryFindChild(id) as TerraformAsset | undefined;
  return (
    existing ??
    new TerraformAsset(stack, id, { path: zip.file, type: AssetType.FILE, assetHash: zip.sha256.slice(0, 32) })
  );
}
