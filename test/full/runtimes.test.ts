import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { App, LocalBackend } from "cdktf";
import { defineEnvironment, type EnvironmentInput, type Stage } from "../../config";
import prod from "../../environments/prod";
import { checkPlan } from "../../gates";
import { DeploymentStack, type RegionalKey } from "../../modules/core";
import { ServiceFunction, type ServiceFunctionInput, zipOf } from "../../modules/service-function";
import { type Simulator, startSimulator } from "../../simulator";
import { managedChanges, type Plan, readStackFolders, TerraformStack } from "../../terraform";
import { canBuildRust, labelsBuild } from "../support/native-build";
import { expectDestroyed, expectGrowth } from "../support/stack-steps";
import { synthesizedStacks } from "../support/synthesized-stacks";

const directory = resolve(".evenkeel", "test", "runtimes");
/** As files of the project name it. */
const folder = relative(process.cwd(), directory).replaceAll("\\", "/");
const minutes = 60_000;
const needed = /-(keys|data|services-[a-z0-9-]+|routing)$/;
const isNative = canBuildRust("a native program in the deployment of every kind of code; a script takes its place");

const quotes = (prod.input.services ?? []).find(({ name }) => name === "quotes");
if (!quotes) throw new Error("prod has no quotes any more");

const digest = "0123456789abcdef".repeat(4);
const image = (region: string, name = "thumbnails") =>
  `444444444444.dkr.ecr.${region}.amazonaws.com/${name}@sha256:${digest}`;

/** A native program where there is a compiler, and else a script that takes its place: what matters here is that a command builds it. */
const native: ServiceFunctionInput = {
  code: {
    folder: `${folder}/labels`,
    build: {
      command: isNative
        ? labelsBuild(`${folder}/labels`)
        : ["node", "-e", `require("fs").writeFileSync("${folder}/labels/bootstrap", "#!/bin/sh\\n")`],
      inputs: ["services/labels/src"],
    },
  },
  runtime: "provided.al2023",
  architecture: "x86_64",
  reservedConcurrency: 10,
  logRetentionDays: 365,
};
const java: ServiceFunctionInput = {
  code: { archive: `${folder}/reports.jar` },
  runtime: "java21",
  handler: "com.example.Reports::handle",
  snapStart: true,
  memoryMb: 1024,
  reservedConcurrency: 10,
  logRetentionDays: 365,
};
const inImage: ServiceFunctionInput = {
  code: {
    image: {
      uris: { "eu-west-1": image("eu-west-1"), "eu-central-1": image("eu-central-1") },
      command: ["app.handler"],
      workingDirectory: "/app",
    },
  },
  reservedConcurrency: 10,
  logRetentionDays: 365,
};

/** Services whose code comes in each way. */
const environment = defineEnvironment({
  ...prod.input,
  containers: undefined,
  containerNetwork: undefined,
  containerFlowLogs: undefined,
  chaos: undefined,
  databases: [],
  dependencies: [],
  queues: [],
  eventBuses: [],
  tables: [],
  layers: [],
  backups: undefined,
  codeSigning: {},
  services: [
    { ...quotes, function: { ...quotes.function, warming: { concurrency: 2 } } },
    { name: "labels", function: native },
    { name: "reports", function: java },
    { name: "thumbnails", function: inImage },
  ],
} as unknown as EnvironmentInput);

const region = "eu-west-1";
const account = "111111111111";
const key: RegionalKey = {
  arnIn: () => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};

describe("Functions of any runtime", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(join(directory, "labels"), { recursive: true });
    const bytes = Buffer.from("a class");
    writeFileSync(join(directory, "reports.jar"), zipOf([{ name: "com/example/Reports.class", bytes }]));
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  const stacksAt = (stage: Stage, name: string = stage, withoutProtection = false): TerraformStack[] =>
    synthesizedStacks(environment, { stage, outdir: join(directory, name), needed, simulator, withoutProtection });

  const stages: readonly Stage[] = ["foundation", "hardening", "optimization"];
  test.each(stages)(
    "deploy, settle, and remove nothing of the stage before, at %s",
    async (stage) => {
      for (const stack of stacksAt(stage)) {
        expect(await stack.validate()).toEqual([]);
        await expectGrowth(stack);
      }
      const functions = simulator.inventory
        .all()
        .filter(({ type, place }) => type === "aws_lambda_function" && place.region === region);
      const snapshots = functions.filter(({ state }) => JSON.stringify(state.snap_start).includes("PublishedVersions"));
      expect(snapshots.map(({ state }) => state.function_name).sort()).toEqual(
        stage === "optimization" ? ["prod-quotes", "prod-reports"] : [],
      );
    },
    10 * minutes,
  );

  test(
    "are destroyed to an empty state",
    async () => {
      await expectDestroyed(stacksAt("optimization", "unprotected", true));
      expect(simulator.inventory.all()).toEqual([]);
    },
    10 * minutes,
  );

  const stackWith = (config: ServiceFunctionInput): TerraformStack => {
    const output = join(directory, "changing");
    const app = new App({ outdir: output, stackTraces: false });
    const stack = new DeploymentStack(app, "changing", { regions: [region], account, tags: {} });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    new ServiceFunction(stack, "orders", {
      config: { ...config, reservedConcurrency: null },
      name: "orders",
      region,
      account,
      key,
      tracing: false,
      snapStart: true,
    });
    app.synth();
    const [found] = readStackFolders(output);
    if (!found) throw new Error("nothing was synthesized");
    return new TerraformStack(found, simulator.env);
  };
  const told = (plan: Plan) => ({
    changes: managedChanges(plan)
      .filter(({ change }) => !["no-op", "read"].includes(change.actions.join()))
      .map(({ address, change }) => `${change.actions.join("+")} ${address}`),
    refused: checkPlan(plan).map(({ rule, address }) => `${rule} ${address}`),
  });
  const replacement = {
    changes: ["update aws_lambda_alias.orders_alias", "delete+create aws_lambda_function.orders_function"],
    refused: ["no-outage aws_lambda_function.orders_function"],
  };
  const bundle = { entry: "services/ledger/handler.ts", logRetentionDays: 365 } as ServiceFunctionInput;
  const inPlace = ["update aws_lambda_alias.orders_alias", "update aws_lambda_function.orders_function"];

  test(
    "change their runtime, their processor and how their code comes in place, but for images, which gates refuse",
    async () => {
      const deploy = async (config: ServiceFunctionInput) => {
        const stack = stackWith(config);
        const plan = await stack.plan();
        await stack.apply();
        expect(await stack.isSettled()).toBe(true);
        return told(plan);
      };
      await deploy(bundle);
      for (const config of [quotes.function, java, native, bundle]) {
        expect(await deploy(config)).toEqual({ changes: inPlace, refused: [] });
      }
      expect(told(await stackWith(inImage).plan())).toEqual(replacement);
      await stackWith(bundle).destroy();
      await deploy(inImage);
      const other = { ...inImage, code: { image: { uris: { [region]: image(region, "orders") } } } };
      expect(await deploy(other as ServiceFunctionInput)).toEqual({ changes: inPlace, refused: [] });
      expect(told(await stackWith(bundle).plan())).toEqual(replacement);
      const stack = stackWith(inImage);
      await stack.destroy();
      expect(await stack.addresses()).toEqual([]);
    },
    5 * minutes,
  );
});
