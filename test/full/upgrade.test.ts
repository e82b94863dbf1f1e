import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { type Simulator, startSimulator } from "../../simulator";
import {
  managedResources,
  readState,
  readSynthesizedStacks,
  type StackJson,
  synthesize,
  TerraformStack,
} from "../../terraform";

const minutes = 60_000;
const states = join(__dirname, "upgrade", "states");

/** `prod at optimization`, and the file with the states of all its stacks, as an earlier version of the toolkit deployed them. */
const deployed = readdirSync(states).map((file) => {
  const [environment = "", stage = ""] = basename(file, ".zip").split("-");
  return { title: `${environment} at ${stage}`, environment, stage, file: join(states, file) };
});

/** Unpacks the states to where the simulated cloud keeps them. @returns the state file of each stack */
function unpack(file: string, directory: string): Map<string, string> {
  const files = Object.entries(unzipSync(readFileSync(file))).map(([name, bytes]): [string, string] => {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return [basename(name).replace(/\.tfstate(\.object)?$/, ""), path];
  });
  return new Map(files);
}

/** Gives functions the code that is deployed: bundles change with every release, and are meant to. */
function keepCode(folder: string, terraform: StackJson, stateFile: string): void {
  const functions = terraform.resource?.aws_lambda_function ?? {};
  for (const { type, name, instances } of managedResources(readState(stateFile)).values()) {
    const [{ attributes } = { attributes: {} }] = instances;
    const configured = functions[name];
    if (type !== "aws_lambda_function" || !configured) continue;
    const { filename, source_code_hash } = attributes as Record<string, unknown>;
    Object.assign(configured, { filename, source_code_hash });
  }
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(terraform));
}

describe("What version 0.1.0 deployed", () => {
  const root = join(".evenkeel", "test", "upgrade");
  beforeAll(() => rmSync(root, { recursive: true, force: true }));
  let simulator: Simulator | undefined;
  afterEach(() => simulator?.stop());

  test.each(deployed)(
    "needs no change by this version: $title",
    async ({ environment, stage, file }) => {
      const directory = join(root, `${environment}-${stage}`);
      const stateFiles = unpack(file, directory);
      simulator = await startSimulator({ directory });
      const app = `node ${join("dist", "main.js")}`;
      const output = await synthesize({ app, environment, stage, output: join(directory, "out"), env: simulator.env });
      const stacks = readSynthesizedStacks(output);
      // No stack is new, and none is gone.
      expect(stacks.map(({ name }) => name).sort()).toEqual([...stateFiles.keys()].sort());
      for (const { terraform, ...stack } of stacks) {
        keepCode(stack.folder, terraform, stateFiles.get(stack.name) ?? "");
        const plan = await new TerraformStack(stack, simulator.env).plan();
        const resources = (plan.resource_changes ?? [])
          .filter(({ mode, change }) => mode === "managed" && !change.actions.includes("no-op"))
          .map(({ address, change }) => `${change.actions.join(" and ")} ${address}`);
        const outputs = Object.entries(plan.output_changes ?? {})
          .filter(([, { actions }]) => !actions.includes("no-op"))
          .map(([name]) => name);
        expect({ stack: stack.name, resources, outputs }).toEqual({ stack: stack.name, resources: [], outputs: [] });
      }
    },
    5 * minutes,
  );
});
