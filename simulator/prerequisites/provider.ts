import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { cliConfigFolders } from "./cli-config";
import type { Machine } from "./machine";

/** The provider that the simulated cloud runs, and that what it fills in, reads and refuses was made for. */
export const awsProvider = { host: "registry.terraform.io", source: "hashicorp/aws", name: "aws", version: "5.100.0" };

/** A provider on disk: a program, or the archive that holds it. */
export interface FoundProvider {
  path: string;
  packed: boolean;
}

/** The project's own cache, filled if the provider is nowhere else. */
export function ownCache(machine: Machine): string {
  return path.join(machine.cwd, ".evenkeel", "providers");
}

/** Folders with the layout `<registry host>/<namespace>/<name>/…` that may have the provider, most specific first. */
export function mirrorFolders(machine: Machine): string[] {
  const { env } = machine;
  const cache = env.TF_PLUGIN_CACHE_DIR ? [env.TF_PLUGIN_CACHE_DIR] : [];
  const roots = [machine.home, ...machine.roots];
  return [
    ...cache,
    ...cliConfigFolders(machine),
    ownCache(machine),
    path.join(machine.cwd, ".terraform", "providers"),
    ...impliedMirrors(machine),
    ...roots,
    ...roots.flatMap(subfolders),
  ];
}

/** @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
function impliedMirrors({ cwd, home, env, platform, roots }: Machine): string[] {
  const here = path.join(cwd, "terraform.d", "plugins");
  if (platform.startsWith("windows")) {
    const data = env.APPDATA ?? home;
    return [here, path.join(data, "terraform.d", "plugins"), path.join(data, "HashiCorp", "Terraform", "plugins")];
  }
  const personal = path.join(home, ".terraform.d", "plugins");
  if (platform.startsWith("darwin")) {
    const support = path.join("Library", "Application Support", "io.terraform", "plugins");
    return [here, personal, path.join(home, support), path.join("/", support)];
  }
  const data = env.XDG_DATA_HOME || path.join(home, ".local", "share");
  const shared = env.XDG_DATA_DIRS?.split(":").filter(Boolean) ?? roots;
  return [here, personal, ...[data, ...shared].map((folder) => path.join(folder, "terraform", "plugins"))];
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => path.join(folder, entry.name));
  } catch {
    return [];
  }
}

/** The provider for this platform, unpacked or packed, in the first folder that has it. */
export function findProvider(machine: Machine, folders = mirrorFolders(machine)): FoundProvider | undefined {
  for (const folder of folders) {
    const found = providerIn(folder, machine.platform);
    if (found) return found;
  }
  return undefined;
}

function providerIn(folder: string, platform: string): FoundProvider | undefined {
  const base = path.join(folder, awsProvider.host, ...awsProvider.source.split("/"));
  const unpacked = path.join(base, awsProvider.version, platform);
  try {
    const program = readdirSync(unpacked).find((name) => name.startsWith(`terraform-provider-${awsProvider.name}`));
    if (program && statSync(path.join(unpacked, program)).isFile()) {
      return { path: path.join(unpacked, program), packed: false };
    }
  } catch {
    // Not here.
  }
  const archive = path.join(base, `terraform-provider-${awsProvider.name}_${awsProvider.version}_${platform}.zip`);
  return existsSync(archive) ? { path: archive, packed: true } : undefined;
}

/** The provider that the simulated cloud runs, and its path if this machine has it. */
export function findAwsProvider(machine: Machine): {
  readonly version: string;
  readonly path?: string;
} {
  return { version: awsProvider.version, path: findProvider(machine)?.path };
}
