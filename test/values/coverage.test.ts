import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { isKnownType } from "../../identity";
import { valueProblems } from "../../values";
import { limitKinds } from "../../values/constraint";
import { limitsOf, typeValues } from "../../values/limits-of";
import {
  importedTypes,
  resourcesOfEnvironments,
  resourcesOfOptions,
  type SentResource,
} from "../support/sent-resources";
import { temporaryFolder } from "../support/temporary-folder";
import { attributesOf, type SentAttribute } from "./attributes";
import { shareOf, valuesPage } from "./page";
import { checkOf } from "./sources";

const folder = temporaryFolder();
const page = resolve(__dirname, "..", "..", "docs", "reference", "values.md");

/** Types that stand for nothing in AWS or Vault. */
const ofTerraform = new Set(["terraform_data"]);

describe("The values of what the toolkit sends", () => {
  let environments: SentResource[];
  let options: SentResource[];
  let attributes: SentAttribute[];

  beforeAll(async () => {
    environments = resourcesOfEnvironments();
    options = await resourcesOfOptions(folder);
    attributes = attributesOf([...environments, ...options].filter(({ type }) => !ofTerraform.has(type)));
  });

  test("have an identity and limits, for every type", () => {
    const types = [...new Set([...importedTypes(), ...attributes.map(({ type }) => type)])];
    expect(types.length).toBeGreaterThan(100);
    expect(types.filter((type) => !isKnownType(type))).toEqual([]);
    expect(types.filter((type) => !hasLimits(type))).toEqual([]);
  });

  test("are what AWS takes in every environment, at every stage", () => {
    expect(environments.length).toBeGreaterThan(1000);
    expect(problemsOf(environments)).toEqual([]);
  });

  test("are what AWS takes with every option of every module", () => {
    expect(options.length).toBeGreaterThan(200);
    expect(problemsOf(options)).toEqual([]);
  });

  test("are checked for at least 95 % of the attributes that users can set", () => {
    const { percent, all } = shareOf(attributes);
    expect(all).toBeGreaterThan(600);
    expect(percent).toBeGreaterThanOrEqual(95);
    const literal = attributes.filter(
      (attribute) => !["boolean", "reference", "provider"].includes(checkOf(attribute).by),
    );
    expect(shareOf(literal).percent).toBeGreaterThanOrEqual(95);
  });

  test("are not checked for a reason, where they are not", () => {
    const unchecked = attributes.filter((attribute) => {
      const { by, where } = checkOf(attribute);
      return by === "nothing" && where === "";
    });
    expect(unchecked.map(({ type, path, literals }) => `${type}.${path}: ${[...literals].slice(0, 2)}`)).toEqual([]);
  });

  test("are listed in the reference", () => {
    const text = valuesPage(attributes);
    if (process.env.EVENKEEL_FREEZE === "write") writeFileSync(page, text);
    expect({ page: readFileSync(page, "utf8"), "if this is meant, run npm run freeze": "" }).toEqual({
      page: text,
      "if this is meant, run npm run freeze": "",
    });
  });
});

function hasLimits(type: string): boolean {
  const limits = Object.values(limitsOf(type) ?? {});
  const rules = typeValues(type)?.rules ?? [];
  return rules.length > 0 || limits.some((of) => of.check || limitKinds.some((kind) => of[kind] !== undefined));
}

const problemsOf = (resources: readonly SentResource[]): string[] => [
  ...new Set(
    resources.flatMap(({ type, name, values }) =>
      valueProblems(type, values).map(({ path, problem }) => `${type}.${name}: ${path.join(".")}: ${problem}`),
    ),
  ),
];
