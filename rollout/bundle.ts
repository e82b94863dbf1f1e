import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { z } from "zod";
import { UserError } from "../errors";
import type { ReviewedStack } from "./apply-rollout";
import { type DecryptOptions, decryptBundle, encryptBundle, isEncrypted } from "./encryption";
import { sha256 } from "./files";
import type { PlannedRollout } from "./plan-rollout";

/** A file is no bundle, or not the one that its name says. */
export class BundleFileError extends UserError {
  override readonly name = "BundleFileError";
  override readonly exitCode = 2;
}

const text = z.string();
const version = z.strictObject({ lineage: text.optional(), serial: z.number().optional() });
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What a bundle says of itself; without values of plans, which may be secret. */
const about = z.strictObject({
  format: z.literal(1),
  environment: text,
  stage: text,
  /** ISO 8601. */
  createdAt: text,
  /** The commit of the project; null outside of a repository. */
  commit: text.nullable(),
  /** The tree of that commit, which other commits with the same files have as well. */
  tree: text.nullable(),
  /** Whether files differed from that commit. */
  dirty: z.boolean(),
  versions: z.record(text, text),
  /** In which waves it goes. */
  waves: z.array(z.strictObject({ region: text.nullable(), stacks: z.array(text) })),
  /** Why the home region goes before standby regions; null where it does not. */
  homeFirst: text.nullable(),
  stacks: z.array(
    z.strictObject({
      stack: text,
      hasChanges: z.boolean(),
      state: version,
      predictedFrom: z.array(text),
      predicted: z.array(
        z.strictObject({ address: text, path: z.array(z.union([text, z.number()])), from: z.array(text) }),
      ),
    }),
  ),
  /** Stacks that it does not touch. Of those that a planned stack reads, the state has to be the same at the apply. */
  untouched: z.array(
    z.strictObject({ stack: text, because: z.enum(["unchanged", "left out"]), state: version.optional() }),
  ),
  /** SHA-256 of every other file of the bundle, by its path there. */
  files: z.record(text, digest),
});

export type BundleDescription = Omit<z.output<typeof about>, "format" | "files" | "stacks" | "untouched">;

/** What a bundle holds. */
export interface Bundle {
  /** SHA-256 of the file, in hex. */
  readonly digest: string;
  /** Whether the file is encrypted. */
  readonly encrypted: boolean;
  readonly about: z.output<typeof about>;
  readonly reviewed: readonly ReviewedStack[];
  readonly foretold: PlannedRollout["foretold"];
  /** What `writeBundle` was given; undefined for a bundle without one. */
  readonly review: unknown;
  /** Puts the cdktf output folder that is in it somewhere; what Terraform has initialized there stays. */
  readonly unpack: (output: string) => void;
}

const description = "rollout.json";
const foretoldFile = "foretold.json";
const reviewFile = "review.json";
const plansFolder = "plans";
const outputFolder = "output";

/** What of an output folder belongs into a bundle: what was synthesized, what Terraform chose as providers, and its plans. */
const belongs = /^(manifest\.json|stacks\/[^/]+\/(cdk\.tf\.json|plan|\.terraform\.lock\.hcl|assets\/.+))$/;

/** How a bundle is written. */
export interface WriteOptions {
  /** ARNs of KMS keys or aliases; none for a file that is not encrypted. */
  readonly encryptWith?: readonly string[];
  /** Is told which keys were left out, as they do not answer. */
  readonly log?: (line: string) => void;
}

/**
 * Writes a planned rollout into one file, whose name ends in the SHA-256 of its content.
 * @param folder where to put the file
 * @param output the cdktf output folder, with the plans that Terraform has made beside the stacks
 * @param review what reviewers are shown of it, without values of plans
 * @param encryptWith KMS keys that the file is encrypted with, each of which opens it; none for a plain file
 * @returns the file
 * @throws BundleEncryptionError where KMS refuses
 */
