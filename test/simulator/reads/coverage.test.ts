import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformResource } from "cdktf";
import live from "../../../accounts/live";
import { asWritten } from "../../../simulator/reads/as-written";
import { typesWithReads } from "../../../simulator/reads/services";
import { AccountStack } from "../../../stacks";

const frozen = join(__dirname, "..", "..", "frozen");

/** The types of all resources of all environments, at every stage: the frozen files have a line for each resource. */
const frozenTypes = (): string[] =>
  readdirSync(frozen)
    .filter((name) => name.endsWith(".txt"))
    .flatMap((name) => readFileSync(join(frozen, name), "utf8").split("\n"))
    .flatMap((line) => /^[a-z ]{3} \S+ (aws_\w+)\./.exec(line)?.[1] ?? []);

/** The types of the stack of an account, which is of no environment. */
const typesOfAccount = (): string[] =>
  new AccountStack(new App({ stackTraces: false }), live.resolve()).node
    .findAll()
    .filter(TerraformResource.isTerraformResource)
    .map(({ terraformResourceType }) => terraformResourceType);

describe("How the simulated cloud reads", () => {
  // One is made for functions that call themselves, of which no environment has any.
  const made = new Set([...frozenTypes(), ...typesOfAccount(), "aws_lambda_function_recursion_config"]);

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
