import { join } from "node:path";
import { stages } from "../../../config";
import project from "../../../evenkeel.config";
import { asWritten } from "../../../simulator/reads/as-written";
import { typesWithReads } from "../../../simulator/reads/services";
import { synthesizedStacks } from "../../frozen/synthesize";
import { temporaryFolder } from "../../support/temporary-folder";

describe("How the simulated cloud reads", () => {
  const outdir = temporaryFolder();
  const made = new Set<string>();

  beforeAll(() => {
    for (const environment of project.environments) {
      for (const stage of stages) {
        for (const stack of synthesizedStacks(environment, { stage }, join(outdir, environment.name))) {
          for (const typeName of Object.keys(stack.terraform.resource ?? {})) {
            if (typeName.startsWith("aws_")) made.add(typeName);
          }
        }
      }
    }
  });

  test("is written down for every resource type that the toolkit makes", () => {
    const known = new Set([...typesWithReads, ...Object.keys(asWritten)]);
    expect(made.size).toBeGreaterThan(70);
    expect([...made].filter((typeName) => !known.has(typeName)).sort()).toEqual([]);
  });

  test("is said once for each type", () => {
    expect(Object.keys(asWritten).filter((typeName) => typesWithReads.includes(typeName))).toEqual([]);
    expect(typesWithReads.length).toBe(new Set(typesWithReads).size);
  });

  test("names no type that the toolkit no longer makes as one that is read as it was written", () => {
    expect(Object.keys(asWritten).filter((typeName) => !made.has(typeName))).toEqual([]);
  });
});
