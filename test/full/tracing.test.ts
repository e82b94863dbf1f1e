import { join, relative } from "node:path";
import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import dev from "../../environments/dev";
import { promote } from "../../rehearsal";
import { type Simulator, startSimulator } from "../../simulator";
import { buildStacks } from "../../stacks";
import { deploy, managedChanges, readStackFolders, TerraformStack } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;
const { openTelemetry } = dev.input.tracing ?? {};
const layer = {
  arns: { "eu-west-1": layerIn("eu-west-1"), "eu-central-1": layerIn("eu-central-1") },
  execWrapper: "/opt/otel-instrument",
  xray: true,
};

function layerIn(region: string): string {
  return `arn:aws:lambda:${region}:615299751070:layer:AWSOpenTelemetryDistroJs:6`;
}

/** The ways that an environment that is deployed may go from one to the next. */
const ways: readonly (readonly [name: string, tracing: EnvironmentInput["tracing"]])[] = [
  ["opentelemetry", { openTelemetry }],
  ["a-layer", { layer }],
  ["x-ray-again", undefined],
];

describe("An environment whose functions are traced in another way", () => {
  const root = temporaryFolder();
  const localStateDirectory = relative(process.cwd(), join(root, "state"));
  let simulator: Simulator;
  let deployed: string;

  const outputOf = (name: string, tracing: EnvironmentInput["tracing"]): string => {
    const outdir = join(root, name);
    const app = new App({ outdir });
    const environment = defineEnvironment({ ...dev.input, disposable: true, state: { backend: "local" }, tracing });
    buildStacks(app, environment.resolve({ localStateDirectory }));
    app.synth();
    return outdir;
  };
  const stacksOf = (output: string) =>
    readStackFolders(output).map((folder) => new TerraformStack(folder, simulator.env));

  beforeAll(async () => {
    simulator = await startSimulator({ directory: join(root, "cloud") });
    deployed = outputOf("x-ray", undefined);
    await deploy({ output: deployed, env: simulator.env });
  }, 4 * minutes);
  afterAll(() => simulator?.stop());

  test.each(ways)(
    "goes to %s in place: functions and their roles change, and nothing goes",
    async (name, tracing) => {
      const output = outputOf(name, tracing);
      const services = stacksOf(output).find((stack) => stack.name.includes("-services-"));
      const plan = await services?.plan();
      const changes = (plan ? managedChanges(plan) : [])
        .map(({ type, change }) => `${change.actions} ${type}`)
        .filter((change) => !change.startsWith("no-op "));
      expect(changes).toContain("update aws_lambda_function");
      const inPlace = /^update aws_(iam_role_policy|lambda_alias|lambda_function)$/;
      expect(changes.filter((change) => !inPlace.test(change))).toEqual([]);
      const promotions = await promote({ from: deployed, to: output, env: simulator.env });
      expect(promotions.flatMap(({ violations }) => violations)).toEqual([]);
      for (const stack of stacksOf(output)) expect([stack.name, await stack.isSettled()]).toEqual([stack.name, true]);
      deployed = output;
    },
    3 * minutes,
  );
});
