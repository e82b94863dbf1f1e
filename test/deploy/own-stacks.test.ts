import { join, relative } from "node:path";
import { App } from "cdktf";
import { defineEnvironment, defineProject } from "../../config";
import sandbox from "../../environments/sandbox";
import { type Simulator, startSimulator } from "../../simulator";
import { buildStacks } from "../../stacks";
import { deploy, destroy, readStackFolders, readSynthesizedStacks, TerraformStack } from "../../terraform";
import { unprotected, writeStack } from "../../testing/protection";
import { addOwnStacks } from "../docs/extending/own-stacks";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;
const { account } = sandbox.input;
const [home, standby] = ["eu-west-1", "eu-central-1"] as const;
const keyArn = `arn:aws:kms:${home}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const stockArn = `arn:aws:dynamodb:${home}:${account}:table/stock`;

/** The sandbox of a team that has stacks of its own and a key and a table from before, in an organisation that bounds its roles. */
const project = defineProject({
  environments: [
    defineEnvironment({
      ...sandbox.input,
      keys: { data: { existing: { [home]: keyArn, [standby]: keyArn.replace(home, standby) } } },
      existingTables: [{ name: "stock", arns: { [home]: stockArn, [standby]: stockArn.replace(home, standby) } }],
      services: (sandbox.input.services ?? []).map((service) => ({
        ...service,
        tables: { ...service.tables, stock: { access: "read", variable: "STOCK_TABLE_NAME" } as const },
        regions: { [home]: { function: { memoryMb: 320 } } },
        permissions: [{ actions: ["s3:GetObject"], resources: ["arn:{partition}:s3:::example-{environment}-files/*"] }],
      })),
    }),
  ],
  organisation: {
    defaults: {
      iam: { permissionsBoundaryArn: "arn:{partition}:iam::aws:policy/PowerUserAccess", rolePath: "/platform/" },
    },
    limits: { accounts: [account], rolePaths: ["/platform/"] },
  },
  stacks: addOwnStacks,
});

describe("An environment with stacks of a team's own", () => {
  const root = temporaryFolder();
  const output = join(root, "output");
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ directory: join(root, "cloud") });
    const app = new App({ outdir: output });
    const localStateDirectory = relative(process.cwd(), join(root, "state"));
    buildStacks(app, project.find("sandbox").resolve({ localStateDirectory }));
    app.synth();
  }, minutes);
  afterAll(() => simulator?.stop());

  const stacks = () => readStackFolders(output).map((stack) => new TerraformStack(stack, simulator.env));

  test(
    "is deployed in the order of what reads of what, and settles",
    async () => {
      await deploy({ output, env: simulator.env });
      for (const stack of stacks()) expect([stack.name, await stack.isSettled()]).toEqual([stack.name, true]);
      const held = await Promise.all(stacks().map(async (stack) => [stack.name, await stack.addresses()] as const));
      expect(new Map(held).get("sandbox-jobs")).toEqual(["aws_sqs_queue.queue"]);
      expect(new Map(held).get("sandbox-reports")).toContain("aws_lambda_function.report_function");
    },
    6 * minutes,
  );

  test(
    "is destroyed to nothing",
    async () => {
      for (const stack of readSynthesizedStacks(output)) writeStack(stack, unprotected(stack.terraform));
      await deploy({ output, env: simulator.env });
      await destroy({ output, env: simulator.env });
      expect(simulator.inventory.all()).toEqual([]);
    },
    6 * minutes,
  );
});
