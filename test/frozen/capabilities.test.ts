import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironment, type Stage, stages, stageTable } from "../../config";
import project from "../../evenkeel.config";
import { pairsOf } from "../support/environment-proof";
import { temporaryFolder } from "../support/temporary-folder";
import { type Arguments, type Description, dependentsOf, descriptionOf, differences } from "./differences";
import { expectFrozen } from "./frozen-file";
import { synthesizedStacks } from "./synthesize";

const outdir = temporaryFolder();
const { input } = project.find("prod");

type Exceptions = Readonly<Record<string, boolean>>;

const known = new Map<string, Description>();

/** Prod, which uses every capability, at a stage, with capabilities that come early or are left out. */
function describedAt(stage: Stage, exceptions: Exceptions = {}): Description {
  const key = JSON.stringify([stage, Object.entries(exceptions).sort()]);
  const found = known.get(key);
  if (found) return found;
  const reasons = Object.fromEntries(
    Object.entries(exceptions).map(([name, enabled]) => [name, { enabled, reason: "to see that it can be excepted" }]),
  );
  const environment = defineEnvironment({ ...input, exceptions: reasons });
  const description = descriptionOf(synthesizedStacks(environment, { stage }, join(outdir, "prod")));
  known.set(key, description);
  return description;
}

/** What every resource of it is. */
const prodAt = (stage: Stage, exceptions: Exceptions = {}): Arguments => describedAt(stage, exceptions).arguments;

/** What a capability has nothing to do without in prod, though it may be on. */
const idleWithout: Readonly<Record<string, readonly string[]>> = { chaosExperiments: ["standbyServices"] };

/** What a capability needs to bring something, directly or by way of another. */
const needsOf = (name: string): string[] => [
  ...new Set(
    [...(stageTable.get(name).needs ?? []), ...(idleWithout[name] ?? [])].flatMap((other) => [
      other,
      ...needsOf(other),
    ]),
  ),
];

/** Exceptions that bring a capability to an earlier stage, with all that it needs and that is not there yet. */
const early = (stage: Stage, name: string): Exceptions =>
  Object.fromEntries(
    [name, ...needsOf(name)].filter((each) => !stageTable.brings(stage, each)).map((each) => [each, true]),
  );

/** Exceptions that leave a capability out, with all that cannot stand without it. */
const leftOut = (stage: Stage, name: string): Exceptions =>
  Object.fromEntries(
    [name, ...dependentsOf(name)].filter((each) => stageTable.brings(stage, each)).map((each) => [each, false]),
  );

/** Exceptions that leave out what cannot stand without a capability, and not the capability itself. */
const dependentsLeftOut = (stage: Stage, name: string): Exceptions =>
  Object.fromEntries(Object.entries(leftOut(stage, name)).filter(([each]) => each !== name));

/** What is in the second and not in the first: resources, and arguments of resources that are in both. */
function added(without: Arguments, with_: Arguments): string[] {
  return [...with_].flatMap(([address, values]) => {
    const old = without.get(address);
    if (!old) return [address];
    if (old === values) return [];
    return Object.keys(values)
      .filter((path) => values[path] !== old[path])
      .map((path) => `${address} ${path}`);
  });
}

const isThere = (all: Arguments, address: string): boolean => all.has(address);
const gone = (before: Arguments, after: Arguments): string[] =>
  [...before.keys()].filter((address) => !after.has(address));
const at = (index: number): Stage => stages[index] as Stage;

const capabilities = stageTable.names.map((name) => [name, stageTable.since(name) as Stage] as const);

describe("Each capability, in prod", () => {
  test.each(capabilities)("%s comes with %s and not before, and stays", (name, since) => {
    const brought = added(prodAt(since, leftOut(since, name)), prodAt(since, dependentsLeftOut(since, name)));
    expect(brought).not.toEqual([]);
    const resources = brought.filter((line) => !line.includes(" ", line.indexOf(" ") + 1));
    const before = stages.indexOf(since) - 1;
    if (before >= 0) {
      expect(resources.filter((address) => isThere(prodAt(at(before)), address))).toEqual([]);
    }
    for (const later of stages.slice(stages.indexOf(since))) {
      expect([later, resources.filter((address) => !isThere(prodAt(later), address))]).toEqual([later, []]);
    }
  });

  test.each(
    capabilities.flatMap(([name, since]) =>
      stages.slice(0, stages.indexOf(since)).map((stage) => [name, stage, since] as const),
    ),
  )("%s comes early by an exception, at %s, and its own stage %s takes nothing of it away", (name, stage, since) => {
    const excepted = prodAt(stage, early(stage, name));
    const without = Object.fromEntries(Object.entries(early(stage, name)).filter(([each]) => each !== name));
    expect(added(prodAt(stage, without), excepted)).not.toEqual([]);
    expect(gone(prodAt(stage), excepted)).toEqual([]);
    expect(gone(excepted, prodAt(since))).toEqual([]);
  });

  test.each(
    capabilities.flatMap(([name, since]) => stages.slice(stages.indexOf(since)).map((stage) => [name, stage] as const)),
  )("%s is left out by an exception at %s, and comes without taking anything away once that ends", (name, stage) => {
    const excepted = prodAt(stage, leftOut(stage, name));
    const with_ = prodAt(stage, dependentsLeftOut(stage, name));
    expect(added(excepted, with_)).not.toEqual([]);
    expect(gone(excepted, with_)).toEqual([]);
    expect(gone(excepted, prodAt(stage))).toEqual([]);
  });

  test("is refused as an exception that has no effect, and without a reason", () => {
    for (const [name, since] of capabilities) {
      const define = (enabled: boolean, reason: string, stage: Stage) =>
        defineEnvironment({ ...input, stage, exceptions: { [name]: { enabled, reason } } }).resolve();
      expect(() => define(true, "is there already at this stage", since)).toThrow(name);
      expect(() => define(false, "", "optimization")).toThrow("reason");
    }
  });
});

test("Every capability of the table is frozen, and none else", () => {
  const files = readdirSync(join(__dirname, "brings")).map((file) => file.replace(/\.txt$/, ""));
  expect(files.sort()).toEqual([...stageTable.names].sort());
});

describe("The capability", () => {
  test.each(stageTable.names)("%s brings just what is frozen", (name) => {
    const last = "optimization";
    const lines = differences(describedAt(last, leftOut(last, name)), describedAt(last, dependentsLeftOut(last, name)));
    expect(lines).not.toEqual([]);
    expectFrozen(join("brings", `${name}.txt`), lines);
  });
});

describe("A promotion of prod", () => {
  const pairs = pairsOf(stages);

  test("is one of every pair of stages", () => {
    expect(pairs).toHaveLength((stages.length * (stages.length - 1)) / 2);
    expect(pairs).toContainEqual(["foundation", "optimization"]);
  });

  test.each(pairs)("from %s to %s takes no resource away", (from, to) => {
    expect(gone(prodAt(from), prodAt(to))).toEqual([]);
    // The way back would, so that nothing is compared with itself.
    expect(gone(prodAt(to), prodAt(from))).not.toEqual([]);
  });
});

test("Every environment of the project is promoted by real Terraform, through every pair of stages", () => {
  // Each of these files calls proveEnvironment, which promotes through the pairs of `pairsOf`.
  for (const { name } of project.environments) {
    expect([name, existsSync(join(__dirname, "..", "full", `${name}.test.ts`))]).toEqual([name, true]);
  }
});
