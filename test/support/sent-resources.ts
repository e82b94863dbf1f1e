import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { stages } from "../../config";
import project from "../../evenkeel.config";
import { DeploymentStack } from "../../modules/core";
import { readSynthesizedStacks } from "../../terraform";
import { sourceFiles } from "../architecture/source-files";
import { stacksOf } from "./synthesized-once";

/** A resource as Terraform's JSON has it. */
export interface SentResource {
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const resourcesIn = (resource: unknown): SentResource[] =>
  Object.entries((resource ?? {}) as Resources).flatMap(([type, resources]) =>
    Object.entries(resources).map(([name, values]) => ({ type, name, values })),
  );

/** The resources of every environment at every stage. */
export function resourcesOfEnvironments(): SentResource[] {
  return project.environments.flatMap((environment) =>
    stages.flatMap((stage) =>
      stacksOf(environment, { stage }).flatMap(({ terraform }) => resourcesIn(terraform.resource)),
    ),
  );
}

/** The resources of every module with every option. */
export async function resourcesOfOptions(folder: string): Promise<SentResource[]> {
  const modules = resolve(__dirname, "..", "modules");
  const resources: SentResource[] = [];
  for (const name of readdirSync(modules)) {
    const file = join(modules, name, "every-option.ts");
    if (!existsSync(file)) continue;
    // An app for each: modules use the same names in their examples.
    const outdir = join(folder, "options", name);
    mkdirSync(outdir, { recursive: true });
    const app = new App({ outdir });
    const stack = new DeploymentStack(app, name, {
      regions: ["eu-west-1", "eu-central-1", "us-east-1"],
      account: "111111111111",
      tags: {},
    });
    ((await import(file)) as { everyOption(stack: DeploymentStack): void }).everyOption(stack);
    app.synth();
    resources.push(...readSynthesizedStacks(outdir).flatMap(({ terraform }) => resourcesIn(terraform.resource)));
  }
  return resources;
}

/** The resource types whose classes are imported by what synthesizes. */
export function importedTypes(): string[] {
  const classes = sourceFiles(["stacks", "capabilities", "blueprints", "modules"])
    .flatMap(({ imports }) => imports)
    .filter((target) => /^@cdktf\/provider-\w+\/lib\/(?!data-|provider$)/.test(target));
  return [...new Set(classes)].flatMap((target) =>
    Object.values(require(target) as Record<string, { tfResourceType?: string }>).flatMap(
      ({ tfResourceType }) => tfResourceType ?? [],
    ),
  );
}
