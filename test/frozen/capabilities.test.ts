import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironment, stageTable } from "../../config";
import project from "../../evenkeel.config";
import type { SynthesizedStack } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";
import { dependentsOf, differences } from "./differences";
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
