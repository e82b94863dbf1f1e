import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { State } from "../../terraform/state";
import type { Counts } from "../calls/apply";

/** Folders of a simulated cloud that hold states: of local backends, and objects of the simulated S3. */
export const stateFolders = ["state", "s3"];

/** The files of all states that a simulated cloud keeps in its folder. */
export function stateFiles(directory: string): string[] {
  return stateFolders
    .map((name) => path.join(directory, name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.tfstate(\.object)?$/.test(name))
        .map((name) => path.join(folder, name)),
    );
}

/** What was seen of one state. */
interface Seen {
  /** Time and size of the file, by which a change is noticed. */
  readonly stamp: string;
  /** Digests of its `terraform_data` resources, by their ids. */
  readonly resources: Readonly<Record<string, string>>;
}

interface Journal {
  readonly counts: Counts;
  readonly files: Readonly<Record<string, Seen>>;
}

const nothing: Counts = { created: 0, changed: 0, destroyed: 0 };
const journalOf = (directory: string): string => path.join(directory, "built-in.json");

/**
 * Counts what happened to the resources of Terraform's own provider (`terraform_data`) since the last look. No other provider is
 * told of them, so only the states show it: a look before each Terraform, and one at the end, misses nothing.
 * Only one process may look at a time.
 * @param from begins a new count there
 */
export function countBuiltIn(directory: string, from?: "now"): Counts {
  const file = journalOf(directory);
  const known: Journal = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Journal)
    : { counts: nothing, files: {} };
  const files = Object.fromEntries(stateFiles(directory).flatMap((state) => look(state, known.files[state])));
  const [before, after] = [known.files, files].map((seen) => resourcesOf(seen ?? {}));
  const since = changes(before ?? new Map(), after ?? new Map());
  const counts = {
    created: known.counts.created + since.created,
    changed: known.counts.changed + since.changed,
    destroyed: known.counts.destroyed + since.destroyed,
  };
  const result = from === "now" ? nothing : counts;
  writeFileSync(file, JSON.stringify({ counts: result, files }));
  return result;
}

/** @returns nothing for a state that cannot be read, or is gone by now */
function look(file: string, known?: Seen): [string, Seen][] {
  try {
    const { mtimeMs, size } = statSync(file);
    const stamp = `${mtimeMs} ${size}`;
    if (known?.stamp === stamp) return [[file, known]];
    const text = readFileSync(file, "utf8");
    const resources = text.includes('"terraform_data"') ? builtInOf(JSON.parse(text) as State) : {};
    return [[file, { stamp, resources }]];
  } catch {
    return known ? [[file, known]] : [];
  }
}

const builtInOf = ({ resources }: State): Record<string, string> =>
  Object.fromEntries(
    resources
      .filter(({ mode, type }) => mode === "managed" && type === "terraform_data")
      .flatMap(({ instances }) => instances.map(({ attributes }) => [String(attributes.id), digest(attributes)])),
  );

const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("base64");

/** By their ids, whichever state they are in: one that moves to another state is no other. */
const resourcesOf = (files: Readonly<Record<string, Seen>>): Map<string, string> =>
  new Map(Object.values(files).flatMap(({ resources }) => Object.entries(resources)));

function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Counts {
  return {
    created: [...after.keys()].filter((id) => !before.has(id)).length,
    changed: [...after].filter(([id, now]) => before.has(id) && before.get(id) !== now).length,
    destroyed: [...before.keys()].filter((id) => !after.has(id)).length,
  };
}
