import { resolve } from "node:path";
import type { Backend, Json, StackJson, SynthesizedStack } from "../terraform";
import { objectOf } from "../terraform";

/** `data.terraform_remote_state` blocks of a stack, by name. */
export const stateReferences = ({ data }: StackJson): Readonly<Record<string, Json>> =>
  objectOf(objectOf(data).terraform_remote_state) as Readonly<Record<string, Json>>;

/** The stack of the same output folder whose state a block reads; undefined for a state from elsewhere. */
export function stackRead(
  reader: SynthesizedStack,
  block: Json,
  stacks: readonly SynthesizedStack[],
): string | undefined {
  const read = placeOf({ [String(block.backend)]: objectOf(block.config) } as Backend, reader.folder);
  if (read === undefined) return undefined;
  return stacks.find(({ terraform, folder }) => placeOf(terraform.terraform?.backend ?? {}, folder) === read)?.name;
}

/** What tells one state from another, of a backend and of what reads it. */
function placeOf({ local, s3, ...others }: Backend, folder: string): string | undefined {
  if (local?.path) return `local ${resolve(folder, local.path)}`;
  if (s3?.bucket && s3.key) return `s3 ${s3.bucket} ${s3.key}`;
  const [type] = Object.keys(others);
  return type === undefined ? undefined : `${type} ${JSON.stringify(others[type])}`;
}

/** A stack that reads states from files: those that are named. */
export function readingFiles(stack: StackJson, files: ReadonlyMap<string, string>): StackJson {
  const references = Object.entries(stateReferences(stack)).map(([name, block]) => {
    const file = files.get(name);
    return [name, file === undefined ? block : { backend: "local", config: { path: file } }] as const;
  });
  if (references.length === 0) return stack;
  return {
    ...stack,
    data: { ...stack.data, terraform_remote_state: Object.fromEntries(references) },
  } as StackJson;
}

/** A stack whose own state is in a file. */
export const withStateIn = (stack: StackJson, file: string): StackJson =>
  ({ ...stack, terraform: { ...stack.terraform, backend: { local: { path: file } } } }) as StackJson;
