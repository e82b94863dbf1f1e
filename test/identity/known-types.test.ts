import { isKnownType } from "../../identity";
import { rules } from "../../identity/types";
import { newEachTime } from "../../identity/types/new-each-time";
import { importedTypes, resourcesOfEnvironments, resourcesOfOptions } from "../support/sent-resources";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();

const unknown = (types: readonly string[]): string[] => [...new Set(types)].filter((type) => !isKnownType(type));

describe("What makes resources the same is known", () => {
  test("of every type that the toolkit imports", () => {
    const types = importedTypes();
    expect(new Set(types).size).toBeGreaterThan(90);
    expect(types).toContain("aws_sqs_queue");
    expect(types).toContain("vault_policy");
    expect(unknown(types)).toEqual([]);
  });

  test("of every type in every environment, at every stage", () => {
    const types = resourcesOfEnvironments().map(({ type }) => type);
    expect(new Set(types).size).toBeGreaterThan(60);
    expect(unknown(types)).toEqual([]);
  });

  test("of every type that a module makes with every option", async () => {
    const types = (await resourcesOfOptions(outdir)).map(({ type }) => type);
    expect(new Set(types).size).toBeGreaterThan(60);
    expect(unknown(types)).toEqual([]);
  });

  test("and no type is both new each time and told apart by a name", () => {
    expect([...newEachTime].filter((type) => type in rules)).toEqual([]);
  });
});
