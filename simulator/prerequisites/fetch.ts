import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runTerraform } from "../../terraform";
import { SimulatorError } from "../errors";
import { userCliConfig } from "./cli-config";
import type { Machine } from "./machine";
import { awsProvider, type FoundProvider, findProvider, ownCache } from "./provider";

/**
 * Lets Terraform install the provider (about 150 MB) into the project's own cache, as the user's CLI
 * configuration says: from the registry or from a network mirror.
 */
export async function fetchProvider(terraform: string, machine: Machine): Promise<FoundProvider> {
  const cache = ownCache(machine);
  const folder = path.join(cache, "fetch");
  mkdirSync(folder, { recursive: true });
  const source = `${awsProvider.host}/${awsProvider.source}`;
  const required = { [awsProvider.name]: { source, version: awsProvider.version } };
  writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
  const { code, stderr } = await runTerraform(["init", "-backend=false", "-input=false", "-no-color"], {
    terraform,
    cwd: folder,
    // A variable that points to a missing file would only add a warning.
    env: { ...machine.env, TF_PLUGIN_CACHE_DIR: cache, TF_CLI_CONFIG_FILE: userCliConfig(machine) },
  });
  rmSync(folder, { recursive: true, force: true });
  const found = code === 0 ? findProvider(machine, [cache]) : undefined;
  if (found) return found;
  throw new SimulatorError(
    `The AWS provider is missing: ${source} ${awsProvider.version} for ${machine.platform} is neither in ` +
      "TF_PLUGIN_CACHE_DIR, nor in a filesystem mirror, nor in .evenkeel/providers, and Terraform could not install it " +
      `(${reason(stderr)}); run \`terraform providers mirror <folder>\` where the registry can be reached and set ` +
      "TF_PLUGIN_CACHE_DIR to that folder.",
  );
}

/** The sentence of Terraform's message that says why, without the frame around it. */
function reason(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.replace(/^[│╷╵|\s]+/, "").trim());
  const start = lines.findIndex((line) => line.startsWith("Error:"));
  const text = lines.slice(Math.max(start, 0)).filter(Boolean).slice(0, 4).join(" ");
  return text.slice(0, 300) || "it gave no reason";
}
