import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import project from "./organisation";

const root = resolve(__dirname, "..", "..", "..");
const page = readFileSync(join(root, "docs", "extending.md"), "utf8");
const examples = readdirSync(__dirname).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));

/** A file as a project that has installed the package writes it. */
const asInstalled = (text: string) =>
  text.replaceAll('"../../../index"', '"evenkeel"').replaceAll('"../../../environments/', '"./environments/');

describe("The page on extending", () => {
  test.each(examples)("contains %s as it is compiled", (file) => {
    expect(page).toContain(asInstalled(readFileSync(join(__dirname, file), "utf8")).trim());
  });
});

describe("The example of an organisation", () => {
  test("lets the environments pass that keep to it, with its defaults", () => {
    for (const name of ["dev", "prod"]) {
      expect(project.find(name).parse()).toMatchObject({
        tags: { Company: "Example" },
        iam: { rolePath: "/platform/" },
      });
    }
    expect(project.gates.map(({ id }) => id)).toContain("no-public-buckets");
  });
});
