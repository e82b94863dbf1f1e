import { stageTable } from "../../config";
import { resourcesOf, type SynthesizedStack } from "../../terraform";
import { describeStacks } from "./describe-stacks";

/** The capabilities that cannot stand without this one, directly or by way of another. */
export function dependentsOf(name: string): string[] {
  const direct = stageTable.names.filter((other) => stageTable.get(other).needs?.includes(name));
  return [...new Set(direct.flatMap((other) => [other, ...dependentsOf(other)]))];
}

/** `+` for what comes, `-` for what goes (both as frozen for environments), `~` for arguments that read differently. */
export function differences(without: readonly SynthesizedStack[], with_: readonly SynthesizedStack[]): string[] {
  const [before, after] = [argumentsOf(without), argumentsOf(with_)];
  const [linesBefore, linesAfter] = [describeStacks(without), describeStacks(with_)];
  const changed = [...after].flatMap(([address, values]) => {
    const old = before.get(address);
    if (!old) return [];
    const paths = [...new Set([...Object.keys(old), ...Object.keys(values)])];
    return paths
      .filter((path) => old[path] !== values[path])
      .map((path) => `~ ${address} ${path}: ${short(old[path])} -> ${short(values[path])}`);
  });
  return [
    ...linesAfter.filter((line) => !linesBefore.includes(line)).map((line) => `+ ${line}`),
    ...linesBefore.filter((line) => !linesAfter.includes(line)).map((line) => `- ${line}`),
    ...changed,
  ].sort();
}

/** The arguments of each resource, by `<stack> <address>` and then by path; text that is JSON counts as one value. */
export function argumentsOf(stacks: readonly SynthesizedStack[]): Map<string, Record<string, unknown>> {
  return new Map(
    stacks.flatMap((stack) =>
      [...resourcesOf(stack)].map(([address, entry]) => [`${stack.name} ${address}`, leaves(entry)] as const),
    ),
  );
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
