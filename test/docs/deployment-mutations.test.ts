import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gates } from "../../gates";
import { deploymentMutations, deploymentMutationsPage } from "../../scripts/deployment-mutations/page";

const page = join(__dirname, "..", "..", "docs", "reference", "deployment-mutations.md");

/** Gates whose findings need another cloud than the one that was deployed to, each with the test that has it. */
const provenElsewhere: Readonly<Record<string, string>> = {
  "no-recreation": "test/deploy/misplaced.test.ts",
  "no-attribute-type-change": "the toolkit's own tables fail the plan before",
  // Of what is created, which no change of what is deployed shows.
  "no-public-storage": "test/gates/created.test.ts",
  "no-unencrypted-storage": "test/gates/created.test.ts",
  "no-wildcard-permission": "test/gates/created.test.ts",
  "no-unpinned-provider": "test/gates/created.test.ts",
  // Off until they are asked for.
  "one-region-per-wave": "test/gates/created.test.ts",
  "static-stability": "test/gates/created.test.ts",
  "required-tags": "test/gates/created.test.ts",
  "cost-increase": "test/gates/created.test.ts",
};

describe("The changes after a deployment", () => {
  const all = deploymentMutations.flatMap(({ mutations }) => mutations);
  const caughtBy = new Set(all.flatMap(({ caught }) => ("by" in caught ? [caught.by] : [])));

  test("are in the reference, as `npm run docs` writes them", () => {
    expect(readFileSync(page, "utf8")).toBe(deploymentMutationsPage());
  });

  test("are many, and each is told apart", () => {
    expect(all.length).toBeGreaterThan(140);
    for (const { title, mutations } of deploymentMutations) {
      const told = mutations.map(({ what }) => `${title}: ${what}`);
      expect(told.filter((what, at) => told.indexOf(what) !== at)).toEqual([]);
    }
  });

  test("are caught by gates that there are, and show all of them", () => {
    const ids = gates.map(({ id }) => id);
    expect([...caughtBy].filter((by) => !["synthesis", "the plan", ...ids].includes(by))).toEqual([]);
    expect(ids.filter((id) => !caughtBy.has(id) && !(id in provenElsewhere))).toEqual([]);
  });

  test("have a reason where they are harmless", () => {
    for (const { caught } of all) if ("harmless" in caught) expect(caught.harmless.length).toBeGreaterThan(15);
  });
});
