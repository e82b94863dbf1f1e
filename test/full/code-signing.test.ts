import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { App, LocalBackend } from "cdktf";
import { CodeSigning } from "../../modules/code-signing";
import { DeploymentStack, type RegionalKey } from "../../modules/core";
import { FunctionLayer } from "../../modules/function-layer";
import { ServiceFunction } from "../../modules/service-function";
import { type Simulator, startSimulator } from "../../simulator";
import { managedChanges, type Plan, readStackFolders, TerraformStack } from "../../terraform";

const directory = resolve(".evenkeel", "test", "code-signing");
const minutes = 60_000;
const region = "eu-west-1";
const account = "111111111111";
const key: RegionalKey = {
  arnIn: () => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};

interface Wish {
  /** What the function answers: another answer is other code. */
  readonly answer: string;
  /** Whether its code is signed, as a tool of AWS would refuse to skip; unsigned code under a configuration is what somebody uploads by hand. */
  readonly signed: boolean | "only the configuration";
  readonly untrustedCode?: "Warn" | "Enforce";
}

describe("A function and its layer", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(join(directory, "project", "files"), { recursive: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  const projectRoot = join(directory, "project");
  const stackWith = ({ answer, signed, untrustedCode = "Enforce" }: Wish): TerraformStack => {
    // Code is bundled once in a process.
    writeFileSync(
      join(projectRoot, `${answer}.mjs`),
      `export const handler = async () => ${JSON.stringify(answer)};\n`,
    );
    writeFileSync(join(projectRoot, "files", "policy.json"), JSON.stringify({ answer }));
    const output = join(directory, "output");
    mkdirSync(output, { recursive: true });
    const app = new App({ outdir: output, stackTraces: false });
    const stack = new DeploymentStack(app, "signing", { regions: [region], account, tags: {} });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    const signing = signed
      ? new CodeSigning(stack, "signing", { config: { untrustedCode }, name: "orders", region, account })
      : undefined;
    const fn = new ServiceFunction(stack, "orders", {
      config: { entry: `${answer}.mjs`, reservedConcurrency: null },
      name: "orders",
      region,
      account,
      key,
      projectRoot,
      tracing: false,
      ...(signed === "only the configuration" && { codeSigningConfigArn: signing?.configArn }),
    });
    fn.addLayer(
      new FunctionLayer(stack, "policy", { config: { folder: "files" }, name: "policy", region, projectRoot }),
    );
    if (signing && signed === true) fn.signCode(signing);
    app.synth();
    const [folder] = readStackFolders(output);
    if (!folder) throw new Error("nothing was synthesized");
    return new TerraformStack(folder, simulator.env);
  };
  const changesOf = (plan: Plan): string[] =>
    managedChanges(plan)
      .filter(({ change }) => !["no-op", "read"].includes(change.actions.join()))
      .map(({ address, change }) => `${change.actions.join("+")} ${address}`);
  const deploy = async (wish: Wish): Promise<string[]> => {
    const stack = stackWith(wish);
    const changes = changesOf(await stack.plan());
    await stack.deploy();
    expect(await stack.isSettled()).toBe(true);
    return changes;
  };
  const changed = [
    "update aws_lambda_alias.orders_alias",
    "update aws_lambda_function.orders_function",
    "delete+create aws_lambda_layer_version.policy_signed",
    "delete+create aws_lambda_layer_version.policy_version",
    "update aws_s3_object.orders_upload",
    "update aws_s3_object.policy_upload",
    "delete+create aws_signer_signing_job.orders_signing",
    "delete+create aws_signer_signing_job.policy_signing",
  ];

  test(
    "are signed in place once signing comes",
    async () => {
      await deploy({ answer: "first", signed: false });
      const changes = await deploy({ answer: "first", signed: true });
      expect(changes.filter((change) => !change.startsWith("create "))).toEqual([
        "update aws_lambda_alias.orders_alias",
        "update aws_lambda_function.orders_function",
      ]);
    },
    minutes,
  );

  test(
    "are signed again when they change, and when they go back",
    async () => {
      expect((await deploy({ answer: "second", signed: true })).sort()).toEqual([...changed].sort());
      expect((await deploy({ answer: "first", signed: true })).sort()).toEqual([...changed].sort());
    },
    minutes,
  );

  test(
    "are not deployed unsigned where signatures are enforced",
    async () => {
      const refused = stackWith({ answer: "third", signed: "only the configuration" });
      await expect(refused.deploy()).rejects.toThrow("CodeVerificationFailedException");
      const warned = stackWith({ answer: "third", signed: "only the configuration", untrustedCode: "Warn" });
      await warned.deploy();
      await deploy({ answer: "first", signed: true });
    },
    minutes,
  );

  test(
    "let go of signing in place, and are destroyed",
    async () => {
      const changes = await deploy({ answer: "first", signed: false });
      expect(changes).toContain("update aws_lambda_function.orders_function");
      expect(changes.filter((change) => change.includes("create"))).toEqual([]);
      await deploy({ answer: "first", signed: true, untrustedCode: "Warn" });
      const stack = stackWith({ answer: "first", signed: true, untrustedCode: "Warn" });
      await stack.destroy();
      expect(await stack.addresses()).toEqual([]);
    },
    minutes,
  );
});
