import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { withoutShortcuts } from "../../bench/without-shortcuts";
import { stages } from "../../config";
import project from "../../evenkeel.config";
import { readSynthesizedStacks } from "../../terraform";
import { succeed } from "../support/packed";
import { differentFiles } from "../support/same-files";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder("shortcuts-");
const script = resolve("test", "full", "engines", "synthesize-all.ts");

/** Synthesizes every environment at every stage. @returns the folder of the output */
async function synthesizeAll(name: string, env: NodeJS.ProcessEnv): Promise<string> {
  const output = join(folder, name);
  for (const environment of project.environments) mkdirSync(join(output, environment.name), { recursive: true });
  await succeed(process.execPath, ["--require", resolve("dist", "register.js"), script, output], ".", env);
  return output;
}

test("The output of every environment at every stage is the same, byte for byte, with the shortcuts and without", async () => {
  const without = await synthesizeAll("without", withoutShortcuts);
  expect(differentFiles(without, await synthesizeAll("with", {}))).toEqual([]);
  const each = project.environments.flatMap(({ name }) => stages.map((stage) => join(without, name, stage)));
  expect(each.map((output) => readSynthesizedStacks(output).length > 3)).toEqual(each.map(() => true));
}, 300_000);
