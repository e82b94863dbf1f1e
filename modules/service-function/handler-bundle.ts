import { statSync } from "node:fs";
import path from "node:path";
import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ConstructError } from "../core";
import { type CachedBundle, cachedBundle } from "./bundle-cache";
import { SeenInputs, sha256 } from "./bundle-inputs";
import { BundleError, type BundleOptions, bundleIdentity } from "./bundle-options";
import { recordBundle } from "./recorded-bundles";

/** A handler's code as part of the synthesized output. */
export interface HandlerBundle {
  /** Path of the zip, relative to the folder where Terraform runs. */
  readonly assetPath: string;
  /** Base64 of the zip's SHA-256, which Terraform compares. */
  readonly sourceCodeHash: string;
  readonly zippedBytes: number;
  readonly unzippedBytes: number;
  /** Whether the runtime's answer to warming calls is among what it imports. */
  readonly answersWarming: boolean;
  /** The same of that to probe calls. */
  readonly answersProbes: boolean;
}

/**
 * Lambda's limits in bytes: 50 MB for a direct upload, 250 MB unzipped.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const codeSizeLimits = { zippedBytes: 50 * 1024 * 1024, unzippedBytes: 250 * 1024 * 1024 } as const;

/** One bundle per handler and options in this process: hundreds of functions may share one. */
const bundles = new Map<string, CachedBundle>();

/** Each file is asked once in a process as well whether it has changed. */
const seenInputs = new SeenInputs();

/**
 * The zip of a handler, copied to the synthesized output once per stack.
 * @throws ConstructError if the file or the export is missing, or the code cannot be bundled or is too large
 */
export function handlerBundle(
  scope: Construct,
  { projectRoot = process.cwd(), ...options }: Omit<BundleOptions, "projectRoot"> & { readonly projectRoot?: string },
): HandlerBundle {
  const complete: BundleOptions = { ...options, projectRoot: path.resolve(projectRoot) };
  const bundle = bundleOnce(scope, complete);
  const { zippedBytes, unzippedBytes, answersWarming, answersProbes } = bundle;
  checkSize(scope, complete.entry, { zippedBytes, unzippedBytes });
  recordBundle(scope, complete, bundle);
  return {
    assetPath: assetOf(scope, complete, bundle).path,
    sourceCodeHash: Buffer.from(bundle.sha256, "hex").toString("base64"),
    zippedBytes,
    unzippedBytes,
    answersWarming,
    answersProbes,
  };
}

/** Returns what is wrong with a handler's file and what to do, or undefined. Does not check the file's content. */
export function handlerFileProblem(projectRoot: string, entry: string): string | undefined {
  if (statSync(path.resolve(projectRoot, entry), { throwIfNoEntry: false })?.isFile()) return undefined;
  return `there is no file ${entry} in ${path.resolve(projectRoot)}; create the handler or correct its path`;
}

/** @throws ConstructError if the code is larger than Lambda allows */
export function checkSize(
  scope: Construct,
  entry: string,
  size: Pick<HandlerBundle, "zippedBytes" | "unzippedBytes">,
  remedy = "import less, or move large packages to a layer and list them in external",
): void {
  for (const kind of ["zippedBytes", "unzippedBytes"] as const) {
    if (size[kind] <= codeSizeLimits[kind]) continue;
    const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`;
    throw new ConstructError(
      scope,
      `the code of ${entry} has ${megabytes(size[kind])} ${kind === "zippedBytes" ? "zipped" : "unzipped"}, but Lambda allows ${megabytes(codeSizeLimits[kind])}`,
      remedy,
    );
  }
}

function bundleOnce(scope: Construct, options: BundleOptions): CachedBundle {
  const key = `${options.projectRoot}\n${bundleIdentity(options)}`;
  const known = bundles.get(key);
  if (known) return known;
  const problem = handlerFileProblem(options.projectRoot, options.entry);
  if (problem) {
    const [what = "", remedy = ""] = problem.split("; ");
    throw new ConstructError(scope, what, remedy);
  }
  try {
    const bundle = cachedBundle(options, seenInputs);
    bundles.set(key, bundle);
    return bundle;
  } catch (error) {
    if (error instanceof BundleError) throw new ConstructError(scope, error.problem, error.remedy);
    throw error;
  }
}

/** The id depends on the handler and its options, not the content, so cdktf removes the zip of an earlier synth. */
function assetOf(scope: Construct, options: BundleOptions, bundle: CachedBundle): TerraformAsset {
  const stack = TerraformStack.of(scope);
  const slug = options.entry
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const id = `code-${slug}-${sha256(bundleIdentity(options)).slice(0, 8)}`;
  const existing = stack.node.tryFindChild(id) as TerraformAsset | undefined;
  if (existing) return existing;
  return new TerraformAsset(stack, id, {
    path: bundle.zipPath,
    type: AssetType.FILE,
    assetHash: bundle.sha256.slice(0, 32),
  });
}
