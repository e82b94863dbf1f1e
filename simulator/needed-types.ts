import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import type { Backend, StackJson } from "../terraform";
import type { Peer } from "./peer";
import type { ObjectStore } from "./state-store/objects";

/** Commands that only use the types in the folder's configuration and state. */
const commands = new Set(["plan", "apply", "destroy", "refresh", "validate"]);

/**
 * The resource types and data sources that Terraform can meet in the folder where it runs: every word in its
 * configuration and state that looks like one. Undefined when that is not certain, e.g. for a folder with modules.
 * @param objects The state store, for the S3 backend.
 */
export function neededTypes({ folder, args }: Peer, objects: ObjectStore): Set<string> | undefined {
  const [command, file] = args.filter((arg) => !arg.startsWith("-"));
  if (command === "show" && file) return typesOfPlan(path.resolve(folder, file));
  if (!command || !commands.has(command) || args.some((arg) => /^-?-state/.test(arg))) return undefined;
  try {
    const texts = configuration(folder);
    const [only] = texts;
    // cdktf synthesizes a single JSON file.
    if (texts.length !== 1 || only === undefined) return undefined;
    const config = JSON.parse(only) as StackJson;
    if (config.module) return undefined;
    const states = stateTexts(folder, config.terraform?.backend ?? { local: {} }, objects);
    return states && typesIn([only, ...states]);
  } catch {
    return undefined;
  }
}

/** The types in a saved plan, an archive that contains its configuration and state; undefined for any other file. */
function typesOfPlan(file: string): Set<string> | undefined {
  try {
    const entries = Object.values(unzipSync(readFileSync(file)));
    return typesIn(entries.map((entry) => Buffer.from(entry).toString("latin1")));
  } catch {
    return undefined;
  }
}

const typesIn = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => text.match(/aws_[a-z0-9_]+/g) ?? []));

function configuration(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.tf(\.json)?$/.test(name));
  return names.map((name) => readFileSync(path.join(folder, name), "utf8"));
}

/** The states of every workspace. */
function stateTexts(folder: string, backend: Backend, objects: ObjectStore): string[] | undefined {
  const { local, s3 } = backend;
  if (local) {
    const workspaces = path.resolve(folder, local.workspace_dir ?? "terraform.tfstate.d");
    const files = existsSync(workspaces) ? readdirSync(workspaces, { recursive: true, encoding: "utf8" }) : [];
    const states = files.filter((file) => file.endsWith(".tfstate")).map((file) => path.join(workspaces, file));
    return [path.resolve(folder, local.path ?? "terraform.tfstate"), ...states]
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, "utf8"));
  }
  const { bucket, key } = s3 ?? {};
  if (!bucket || !key) return undefined;
  const keys = objects.list(bucket, "").filter((candidate) => candidate.endsWith(key));
  return keys.map((candidate) => objects.get(bucket, candidate)?.body.toString("utf8") ?? "");
}
