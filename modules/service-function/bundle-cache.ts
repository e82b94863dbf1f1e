import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { keptFolder, packageRoot, writeWhole } from "../../loader";
import { buildBundle } from "./bundle-build";
import {
  type BundleInputs,
  compareInputs,
  inputFiles,
  markAgain,
  recordInputs,
  type SeenInputs,
  sha256,
} from "./bundle-inputs";
import { BundleError, type BundleOptions, bundleIdentity } from "./bundle-options";
import type { BundledPackages } from "./bundled-packages";

/** A handler's zip on disk. */
export interface CachedBundle {
  /** Absolute path of the zip. */
  readonly zipPath: string;
  /** SHA-256 of the zip, in hex. */
  readonly sha256: string;
  readonly zippedBytes: number;
  readonly unzippedBytes: number;
  /** Whether the runtime's answer to warming calls is among what it imports. */
  readonly answersWarming: boolean;
  /** Whether it holds what answers probe calls. */
  readonly answersProbes: boolean;
  /** The packages of which something is in it. */
  readonly packages: BundledPackages;
}

interface Manifest extends Omit<CachedBundle, "zipPath"> {
  readonly inputs: BundleInputs;
}

/** Must be raised when the same sources and options should give different bytes. */
const revision = 7;

/**
 * The zip of a handler. The cached one is reused if the inputs, options, tools and lock file are unchanged and its
 * bytes are intact. Zips are stored in `.evenkeel/bundles/<sha256>` in the project folder; those of the toolkit's own handlers
 * in `node_modules/.cache/evenkeel/bundles`, for all projects of an installation, or in the current folder where that cannot be written.
 * @param seen what other bundles of the same run have found of their inputs
 * @throws BundleError if the handler cannot be bundled or the folder is not writable
 */
export function cachedBundle(options: BundleOptions, seen?: SeenInputs): CachedBundle {
  const { projectRoot } = options;
  const folder = projectRoot === packageRoot() ? keptFolder("bundles") : path.join(projectRoot, ".evenkeel", "bundles");
  const manifestPath = path.join(folder, `${cacheKey(options)}.json`);
  const known = readManifest(manifestPath);
  const state = known && isIntact(folder, known) ? compareInputs(options.projectRoot, known.inputs, seen) : "changed";
  if (known && state !== "changed") {
    if (state === "touched") remark(options.projectRoot, manifestPath, known);
    return located(folder, known);
  }
  const startedAt = Date.now();
  const { bytes, unzippedBytes, inputs, packages } = buildBundle(options);
  const recorded = recordInputs(options.projectRoot, inputs);
  const files = inputFiles(recorded);
  const manifest: Manifest = {
    sha256: sha256(bytes),
    zippedBytes: bytes.length,
    unzippedBytes,
    answersWarming: files.some((file) => warmingAnswer.test(file)),
    answersProbes: files.some((file) => probeAnswer.test(file)),
    packages,
    inputs: recorded,
  };
  try {
    // The zip first, so that a manifest never references a missing zip.
    writeWhole(zipPathIn(folder, manifest), bytes);
    if (!changedSince(startedAt, options.projectRoot, files)) {
      writeWhole(manifestPath, JSON.stringify(manifest));
    }
  } catch (error) {
    throw new BundleError(
      `cannot write ${folder} (${(error as NodeJS.ErrnoException).code ?? error})`,
      "make the project folder writable",
    );
  }
  return located(folder, manifest);
}

function cacheKey(options: BundleOptions): string {
  const versions = ["esbuild", "fflate"].map(
    (tool) => (require(`${tool}/package.json`) as { version: string }).version,
  );
  return sha256(JSON.stringify([revision, ...versions, bundleIdentity(options)])).slice(0, 32);
}

const zipPathIn = (folder: string, { sha256 }: Manifest): string => path.join(folder, sha256, "handler.zip");

function located(folder: string, manifest: Manifest): CachedBundle {
  const { inputs: _, ...bundle } = manifest;
  return { ...bundle, zipPath: zipPathIn(folder, manifest) };
}

/** The file that answers warming calls, in this repository or in an installed package. */
const warmingAnswer = /(^|[\\/])runtime[\\/]warming[\\/]warmable\.(ts|js)$/;

/** The file that answers probe calls, in the same places. */
const probeAnswer = /(^|[\\/])runtime[\\/]breaker[\\/]pause\.(ts|js)$/;

function isIntact(folder: string, manifest: Manifest): boolean {
  try {
    return sha256(readFileSync(zipPathIn(folder, manifest))) === manifest.sha256;
  } catch {
    return false;
  }
}

/** The manifest, or undefined if it is missing or damaged; the bundle is then rebuilt. */
function readManifest(file: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(file, "utf8")) as Manifest;
    const complete =
      /^[0-9a-f]{64}$/.test(manifest.sha256) &&
      Array.isArray(manifest.inputs.files) &&
      Array.isArray(manifest.inputs.folders) &&
      manifest.packages;
    return complete ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Records the new times of files whose content is unchanged, so that the next synth does not need to read them. */
function remark(projectRoot: string, manifestPath: string, known: Manifest): void {
  const inputs = markAgain(projectRoot, known.inputs);
  try {
    if (inputs) writeWhole(manifestPath, JSON.stringify({ ...known, inputs }));
  } catch {
    // The next synth is just slower.
  }
}

/** Whether a file was saved during bundling: the recorded content may then differ from the bundled one. */
function changedSince(time: number, projectRoot: string, files: readonly string[]): boolean {
  // File times have the resolution of the system's clock tick, up to 10 ms behind.
  return files.some((file) => {
    const stat = statSync(path.resolve(projectRoot, file), { throwIfNoEntry: false });
    return stat !== undefined && Math.max(stat.mtimeMs, stat.ctimeMs) > time - 20;
  });
}
