import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Json, objectOf } from "../../terraform/json";
import { messageOf, SimulatorError } from "../errors";

/** A configuration file of Terraform or OpenTofu, as JSON whichever syntax it has. */
export interface ConfigurationFile {
  readonly name: string;
  readonly syntax: "json" | "hcl";
  readonly isOverride: boolean;
  /** The blocks of the file; one element unless a JSON file has a list. */
  readonly roots: readonly Json[];
}

/** The configuration in one folder. */
export interface Configuration {
  readonly folder: string;
  /** In the order in which Terraform reads them: overrides last. */
  readonly files: readonly ConfigurationFile[];
}

const isConfiguration = (name: string): boolean => /\.(tf|tofu)(\.json)?$/.test(name) && !/^\.|~$|^#.*#$/.test(name);

/** @see https://developer.hashicorp.com/terraform/language/files/override */
const isOverride = (name: string): boolean => /(^|_)override\.(tf|tofu)(\.json)?$/.test(name);

/** Names of the configuration files in a folder. */
export const configurationNames = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter(isConfiguration).sort() : [];

/**
 * Reads the configuration of a folder.
 * @param cache folder where parsed HCL is kept: the parser takes most of a second to load
 * @throws SimulatorError for a file that cannot be read: what it says about states is not known then
 */
export async function readConfiguration(folder: string, cache: string): Promise<Configuration> {
  const files: ConfigurationFile[] = [];
  for (const name of configurationNames(folder)) {
    const file = path.join(folder, name);
    const syntax = name.endsWith(".json") ? "json" : "hcl";
    try {
      const parsed = await parse(file, syntax, cache);
      files.push({ name, syntax, isOverride: isOverride(name), roots: blocks(parsed) });
    } catch (error) {
      throw new SimulatorError(
        `${file}: cannot be read (${messageOf(error).split("\n")[0]}), so it is not known which state it is about. Correct the file.`,
      );
    }
  }
  return { folder, files: [...files.filter((file) => !file.isOverride), ...files.filter((file) => file.isOverride)] };
}

async function parse(file: string, syntax: "json" | "hcl", cache: string): Promise<unknown> {
  const text = readFileSync(file, "utf8");
  return syntax === "json" ? JSON.parse(text) : parseHcl(text, path.dirname(file), cache);
}

/**
 * Parses native syntax: blocks become lists, expressions become texts such as `${var.name}`.
 * @param folder where the parser is looked for beside this package
 * @param cache where the result is kept, if it may be
 */
export async function parseHcl(text: string, folder: string, cache?: string): Promise<Json> {
  const known = cache && path.join(cache, `${createHash("sha256").update(text).digest("hex")}.json`);
  if (known && existsSync(known)) return JSON.parse(readFileSync(known, "utf8")) as Json;
  const parsed = await hclParser([__dirname, folder, process.cwd()]).parse("configuration.tf", text);
  if (!known) return parsed;
  mkdirSync(cache, { recursive: true });
  writeFileSync(known, JSON.stringify(parsed));
  return parsed;
}

/** HashiCorp's own parser, which the command lines of cdktn and cdktf bring along. */
const parsers = ["@cdktn/hcl2json", "@cdktf/hcl2json"];

interface HclParser {
  parse(name: string, text: string): Promise<Json>;
}

/** @throws SimulatorError if the parser is not installed */
export function hclParser(folders: readonly string[]): HclParser {
  for (const name of parsers) {
    let file: string;
    try {
      file = require.resolve(name, { paths: [...folders] });
    } catch {
      continue;
    }
    return require(file) as HclParser;
  }
  throw new SimulatorError(
    `HCL is read with @cdktn/hcl2json, which is not installed; run npm install --save-dev ${parsers[0]}`,
  );
}

/** The blocks of one kind: JSON and HCL both write one or a list of them. */
export const blocks = (value: unknown): Json[] => [value].flat(2).map(objectOf);

/** The values of the blocks `terraform { … }`, file by file. */
export const settings = (file: ConfigurationFile): Json[] => file.roots.flatMap((root) => blocks(root.terraform));

/** A block with two labels, such as a resource. */
export interface Labelled {
  readonly type: string;
  readonly name: string;
  readonly body: Json;
}

/** The `resource`, `data` or `ephemeral` blocks of a configuration. */
export const labelled = ({ files }: Configuration, kind: string): Labelled[] =>
  labelledIn(
    files.flatMap(({ roots }) => roots),
    kind,
  );

/** The data sources inside of `check` blocks. */
export const checkedData = ({ files }: Configuration): Labelled[] =>
  labelledIn(
    files
      .flatMap(({ roots }) => roots)
      .flatMap((root) => blocks(root.check))
      .flatMap(Object.values)
      .flatMap(blocks),
    "data",
  );

function labelledIn(bodies: readonly Json[], kind: string): Labelled[] {
  return bodies
    .flatMap((body) => blocks(body[kind]))
    .flatMap((types) => Object.entries(types))
    .flatMap(([type, named]) =>
      blocks(named).flatMap((names) =>
        Object.entries(names).flatMap(([name, body]) => blocks(body).map((one) => ({ type, name, body: one }))),
      ),
    );
}

/** Whether a value holds an expression of Terraform anywhere. */
export const hasExpression = (value: unknown): boolean =>
  typeof value === "string" ? /[$%]\{/.test(value) : Object.values(value ?? {}).some(hasExpression);