export async function writeBundle(
  folder: string,
  output: string,
  { stacks, foretold, unchanged, leftOut }: Omit<PlannedRollout, "unpredictable" | "notPlanned">,
  said: BundleDescription,
  review?: object,
  { encryptWith = [], log }: WriteOptions = {},
): Promise<string> {
  const contents: Record<string, Uint8Array> = { [foretoldFile]: json(foretold) };
  if (review !== undefined) contents[reviewFile] = json(review);
  for (const path of filesIn(output)) {
    contents[`${outputFolder}/${path}`] = readFileSync(join(output, path));
  }
  for (const { stack, plan } of stacks) contents[`${plansFolder}/${stack}.json`] = json(plan);
  // A plan on outputs that are not there yet is for review, as is one of a stack that was left out: neither is ever applied.
  const exact = stacks.filter(({ predictedFrom }) => predictedFrom.length === 0).map(({ stack }) => stack);
  for (const path of Object.keys(contents)) {
    const [, stack] = /^output\/stacks\/([^/]+)\/plan$/.exec(path) ?? [];
    if (stack !== undefined && !exact.includes(stack)) delete contents[path];
  }
  const files = Object.fromEntries(
    Object.keys(contents)
      .sort()
      .map((path) => [path, sha256(contents[path] as Uint8Array)]),
  );
  const all = about.parse({
    ...said,
    format: 1,
    stacks: stacks.map(({ stack, hasChanges, state, predictedFrom, predicted }) => ({
      stack,
      hasChanges,
      state,
      predictedFrom,
      predicted,
    })),
    untouched: [
      ...unchanged.map((one) => ({ ...one, because: "unchanged" })),
      ...leftOut.map((one) => ({ ...one, because: "left out" })),
    ],
    files,
  });
  const zip = zipSync({ [description]: json(all), ...contents }, { level: 6, mtime: new Date(1980, 0, 1) });
  const bytes = encryptWith.length === 0 ? zip : await encryptBundle(zip, encryptWith, said, log);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${said.environment}-${sha256(bytes)}.rollout`);
  // Plans hold secrets.
  writeFileSync(file, bytes, { mode: 0o600 });
  return file;
}

/**
 * Reads a bundle, and takes its word for nothing: every file is compared with its checksum, and the whole with the name.
 * @throws BundleFileError; BundleEncryptionError for one that cannot be decrypted
 */
export async function readBundle(file: string, options: DecryptOptions = {}): Promise<Bundle> {
  const { digest: of, environment, bytes } = readNamed(file);
  if (!isEncrypted(bytes)) return bundleOf(file, of, environment, bytes, false);
  const decrypted = await decryptBundle(file, bytes, options);
  if (decrypted.context.environment !== environment) throw ofAnother(file, decrypted.context.environment);
  return bundleOf(file, of, environment, decrypted.bytes, true);
}

/** The environment that the name of a bundle begins with; undefined for a file that is not called as one. */
export const environmentInName = (file: string): string | undefined => named.exec(basename(file))?.[1];

const named = /^(.+)-([0-9a-f]{64})\.rollout$/;

const ofAnother = (file: string, environment: string): BundleFileError =>
  new BundleFileError(
    `${file}: is a bundle of ${environment}, which its name does not say; rename it back, or plan again`,
  );

/** A file whose content is that of its name. */
function readNamed(file: string): { digest: string; environment: string; bytes: Uint8Array } {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new BundleFileError(`${file}: cannot be read; pass the file that \`evenkeel plan --out\` has written`);
  }
  const actual = sha256(bytes);
  const [, environment, expected] = named.exec(basename(file)) ?? [];
  if (environment === undefined) {
    throw new BundleFileError(
      `${file}: has no checksum in its name, as a bundle has: <environment>-<SHA-256>.rollout; rename it back, or plan again`,
    );
  }
  if (expected !== actual) {
    throw new BundleFileError(
      `${file}: is not the bundle that was written under this name, its content has the SHA-256 ${actual}; fetch it again, or plan again`,
    );
  }
  return { digest: actual, environment, bytes };
}

function bundleOf(file: string, digest: string, environment: string, bytes: Uint8Array, encrypted: boolean): Bundle {
  const contents = unzipped(file, bytes);
  const parsed = about.safeParse(parse(contents[description]));
  if (!parsed.success)
    throw new BundleFileError(`${file}: is no bundle of this version of evenkeel; plan again with this one`);
  if (parsed.data.environment !== environment) throw ofAnother(file, parsed.data.environment);
  const { files, stacks } = parsed.data;
  const others = Object.keys(contents).filter((path) => path !== description);
  const wrong = [
    ...Object.entries(files)
      .filter(([path, expected]) => !contents[path] || sha256(contents[path]) !== expected)
      .map(([path]) => path),
    ...others.filter((path) => !Object.hasOwn(files, path)),
  ];
  if (wrong.length > 0)
    throw new BundleFileError(
      `${file}: these files in it are not those that were planned: ${wrong.join(", ")}; plan again`,
    );
  return {
    digest,
    encrypted,
    about: parsed.data,
    reviewed: stacks.map((stack) => ({
      ...stack,
      plan: parse(contents[`${plansFolder}/${stack.stack}.json`]) as ReviewedStack["plan"],
    })),
    foretold: parse(contents[foretoldFile]) as Bundle["foretold"],
    review: parse(contents[reviewFile]),
    unpack: (output) => unpack(contents, output),
  };
}

function unzipped(file: string, bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch {
    throw new BundleFileError(`${file}: is no bundle; pass the file that \`evenkeel plan --out\` has written`);
  }
}

function unpack(contents: Record<string, Uint8Array>, output: string): void {
  const root = resolve(output);
  for (const path of filesIn(root)) rmSync(join(root, path));
  for (const [path, bytes] of Object.entries(contents)) {
    if (!path.startsWith(`${outputFolder}/`)) continue;
    const target = resolve(root, path.slice(outputFolder.length + 1));
    if (!target.startsWith(root + sep)) throw new BundleFileError(`${path}: would be outside of ${output}`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes, { mode: basename(target) === "plan" ? 0o600 : 0o644 });
  }
}

/** The files of an output folder that belong into a bundle, with `/` between folders. */
export const filesToBundle = (output: string): string[] => filesIn(output);

function filesIn(folder: string, root = folder): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const path = join(folder, name);
    const shown = relative(root, path).split(sep).join("/");
    if (lstatSync(path).isDirectory()) return name === ".terraform" ? [] : filesIn(path, root);
    return belongs.test(shown) ? [shown] : [];
  });
}

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const parse = (bytes: Uint8Array | undefined): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes ?? []).toString("utf8"));
  } catch {
    return undefined;
  }
};
