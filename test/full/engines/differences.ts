import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EngineName, engineNames } from "../../../scaffold";

/** A value that an engine writes where the first one writes another. */
export interface Difference {
  /** Path of keys in a stack's `cdk.tf.json`, or below `manifest`, with a star for the name of a stack. */
  readonly where: string;
  readonly value: string;
}

/** Everything that two output folders of all environments and stages differ in, each difference once. */
export function differences(first: string, other: string): Difference[] {
  const files = filesOf(first);
  const found = new Map<string, Difference>();
  for (const file of new Set([...files, ...filesOf(other)])) {
    const [one, two] = [first, other].map((folder) =>
      filesOf(folder).includes(file) ? read(join(folder, file)) : undefined,
    );
    const root = file.endsWith("manifest.json") ? ["manifest"] : [];
    for (const difference of inValues(one, two, one === undefined || two === undefined ? [file] : root)) {
      found.set(JSON.stringify(difference), difference);
    }
  }
  return [...found.values()];
}

const known = new Map<string, readonly string[]>();

/** The Terraform JSON, manifests and accepted findings in a folder. */
function filesOf(folder: string): readonly string[] {
  const files =
    known.get(folder) ??
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      /(cdk\.tf|manifest|accepted-findings)\.json$/.test(file),
    );
  known.set(folder, files);
  return files;
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

function inValues(one: unknown, two: unknown, path: readonly string[]): Difference[] {
  if (one === two) return [];
  if (!isObject(one) || !isObject(two)) return [{ where: path.join("."), value: JSON.stringify(two) ?? "nothing" }];
  return [...new Set([...Object.keys(one), ...Object.keys(two)])].flatMap((key) =>
    inValues(one[key], two[key], [...path, path.at(-1) === "stacks" ? "*" : key]),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** The differences of an engine that docs/engines.md explains, by its table of them. */
export function explained(engine: EngineName): Difference[] {
  const [, section = ""] = readFileSync(join("docs", "engines.md"), "utf8").split("\n## Differences of the JSON\n");
  const [table = ""] = section.split("\n## ");
  const rows = table
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim().replaceAll("`", ""))
        .slice(1, -1),
    );
  const column = engineNames.indexOf(engine);
  return rows.flatMap(([where = "", ...cells]) => {
    const value = cells[column] ?? "";
    return value === cells[0] ? [] : [{ where, value }];
  });
}
