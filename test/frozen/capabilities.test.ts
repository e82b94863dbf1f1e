import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironment, stageTable } from "../../config";
import project from "../../evenkeel.config";
import { resourcesOf, type SynthesizedStack } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";
import { describeStacks } from "./describe-stacks";
import { expectFrozen } from "./frozen-file";
import { synthesizedStacks } from "./synthesize";

const outdir = temporaryFolder();

const known = new Map<string, readonly SynthesizedStack[]>();

/** Prod, which uses every capability, at the last stage without some of them. */
function prodWithout(names: readonly string[]): readonly SynthesizedStack[] {
  const key = [...names].sort().join(" ");
  const exceptions = Object.fromEntries(
    names.map((name) => [name, { enabled: false, reason: "to see what it brings, it is left out" }]),
  );
  const { input } = project.find("prod");
  const environment = defineEnvironment({ ...input, exceptions });
  const stacks = known.get(key) ?? synthesizedStacks(environment, { stage: "optimization" }, join(outdir, "prod"));
  known.set(key, stacks);
  return stacks;
}

/** The capabilities that cannot stand without this one, directly or by way of another. */
function dependentsOf(name: string): string[] {
  const direct = stageTable.names.filter((other) => stageTable.get(other).needs?.includes(name));
  return [...new Set(direct.flatMap((other) => [other, ...dependentsOf(other)]))];
}

/** `+` for what comes, `-` for what goes (both as frozen for environments), `~` for arguments that read differently. */
function differences(without: readonly SynthesizedStack[], with_: readonly SynthesizedStack[]): string[] {
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
function argumentsOf(stacks: readonly SynthesizedStack[]): Map<string, Record<string, unknown>> {
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

test("Every capability of the table is frozen, and none else", () => {
  const files = readdirSync(join(__dirname, "brings")).map((file) => file.replace(/\.txt$/, ""));
  expect(files.sort()).toEqual([...stageTable.names].sort());
});

describe("The capability", () => {
  test.each(stageTable.names)("%s brings just what is frozen", (name) => {
    const others = dependentsOf(name);
    const lines = differences(prodWithout([name, ...others]), prodWithout(others));
    expect(lines).not.toEqual([]);
    expectFrozen(join("brings", `${name}.txt`), lines);
  });
});
