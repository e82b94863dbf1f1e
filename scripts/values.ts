import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { DataFile } from "../values/constraint";
import { families } from "../values/types";
import { Botocore } from "./values/botocore";
import { CfnLint } from "./values/cfn-lint";
import { changesOf } from "./values/constants-file";
import { dataFileOf, dataFileText } from "./values/data-file";
import { differencesOf } from "./values/difference";
import { patternsLeftOut } from "./values/patterns-left-out";
import { permissionsFile } from "./values/permissions";
import { providerSchema } from "./values/provider-schema";
import { regionalData } from "./values/regional-data";

/**
 * `npm run values`: writes values/data from the API models of botocore and the schemas of cfn-lint. With `--check` it writes
 * nothing, and ends with 1 if they say something else.
 */
async function main(): Promise<number> {
  const { botocore, cfnlint, handlers, check } = new Command("values")
    .option("--botocore <folder>", "the Python package botocore, by default the one that python3 imports")
    .option("--cfnlint <folder>", "the Python package cfnlint, by default the one that python3 imports")
    .option(
      "--handlers <folder>",
      "the Python package cfnlint of a version that has permissions of handlers; without, those stay",
    )
    .option("--check", "compares, and writes nothing", false)
    .parse()
    .opts<{ botocore?: string; cfnlint?: string; handlers?: string; check: boolean }>();
  const api = new Botocore(botocore ?? folderOf("botocore"));
  const schemas = new CfnLint(cfnlint ?? folderOf("cfnlint"));
  const schema = await providerSchema();
  const folder = join("values", "data");
  const files = new Map<string, DataFile>();
  for (const [name, family] of Object.entries(families)) {
    // Vault has no model.
    if (Object.values(family).some((type) => type.api ?? type.cfn))
      files.set(name, dataFileOf(family, schema, api, schemas));
  }

  const differences = [...files].flatMap(([name, now]) => {
    const path = join(folder, `${name}.json`);
    return differencesOf(existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as DataFile) : undefined, now);
  });
  // Versions that have handlers lack what older ones say of regions.
  const permissions = handlers ? [await permissionsFile(new CfnLint(handlers))] : [];
  const constants = [...regionalData(schemas), ...permissions];
  differences.push(...constants.flatMap((file) => changesOf(file).map((line) => `${file.path}: ${line}`)));
  say(`botocore ${api.version}, cfn-lint ${schemas.version}`);
  for (const line of patternsLeftOut(files.values())) say(`not checked: ${line}`);
  if (differences.length === 0) say("no difference");
  else for (const line of differences) say(line);
  if (check) return differences.length === 0 ? 0 : 1;

  mkdirSync(folder, { recursive: true });
  for (const [name, file] of files) writeFileSync(join(folder, `${name}.json`), dataFileText(file));
  for (const { path, text } of constants) writeFileSync(path, text);
  return 0;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Where python3 has a package. */
function folderOf(name: string): string {
  const code = `import importlib.util as u; print(u.find_spec("${name}").submodule_search_locations[0])`;
  try {
    return execFileSync("python3", ["-c", code], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    throw new Error(
      `python3 has no ${name}; install it with \`pip install ${name === "cfnlint" ? "cfn-lint" : name}\``,
    );
  }
}

void main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  },
);
