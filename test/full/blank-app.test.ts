import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type ProcessResult, runProcess } from "../../terraform";
import { checksums } from "../support/checksums";
import { temporaryFolder } from "../support/temporary-folder";

const root = resolve(__dirname, "..", "..");
const cdktf = join(dirname(require.resolve("cdktf-cli/package.json")), "bundle", "bin", "cdktf");
const minutes = 60_000;

/** An app as a user writes it who knows nothing of the simulated cloud: cdktf's default backend, one stack that reads another. */
const app = `
const { App, DataResource, TerraformOutput, TerraformStack } = require("cdktf");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { SqsQueue } = require("@cdktf/provider-aws/lib/sqs-queue");

const app = new App();
const base = new TerraformStack(app, "base");
const data = new DataResource(base, "data", { input: process.env.INPUT });
const top = new TerraformStack(app, "top");
new DataResource(top, "read", { input: data.id });
new TerraformOutput(top, "id", { value: data.id });
if (process.env.INPUT !== "real") {
  new AwsProvider(top, "aws", { region: "eu-west-1" });
  new SqsQueue(top, "queue", { name: "orders" });
}
app.synth();
`;

let project: string;

beforeAll(() => {
  project = temporaryFolder();
  writeFileSync(join(project, "main.js"), app);
  const config = {
    language: "typescript",
    app: `"${process.execPath}" main.js`,
    projectId: "blank",
    sendCrashReports: "false",
  };
  writeFileSync(join(project, "cdktf.json"), JSON.stringify(config));
});

const run = (args: readonly string[], input: string): Promise<ProcessResult> =>
  runProcess(process.execPath, args, {
    cwd: project,
    env: {
      ...process.env,
      CI: "1",
      FORCE_COLOR: "0",
      CDKTF_SKIP_PROVIDER_LOCK: "true",
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: undefined,
      NODE_PATH: join(root, "node_modules"),
      INPUT: input,
    },
  });

const real = (...args: string[]) => run([cdktf, ...args], "real");
const simulated = (...args: string[]) =>
  run([join(root, "dist", "cli", "main.js"), "simulate", "--", process.execPath, cdktf, ...args], "simulated");

const everythingReal = () => checksums(project, [".evenkeel"]);
const settled = async (result: Promise<ProcessResult>): Promise<string> => {
  const { code, stdout, stderr } = await result;
  expect([stdout, stderr, code]).toEqual([stdout, stderr, 0]);
  return `${stdout}\n${stderr}`;
};

describe("An app with cdktf's default backend", () => {
  let before: Record<string, string>;

  test(
    "is deployed for real, with its states beside it",
    async () => {
      await settled(real("deploy", "*", "--auto-approve"));
      before = everythingReal();
      expect(Object.keys(before)).toEqual(expect.arrayContaining(["terraform.base.tfstate", "terraform.top.tfstate"]));
    },
    5 * minutes,
  );

  test(
    "is deployed, planned again and destroyed in the simulated cloud, and nothing of it changes",
    async () => {
      expect(await settled(simulated("deploy", "*", "--auto-approve"))).toContain("3 created, 0 changed, 0 destroyed");
      expect(everythingReal()).toEqual(before);
      expect(await settled(simulated("diff", "top"))).toMatch(/No changes\.[\s\S]*0 created, 0 changed, 0 destroyed/);
      expect(await settled(simulated("output", "top"))).toMatch(/id = \S{36}/);
      expect(await settled(simulated("destroy", "*", "--auto-approve"))).toContain("0 created, 0 changed, 3 destroyed");
      expect(everythingReal()).toEqual(before);
      expect(existsSync(join(project, ".evenkeel", "simulated"))).toBe(true);
    },
    10 * minutes,
  );

  test(
    "finds its real states as they were",
    async () => {
      const state = readFileSync(join(project, "terraform.base.tfstate"), "utf8");
      expect(JSON.parse(state).resources[0].instances[0].attributes.input.value).toBe("real");
      expect(await settled(real("diff", "base"))).toContain("No changes.");
    },
    5 * minutes,
  );
});
