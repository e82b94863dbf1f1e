import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { DeploymentStack } from "../../../modules/core";
import { readSynthesizedStacks, type SynthesizedStack } from "../../../terraform";
import { temporaryFolder } from "../../support/temporary-folder";

const modules = resolve(__dirname, "..", "..", "modules");

/** A stack for each module, with every option in use, and in an app of its own: modules use the same names in their examples. */
export async function everyOptionStacks(): Promise<SynthesizedStack[]> {
  const stacks: SynthesizedStack[] = [];
  for (const name of readdirSync(modules)) {
    const file = join(modules, name, "every-option.ts");
    // What is Vault's needs another provider.
    if (!existsSync(file) || name.startsWith("vault-")) continue;
    const outdir = temporaryFolder();
    const app = new App({ outdir, stackTraces: false });
    const stack = new DeploymentStack(app, name, {
      regions: ["eu-west-1", "eu-central-1", "us-east-1"],
      account: "111111111111",
      tags: { Team: "platform" },
    });
    const { everyOption } = (await import(file)) as { everyOption(stack: DeploymentStack): void };
    everyOption(stack);
    app.synth();
    stacks.push(...readSynthesizedStacks(outdir));
  }
  return stacks;
}
