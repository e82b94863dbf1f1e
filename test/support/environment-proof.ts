import { cpSync, existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { cdktf } from "../../cli/demo/cdktf";
import { type Stage, stages } from "../../environments/stages";
import { promote, readStackFolders, TerraformStack } from "../../rehearsal";
import { type Simulator, startSimulator } from "../../simulator";

const app = (stage: Stage) => `node ${join("dist", "main.js")} --stage ${stage}`;
const minutes = 60_000;

/**
 * Declares the tests that prove one environment on the simulated cloud: at every stage it deploys through `cdktf deploy`,
 * validates without a warning, settles and is destroyed; and every promotion keeps what holds data or keys.
 */
export function proveEnvironment(environment: string): void {
  const directory = join(".evenkeel", "test", environment);
  const output = (stage: Stage) => resolve(directory, stage);
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  const run = (stage: Stage, ...args: string[]) =>
    cdktf([...args, `${environment}-*`, "--auto-approve", "--app", app(stage)], {
      env: { ...simulator.env, ENVIRONMENT: environment, CDKTF_OUTPUT: output(stage) },
    });
  const stacks = (stage: Stage) =>
    readStackFolders(output(stage)).map((stack) => new TerraformStack(stack, simulator.env));

  describe.each(stages)(`${environment} at %s`, (stage) => {
    test("deploys through cdktf deploy", () => run(stage, "deploy"), 5 * minutes);

    test(
      "validates without a warning and plans no change",
      async () => {
        for (const stack of stacks(stage)) {
          expect(await stack.validate()).toEqual([]);
          expect([stack.name, await stack.isSettled()]).toEqual([stack.name, true]);
        }
        snapshot(directory, stage);
      },
      5 * minutes,
    );

    test(
      "is destroyed to an empty state",
      async () => {
        await run(stage, "destroy");
        for (const stack of stacks(stage)) expect([stack.name, await stack.addresses()]).toEqual([stack.name, []]);
      },
      5 * minutes,
    );
  });

  const pairs = stages.flatMap((from, index) => stages.slice(index + 1).map((to) => [from, to] as const));
  test.each(pairs)(
    `promotion of ${environment} from %s to %s destroys nothing`,
    async (from, to) => {
      restore(directory, from);
      const promotions = await promote({ from: output(from), to: output(to), env: simulator.env });
      expect(promotions.flatMap(({ violations }) => violations)).toEqual([]);
      expect(promotions.map(({ stack }) => stack)).toEqual(stacks(to).map(({ name }) => name));
      for (const stack of stacks(to)) expect([stack.name, await stack.isSettled()]).toEqual([stack.name, true]);
    },
    5 * minutes,
  );
}

/** The folders that hold state: of local backends and of the simulated S3. */
const stateFolders = ["state", "s3"];

function snapshot(directory: string, stage: Stage): void {
  for (const folder of stateFolders) {
    const source = join(directory, folder);
    if (existsSync(source)) cpSync(source, join(directory, "snapshots", stage, folder), { recursive: true });
  }
}

function restore(directory: string, stage: Stage): void {
  for (const folder of stateFolders) {
    rmSync(join(directory, folder), { recursive: true, force: true });
    const source = join(directory, "snapshots", stage, folder);
    if (existsSync(source)) cpSync(source, join(directory, folder), { recursive: true });
  }
}
