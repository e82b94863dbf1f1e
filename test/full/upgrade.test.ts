import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { stages } from "../../config";
import { checkPlan } from "../../gates";
import { type Simulator, startSimulator } from "../../simulator";
import {
  managedResources,
  type Plan,
  readState,
  readSynthesizedStacks,
  type StackJson,
  synthesize,
  TerraformStack,
} from "../../terraform";
import { projectApp } from "../support/project-app";
import { wholeOr } from "../support/whole-proofs";
import { demandsTheKey, type ExpectedChanges, expectedChanges } from "./upgrade/expected-changes";

const minutes = 60_000;
const folder = join(__dirname, "upgrade", "states");

/** `prod at optimization`, and the file with the states of all its stacks, as an earlier version of the toolkit deployed them. */
const deployed = readdirSync(folder).map((file) => {
  const [environment = "", stage = ""] = basename(file, ".zip").split("-");
  return { title: `${environment} at ${stage}`, environment, stage, file: join(folder, file) };
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
    // Signed code comes from a bucket.
    Object.assign(configured, { source_code_hash }, configured.s3_bucket === undefined && { filename });
  }
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(terraform));
}

/** What a plan changes, in the words of the expected changes. */
function changesOf(plan: Plan): ExpectedChanges {
  const resources = (plan.resource_changes ?? [])
    .filter(({ mode, change }) => mode === "managed" && !change.actions.includes("no-op"))
    .map(({ type, address, change }) => {
      const [before, after] = [change.before, change.after] as Record<string, unknown>[];
      const names =
        type === "aws_cloudwatch_metric_alarm" && before && after
          ? `: ${before.alarm_name} is ${after.alarm_name}`
          : "";
      return `${change.actions.join(" and ")} ${address}${names}`;
    });
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([, { actions }]) => !actions.includes("no-op"))
    .map(([name]) => name);
  return { resources: resources.sort(), outputs: outputs.sort() };
}

/** The names of the outputs in a state file. */
const outputsOf = (stateFile = ""): ReadonlySet<string> => {
  const { outputs = {} } = JSON.parse(readFileSync(stateFile, "utf8")) as { outputs?: object };
  return new Set(Object.keys(outputs));
};

/** A stage has what those before it have. */
const tried = wholeOr(
  deployed,
  deployed.filter(({ stage }) => stage === stages.at(-1)),
);

describe("What version 0.1.0 deployed", () => {
  const root = join(".evenkeel", "test", "upgrade");
  beforeAll(() => rmSync(root, { recursive: true, force: true }));
  let simulator: Simulator | undefined;
  afterEach(() => simulator?.stop());

  test.each(tried)(
    "is changed by this version in what is expected alone, and loses nothing: $title",
    async ({ environment, stage, file }) => {
      const directory = join(root, `${environment}-${stage}`);
      const stateFiles = unpack(file, directory);
      simulator = await startSimulator({ directory });
      const output = await synthesize({
        app: projectApp,
        environment,
        stage,
        output: join(directory, "out"),
        env: simulator.env,
      });
      const stacks = readSynthesizedStacks(output);
      // No stack is new, and none is gone.
      expect(stacks.map(({ name }) => name).sort()).toEqual([...stateFiles.keys()].sort());
      const deployed = new Map(
        [...stateFiles].map(([name, stateFile]) => [name, [...managedResources(readState(stateFile)).values()]]),
      );
      // In the order of deployment, each after those whose outputs it reads.
      for (const { terraform, ...stack } of stacks) {
        keepCode(stack.folder, terraform, stateFiles.get(stack.name) ?? "");
        const driven = new TerraformStack(stack, simulator.env);
        const plan = await driven.plan();
        const expected = expectedChanges(stack.name, deployed, terraform, outputsOf(stateFiles.get(stack.name)));
        expect({ stack: stack.name, ...changesOf(plan) }).toEqual({ stack: stack.name, ...expected });
        // The gates ask about the queues that are left in AWS, and the use of proofs in one deployment, and about nothing else.
        const forgotten = expected.resources.flatMap((line) => /^forget (.+)$/.exec(line)?.slice(1) ?? []);
        const asked = [...forgotten, ...demandsTheKey(deployed.get(stack.name) ?? [])];
        expect([...new Set(checkPlan(plan).map(({ address }) => address))].sort()).toEqual(asked.sort());
        if (expected.resources.length === 0) continue;
        await driven.apply();
        expect(await driven.isSettled()).toBe(true);
      }
    },
    5 * minutes,
  );
});
