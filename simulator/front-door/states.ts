import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { type Json, objectOf } from "../../terraform/json";
import { blocks } from "./configuration";

/** Where a state is kept: the type of a backend and its arguments. */
export interface Place {
  /** `local`, `s3`, `gcs`; `remote` for a `cloud` block too. */
  readonly type: string;
  readonly config: Json;
}

/** Arguments of the S3 backend that do not lead away from the simulated S3: no endpoints, credentials, roles or proxies. */
const s3Arguments = new Set([
  "acl",
  "bucket",
  "encrypt",
  "key",
  "kms_key_id",
  "region",
  "skip_region_validation",
  "use_lockfile",
  "workspace_key_prefix",
]);

/** The arguments that tell one state from another, for each backend that is replaced by files. */
const identities: Readonly<Record<string, readonly string[]>> = {
  azurerm: ["storage_account_name", "container_name", "key"],
  consul: ["path"],
  cos: ["bucket", "prefix", "key"],
  gcs: ["bucket", "prefix"],
  http: ["address"],
  kubernetes: ["namespace", "secret_suffix"],
  oss: ["bucket", "prefix", "key"],
  pg: ["conn_str", "schema_name"],
  remote: ["hostname", "organization", "workspaces"],
};

/** Where the states of a simulated cloud are, in place of those that configurations name. */
export class SimulatedStates {
  private readonly root: string;

  /** @param directory absolute folder of the simulated cloud */
  constructor(readonly directory: string) {
    this.root = path.join(directory, "state");
  }

  /** Whether a file is below the folder of the simulated cloud, symbolic links followed. */
  has(file: string): boolean {
    return isBelow(realOf(this.directory), realOf(file));
  }

  /**
   * The simulated place of a state; the same one where nothing has to be changed.
   * @param folder the folder with the configuration
   */
  placeOf({ type, config }: Place, folder: string): Place {
    if (type === "s3") return { type, config: simulatedS3(config) };
    if (type === "local") return { type, config: this.local(config, folder) };
    const file = this.replaced({ type, config }) ?? this.fileOf(path.join(folder, "terraform.tfstate"));
    return { type: "local", config: { path: file, workspace_dir: `${file}.d` } };
  }

  /** Whether a place, with all its arguments given, is one of the simulated cloud. */
  isSimulated({ type, config }: Place, folder: string): boolean {
    if (type === "s3") return Object.entries(config).every(([name, value]) => isUnset(value) || s3Arguments.has(name));
    if (type !== "local") return false;
    const { path: file = "terraform.tfstate", workspace_dir: workspaces = "terraform.tfstate.d" } = set(config);
    return [file, workspaces].every((each) => this.has(path.resolve(folder, String(each))));
  }

  private local(config: Json, folder: string): Json {
    const { path: file = "terraform.tfstate", workspace_dir: workspaces } = set(config);
    const state = this.fileOf(path.resolve(folder, String(file)));
    const isInside = state === path.resolve(folder, String(file));
    // Its workspaces are beside the configuration, which is inside too.
    if (isInside && workspaces === undefined && this.has(folder)) return config;
    const directory = this.folderOf(path.resolve(folder, String(workspaces ?? "terraform.tfstate.d")));
    return { path: state, workspace_dir: directory };
  }

  /** Where a file outside is kept; a file inside stays where it is. */
  private fileOf(file: string): string {
    if (this.has(file)) return file;
    const below = this.folderOf(file);
    return below.endsWith(".tfstate") ? below : `${below}.tfstate`;
  }

  private folderOf(folder: string): string {
    return this.has(folder) ? folder : path.join(this.root, "files", folder.slice(path.parse(folder).root.length));
  }

  /** A file for the state of another backend; undefined where the configuration does not tell which state it is. */
  private replaced({ type, config }: Place): string | undefined {
    const given = set(config);
    const names = identities[type] ?? Object.keys(given).sort();
    const told = names.map((name) => plainValue(given[name])).filter((value) => value !== undefined);
    if (told.length === 0) return undefined;
    const readable = told.flatMap((value) => (typeof value === "string" ? [value] : Object.values(value).map(String)));
    const name = readable
      .join("-")
      .replace(/[^\w.-]+/g, "-")
      .replace(/^\W+/, "")
      .slice(-80);
    const digest = digestOf(told).slice(0, 8);
    // The text of a database's address may hold a password.
    return path.join(this.root, type, `${type === "pg" ? "" : `${name}-`}${digest}.tfstate`);
  }
}

/** The backend in what `init` writes down; a local one where it has written nothing. */
export function initializedFor(file: string): Place {
  if (!existsSync(file)) return { type: "local", config: {} };
  const { backend, cloud } = JSON.parse(readFileSync(file, "utf8")) as Json;
  if (cloud) return { type: "cloud", config: {} };
  const { type = "local", config } = objectOf(backend);
  return { type: String(type), config: objectOf(config) };
}

/** The arguments that tell which state is meant, without secrets. */
export function tellingArguments(config: Json): Json {
  const telling = new Set([...s3Arguments, ...Object.values(identities).flat(), "path", "workspace_dir"]);
  const kept = Object.entries(config).filter(([name]) => telling.has(name));
  // The text of a database's address may hold a password.
  return Object.fromEntries(kept.map(([name, value]) => [name, name === "conn_str" ? digestOf(value) : value]));
}

const digestOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** The arguments of the S3 backend without what leads away from the simulated one, and with its own lock for DynamoDB's. */
export function simulatedS3(config: Json): Json {
  const kept = Object.entries(config).filter(([name, value]) => s3Arguments.has(name) && !isUnset(value));
  const lock = isUnset(config.dynamodb_table) ? {} : { use_lockfile: true };
  return { ...Object.fromEntries(kept), ...lock };
}

const isUnset = (value: unknown): boolean => value === null || value === undefined;

const set = (config: Json): Json => Object.fromEntries(Object.entries(config).filter(([, value]) => !isUnset(value)));

/** A value in one form, whether it was written as a block or as an object. */
function plainValue(value: unknown): string | Json | undefined {
  if (isUnset(value)) return undefined;
  if (typeof value !== "object") return String(value);
  const [only = {}] = blocks(value);
  return Object.fromEntries(Object.entries(set(objectOf(only))).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** The path without symbolic links, as far as it exists. */
function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    const parent = path.dirname(file);
    return parent === file ? file : path.join(realOf(parent), path.basename(file));
  }
}
