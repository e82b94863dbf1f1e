import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Machine } from "./machine";

/**
 * Folders that the Terraform CLI configuration names: `plugin_cache_dir` and each `filesystem_mirror`.
 * Empty if the configuration is missing or unreadable.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file
 */
export function cliConfigFolders(machine: Machine): string[] {
  return configFiles(machine).flatMap((file) => foldersIn(readOrEmpty(file), machine));
}

/** The CLI configuration that the user's own Terraform reads, if the file exists. */
export function userCliConfig(machine: Machine): string | undefined {
  const file = machine.env.TF_CLI_CONFIG_FILE || machine.env.TERRAFORM_CONFIG || defaultFile(machine);
  return readOrEmpty(file) ? file : undefined;
}

function defaultFile(machine: Machine): string {
  const windows = machine.platform.startsWith("windows");
  return windows
    ? path.join(machine.env.APPDATA ?? machine.home, "terraform.rc")
    : path.join(machine.home, ".terraformrc");
}

function configFiles(machine: Machine): string[] {
  const main = userCliConfig(machine);
  const folder = path.join(machine.home, ".terraform.d");
  let more: string[] = [];
  try {
    more = readdirSync(folder).filter((name) => /\.tfrc(\.json)?$/.test(name));
  } catch {
    // Most machines have no such folder.
  }
  return [...(main ? [main] : []), ...more.sort().map((name) => path.join(folder, name))];
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Covers both native HCL and JSON without a parser: it only reads two settings, each with a quoted folder. */
function foldersIn(text: string, machine: Machine): string[] {
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*(#|\/\/).*$/gm, "");
  const quoted = `"?\\s*[:=]\\s*"((?:[^"\\\\]|\\\\.)*)"`;
  const cache = [...plain.matchAll(new RegExp(`plugin_cache_dir${quoted}`, "g"))];
  const mirrors = [
    ...plain.matchAll(new RegExp(`filesystem_mirror"?\\s*[:=]?\\s*\\[?\\s*\\{[^}]*?"?path${quoted}`, "g")),
  ];
  return [...mirrors, ...cache].map((match) => expand(match[1] ?? "", machine)).filter(Boolean);
}

function expand(folder: string, machine: Machine): string {
  const plain = folder.replace(/\\(.)/g, "$1");
  return plain.replace(/\$\{?(\w+)\}?/g, (_whole, name: string) => machine.env[name] ?? "");
}
