import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Json } from "../../terraform/json";
import { SimulatorError } from "../errors";
import { type CommandLine, flagsOf, isGiven, without } from "./command-line";
import { parseHcl } from "./configuration";
import { tellingArguments } from "./states";

/** What `-backend-config` adds to a backend, now or in the last `init`, and the arguments without it. */
export async function partialConfiguration(
  { command, args }: CommandLine,
  folder: string,
  directory: string,
): Promise<{ config: Json; args: readonly string[] }> {
  const file = path.join(directory, "backends", folder.slice(path.parse(folder).root.length), "partial.json");
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Json) : {};
  if (command !== "init") return { config: known, args };
  const flags = flagsOf(args).filter(({ name }) => name === "backend-config");
  if (flags.length === 0 && !isGiven(args, "reconfigure")) return { config: known, args };
  const given: Json[] = [];
  for (const { value } of flags) given.push(await backendConfig(value, folder));
  // Kept in a file from here on: nothing secret.
  const config = tellingArguments(Object.assign({}, ...given) as Json);
  if (flags.length > 0 || existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(config));
  }
  return { config, args: without(args, flags) };
}

/** @see https://developer.hashicorp.com/terraform/language/backend#partial-configuration */
async function backendConfig(value: string, folder: string): Promise<Json> {
  const [, name, text = ""] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (name !== undefined) return { [name.trim()]: text };
  const file = path.resolve(folder, value);
  try {
    const content = readFileSync(file, "utf8");
    return file.endsWith(".json") ? (JSON.parse(content) as Json) : await parseHcl(content, folder);
  } catch (error) {
    if (error instanceof SimulatorError) throw error;
    throw new SimulatorError(
      `-backend-config=${value}: cannot be read. Name a file with the arguments of the backend.`,
    );
  }
}
