import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { type Json, objectOf } from "../../terraform/json";
import { blocks, type Configuration, type ConfigurationFile } from "./configuration";
import type { Redirection } from "./redirect";

/** What Terraform keeps beside a configuration; in a simulation it has its own. */
const kept =
  /^(\.terraform|\.terraform\.lock\.hcl|terraform\.tfstate\.d|errored\.tfstate)$|\.tfstate(\.backup|\.lock\.info)?$/;
const lockFile = ".terraform.lock.hcl";

/** The last of the files in the order in which Terraform reads overrides. */
const overrideName = "~evenkeel_override.tf.json";

/**
 * The folder that a simulated Terraform works in: the files of the real folder, and of those beside and above it, as symbolic
 * links, with the backend and the states that are read written over. Everything that Terraform itself writes stays here.
 */
export class WorkingFolder {
  readonly path: string;

  /**
   * @param directory the folder of the simulated cloud
   * @param folder the folder with the configuration
   * @param project the highest folder whose files can be named with `..`
   */
  constructor(
    private readonly directory: string,
    private readonly folder: string,
    private readonly project: string,
  ) {
    this.path = this.copyOf(folder);
  }

  /** Where `-out` puts a saved plan, and where it is looked for. */
  planFile(file: string): string {
    return path.join(this.directory, "plans", withoutRoot(path.resolve(this.folder, file)));
  }

  /** Brings it up to date with the real folder. Only one process may do so at a time, as folders share those above them. */
  write(configuration: Configuration, redirection: Redirection): void {
    for (const folder of this.foldersAbove()) this.link(folder, () => true);
    const written = writtenOver(configuration, redirection);
    this.link(this.folder, (name) => !kept.test(name) && !written.has(name));
    for (const [name, content] of written) writeIfChanged(path.join(this.path, name), content);
    for (const name of readdirSync(this.path)) {
      const isLeft = /\.tf(\.json)?$/.test(name) && !lstatSync(path.join(this.path, name)).isSymbolicLink();
      if (isLeft && !written.has(name)) rmSync(path.join(this.path, name));
    }
    this.takeLockFile();
    // What follows writes here, which must not lead out of the simulated cloud.
    if (realpathSync(this.path) !== path.join(realpathSync(this.directory), path.relative(this.directory, this.path))) {
      throw new Error(`${this.path} is a symbolic link`);
    }
  }

  private copyOf(folder: string): string {
    return path.join(this.directory, "folders", withoutRoot(folder));
  }

  /** From the project's folder down to the parent. */
  private foldersAbove(): string[] {
    const above: string[] = [];
    for (let at = this.folder; at !== this.project && path.dirname(at) !== at; at = path.dirname(at)) {
      above.unshift(path.dirname(at));
    }
    return above.includes(this.project) ? above : [];
  }

  /** Links what is in a folder, but for what leads down to this one, to the simulated cloud, and what is left out. */
  private link(folder: string, isWanted: (name: string) => boolean): void {
    const copy = this.copyOf(folder);
    mkdirSync(copy, { recursive: true });
    const leads = (name: string, to: string) => `${to}${path.sep}`.startsWith(path.join(folder, name) + path.sep);
    const names = readdirSync(folder).filter(
      (name) => name !== ".git" && !leads(name, this.folder) && !leads(name, this.directory) && isWanted(name),
    );
    for (const name of names) {
      const [from, to] = [path.join(folder, name), path.join(copy, name)];
      if (linkTo(from, to)) continue;
      // Another folder that is worked in, which may be read from here as a module.
      if (lstatSync(to).isDirectory() && existsSync(from)) this.link(from, (below) => !kept.test(below));
    }
    for (const name of readdirSync(copy)) {
      if (!names.includes(name) && isLink(path.join(copy, name))) rmSync(path.join(copy, name), { force: true });
    }
  }

  /** Begins with the versions of the real folder's lock file, and takes them anew when it has changed. */
  private takeLockFile(): void {
    const [real, own] = [path.join(this.folder, lockFile), path.join(this.path, lockFile)];
    const taken = path.join(this.path, ".terraform.lock.hcl.taken");
    if (!existsSync(real) || (existsSync(taken) && readFileSync(taken).equals(readFileSync(real)))) return;
    copyFileSync(real, own);
    copyFileSync(real, taken);
  }
}

const withoutRoot = (file: string): string => file.slice(path.parse(file).root.length);

const isLink = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/** @returns false if something else is there that was made here */
function linkTo(target: string, link: string): boolean {
  const found = lstatSync(link, { throwIfNoEntry: false });
  if (found && !found.isSymbolicLink()) return false;
  if (found && readlinkSync(link) === target) return true;
  rmSync(link, { force: true });
  symlinkSync(target, link);
  return true;
}

function writeIfChanged(file: string, content: string): void {
  if (isLink(file)) rmSync(file);
  else if (existsSync(file) && readFileSync(file, "utf8") === content) return;
  writeFileSync(file, content);
}

/**
 * The files that differ from the real ones. A single JSON file, as cdktf writes it, gets the values itself; anything else gets
 * an override file beside it.
 */
function writtenOver({ files }: Configuration, redirection: Redirection): Map<string, string> {
  const [only] = files;
  const root = only?.roots.length === 1 ? only.roots[0] : undefined;
  if (files.length === 1 && only?.syntax === "json" && root && isPlain(root)) {
    return new Map([[only.name, JSON.stringify(rewritten(root, redirection), undefined, 2)]]);
  }
  const { backend, remoteStates } = redirection;
  const override = {
    ...(backend && { terraform: { backend: { [backend.type]: backend.config } } }),
    ...(Object.keys(remoteStates).length > 0 && { data: { terraform_remote_state: remoteStates } }),
  };
  return new Map([[lastName(files), JSON.stringify(override, undefined, 2)]]);
}

const lastName = (files: readonly ConfigurationFile[]): string => {
  const last =
    files
      .map(({ name }) => name)
      .sort()
      .at(-1) ?? "";
  return last > overrideName
    ? `${last.replace(/(_?override)?\.tf(\.json)?$/, "")}~evenkeel_override.tf.json`
    : overrideName;
};

/** Whether the blocks that are replaced are written as objects, not as lists of them. */
const isPlain = ({ terraform, data }: Json): boolean =>
  [terraform, data, objectOf(data).terraform_remote_state].every((value) => !Array.isArray(value));

/** A configuration of one file with another backend, and other states that it reads. */
function rewritten(root: Json, { backend, remoteStates }: Redirection): Json {
  const { backend: _, cloud: __, ...settings } = objectOf(root.terraform);
  const others = { terraform: backend ? { ...settings, backend: { [backend.type]: backend.config } } : root.terraform };
  const data = objectOf(root.data);
  if (Object.keys(remoteStates).length === 0) return { ...root, ...others };
  const named = objectOf(data.terraform_remote_state);
  const replaced = Object.fromEntries(
    Object.entries(named).map(([name, body]) => [name, { ...(blocks(body)[0] ?? {}), ...remoteStates[name] }]),
  );
  return { ...root, ...others, data: { ...data, terraform_remote_state: replaced } };
}
