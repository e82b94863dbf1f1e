import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Json, objectOf } from "./json";
import type { StackFolder } from "./manifest";
import { readConfiguration } from "./missing-providers";
import { describeEnd } from "./process";
import { programName } from "./program";
import { runTerraform } from "./run-terraform";
import type { SynthesizedStack } from "./synthesized-stack";
import { TerraformError } from "./terraform-error";

/** Where a project keeps lock files, one for each stack; relative to its folder. */
export const lockFolder = "locks";

/** The lock file of a stack, whether it is there or not. */
export const lockFileOf = (stack: string): string => join(lockFolder, `${stack}.hcl`);

/** What Terraform calls it in the folder of a stack. */
export const lockFileName = ".terraform.lock.hcl";

/**
 * Puts the project's lock file of a stack into its folder, in place of what an earlier init has left there.
 * @returns the project's file; undefined if there is none or the stack requires no provider, and then the folder is left as it is
 */
export function useLockFile({ name, folder }: Pick<StackFolder, "name" | "folder">): string | undefined {
  const file = lockFileOf(name);
  if (!existsSync(file)) return undefined;
  // Terraform refuses a lock file of more than is required, and a state of a stack that is gone is read without providers.
  const { terraform, module } = readConfiguration(folder);
  if (module === undefined && Object.keys(objectOf(objectOf(terraform).required_providers)).length === 0) {
    return undefined;
  }
  writeFileSync(join(folder, lockFileName), readFileSync(file));
  return file;
}

/** What Terraform and OpenTofu say of a lock file that does not have what they would install. */
const aboutLockFile = /lock ?file|locked provider|checksums previously recorded|dependency changes/i;

/** What to do about an error of an init, if it is about the project's lock file; undefined otherwise. */
export const explainLockFile = (words: string, file: string, environment = "<environment>"): string | undefined =>
  aboutLockFile.test(words.replace(/\s+/g, " "))
    ? `${file} does not have the providers that would be installed here: another version, or none for this platform. Run \`evenkeel locks ${environment}\` and commit what it writes.`
    : undefined;

export interface LockOptions {
  /** What of the stack says which providers it requires. */
  readonly required: RequiredProviders;
  /** `linux_amd64` */
  readonly platforms: readonly string[];
  /** A folder in the form of a filesystem mirror, or the https address of a network mirror; the provider's registry if left out. */
  readonly mirror?: string;
  /** A folder to work in; it is made, and deleted. */
  readonly scratch: string;
  /** Environment variables on top of this process's own. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** The part of a stack that says which providers it requires: its own, and those of modules written in HCL. */
export interface RequiredProviders {
  readonly configuration: Json;
  /** Folder of the modules that are in files, if there are modules. */
  readonly assets?: string;
}

/** A lock file that was made. */
export interface MadeLock {
  readonly content: string;
  /** Platforms that it has checksums for. */
  readonly platforms: readonly string[];
  /** Why it is for this platform alone; undefined where it is for all that were asked for. */
  readonly reason?: string;
}

const noRegistry = /could not (connect|query)|failed to request discovery|no such host|dial tcp|context deadline/i;

/**
 * Makes a lock file of the newest versions that are allowed, for several platforms. Where the registry cannot be reached, and this
 * platform is among them, it is made by an init for this platform alone, from wherever that installs providers.
 * @throws TerraformError
 */
export async function lockProviders(options: LockOptions): Promise<MadeLock> {
  const { configuration, assets } = options.required;
  const { platforms, mirror, scratch, env, signal } = options;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  try {
    writeFileSync(join(scratch, "main.tf.json"), JSON.stringify(configuration));
    if (assets !== undefined && existsSync(assets)) symlinkSync(resolve(assets), join(scratch, "assets"), "junction");
    const run = (args: readonly string[]) =>
      runTerraform(args, { cwd: scratch, env: { ...process.env, ...env }, signal });
    const from = mirror === undefined ? [] : [mirrorOption(mirror)];
    const args = ["providers", "lock", "-no-color", ...from, ...platforms.map((platform) => `-platform=${platform}`)];
    if (assets !== undefined) {
      const got = await run(["get", "-no-color"]);
      if (got.code !== 0) throw new TerraformError(`The modules could not be fetched:\n${wordsOf(got.stderr)}`);
    }
    const locked = await run(args);
    const content = () => readFileSync(join(scratch, lockFileName), "utf8");
    if (locked.code === 0) return { content: content(), platforms };
    const words = wordsOf(locked.stderr) || wordsOf(locked.stdout) || describeEnd(locked);
    const command = `${basename(programName({ ...process.env, ...env }))} ${args.join(" ")}`;
    const here = thisPlatform();
    signal?.throwIfAborted();
    if (mirror !== undefined || !noRegistry.test(words) || !platforms.includes(here)) {
      throw new TerraformError(`${command} failed:\n${words}`);
    }
    rmSync(join(scratch, lockFileName), { force: true });
    const initialized = await run(["init", "-no-color", "-input=false"]);
    if (initialized.code !== 0) {
      throw new TerraformError(
        `${command} failed:\n${words}\n\nAn init for ${here} alone failed as well:\n${wordsOf(initialized.stderr) || wordsOf(initialized.stdout)}`,
      );
    }
    return { content: content(), platforms: [here], reason: words };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The providers that a lock file names, with their versions. */
export function lockedProviders(content: string): { source: string; version: string }[] {
  const blocks = content.matchAll(/^provider "([^"]+)" \{\s*\n\s*version\s*=\s*"([^"]+)"/gm);
  return [...blocks].map(([, source = "", version = ""]) => ({ source, version }));
}

/** What a stack requires; those that require the same can have the same lock file. */
export function requiredProviders({
  folder,
  terraform: stack,
}: Pick<SynthesizedStack, "folder" | "terraform">): RequiredProviders {
  const terraform = { required_providers: objectOf(objectOf(stack.terraform).required_providers) };
  if (stack.module === undefined) return { configuration: { terraform } };
  return {
    configuration: { terraform, provider: stack.provider, module: stack.module },
    assets: join(folder, "assets"),
  };
}

const mirrorOption = (mirror: string): string =>
  /^https:/.test(mirror) ? `-net-mirror=${mirror}` : `-fs-mirror=${resolve(mirror)}`;

const systems: Partial<Record<NodeJS.Platform, string>> = { win32: "windows" };
const processors: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", ia32: "386" };

/** This machine in Terraform's words: `linux_amd64`. */
export const thisPlatform = (): string =>
  `${systems[process.platform] ?? process.platform}_${processors[process.arch] ?? process.arch}`;

/** An error without the frame around it. */
const wordsOf = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(/^[╷│╵ ]+/, "").trimEnd())
    .filter((line) => line !== "")
    .join("\n");
