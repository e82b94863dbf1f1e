import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { stages } from "../../config";
import project from "../../evenkeel.config";
import { isKnownType } from "../../identity";
import { rules } from "../../identity/types";
import { newEachTime } from "../../identity/types/new-each-time";
import { DeploymentStack } from "../../modules/core";
import { readSynthesizedStacks } from "../../terraform";
import { sourceFiles } from "../architecture/source-files";
import { synthesizedStacks } from "../frozen/synthesize";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();
const testsOfModules = resolve(__dirname, "..", "modules");

/** The resource types whose classes are imported by what synthesizes. */
function importedTypes(): string[] {
  const classes = sourceFiles(["stacks", "capabilities", "blueprints", "modules"])
    .flatMap(({ imports }) => imports)
    .filter((target) => /^@cdktf\/provider-\w+\/lib\/(?!data-|provider$)/.test(target));
  return [...new Set(classes)].flatMap((target) =>
    Object.values(require(target) as Record<string, { tfResourceType?: string }>).flatMap(
      ({ tfResourceType }) => tfResourceType ?? [],
    ),
  );
}

const typesOf = (folder: string): string[] =>
  readSynthesizedStacks(folder).flatMap(({ terraform }) => Object.keys(terraform.resource ?? {}));

const unknown = (types: readonly string[]): string[] => [...new Set(types)].filter((type) => !isKnownType(type));

describe("What makes resources the same is known", () => {
  test("of every type that the toolkit imports", () => {
    const types = importedTypes();
    expect(new Set(types).size).toBeGreaterThan(90);
    expect(types).toContain("aws_sqs_queue");
    expect(types).toContain("vault_policy");
    expect(unknown(types)).toEqual([]);
  });

  test.each(project.environments.map((environment) => [environment.name, environment] as const))(
    "of every type in %s, at every stage",
    (name, environment) => {
      const types = stages.flatMap((stage) =>
        synthesizedStacks(environment, { stage }, join(outdir, name)).flatMap(({ terraform }) =>
          Object.keys(terraform.resource ?? {}),
        ),
      );
      expect(types.length).toBeGreaterThan(20);
      expect(unknown(types)).toEqual([]);
    },
  );

  test("of every type that a module makes with every option", async () => {
    const types: string[] = [];
    for (const name of readdirSync(testsOfModules)) {
      const file = join(testsOfModules, name, "every-option.ts");
      if (!existsSync(file)) continue;
      // An app for each: modules use the same names in their examples.
      const folder = join(outdir, "options", name);
      mkdirSync(folder, { recursive: true });
      const app = new App({ outdir: folder });
      const stack = new DeploymentStack(app, name, {
        regions: ["eu-west-1", "eu-central-1", "us-east-1"],
        account: "111111111111",
        tags: {},
      });
      ((await import(file)) as { everyOption(stack: DeploymentStack): void }).everyOption(stack);
      app.synth();
      types.push(...typesOf(folder));
    }
    expect(new Set(types).size).toBeGreaterThan(60);
    expect(unknown(types)).toEqual([]);
  });

  test("and no type is both new each time and told apart by a name", () => {
    expect([...newEachTime].filter((type) => type in rules)).toEqual([]);
  });
});
