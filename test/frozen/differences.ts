import { stageTable } from "../../config";
import { resourcesOf, type SynthesizedStack } from "../../terraform";
import { describeStacks } from "./describe-stacks";

/** The capabilities that cannot stand without this one, directly or by way of another. */
export function dependentsOf(name: string): string[] {
  const direct = stageTable.names.filter((other) => stageTable.get(other).needs?.includes(name));
  return [...new Set(direct.flatMap((other) => [other, ...dependentsOf(other)]))];
}

/** The arguments of each resource, by `<stack> <address>` and then by path; text that is JSON counts as one value. */
export type Arguments = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** What is compared of an environment. */
export interface Description {
  readonly arguments: Arguments;
  /** As frozen for environments. */
  readonly lines: readonly string[];
}

export const descriptionOf = (stacks: readonly SynthesizedStack[]): Description => ({
  arguments: argumentsOf(stacks),
  lines: describeStacks(stacks),
});

/** `+` for what comes, `-` for what goes (both as frozen for environments), `~` for arguments that read differently. */
export function differences(without: Description, with_: Description): string[] {
  const changed = [...with_.arguments].flatMap(([address, values]) => {
    const old = without.arguments.get(address);
    if (!old || old === values) return [];
    const paths = [...new Set([...Object.keys(old), ...Object.keys(values)])];
    return paths
      .filter((path) => old[path] !== values[path])
      .map((path) => `~ ${address} ${path}: ${short(old[path])} -> ${short(values[path])}`);
  });
  const [before, after] = [new Set(without.lines), new Set(with_.lines)];
  return [
    ...with_.lines.filter((line) => !before.has(line)).map((line) => `+ ${line}`),
    ...without.lines.filter((line) => !after.has(line)).map((line) => `- ${line}`),
    ...changed,
  ].sort();
}

const argumentsOf = (stacks: readonly SynthesizedStack[]): Arguments =>
  new Map(
    stacks.flatMap((stack) =>
      [...resourcesOf(stack)].map(([address, entry]) => [`${stack.name} ${address}`, sameLeaves(entry)] as const),
    ),
  );

const known = new Map<string, Readonly<Record<string, unknown>>>();

/** One object for all resources with the same arguments: an environment is described many times, and most of it stays. */
function sameLeaves(entry: unknown): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(entry);
  const found = known.get(text) ?? leaves(entry);
  known.set(text, found);
  return found;
}

function leaves(value: unknown, path = ""): Record<string, unknown> {
  if (value === null || typeof value !== "object") return { [path]: value };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key)),
  );
}

function short(value: unknown): string {
  const shown = JSON.stringify(value) ?? "nothing";
  return shown.length > 60 ? "..." : shown;
}
