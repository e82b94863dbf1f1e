import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { App, LocalBackend } from "cdktf";
import { DeploymentStack } from "../../modules/core";
import { type Simulator, startSimulator } from "../../simulator";
import { readStackFolders, TerraformStack } from "../../terraform";

const directory = resolve(".evenkeel", "test", "every-option");
const minutes = 60_000;

const testFolders = resolve(__dirname, "..", "modules");
/** Folders in modules/ without a deployment of their own, and why. */
const notDeployed: Record<string, string> = {
  core: "what the modules share",
  "recovery-objectives": "computes, and builds nothing",
  "service-traffic": "computes, and builds nothing",
  "vault-database-role": "describes, and builds nothing",
  "vault-login": "describes, and builds nothing",
  "vault-transit-key": "needs the Vault provider, which the simulated cloud does not run",
};
const modules = readdirSync(resolve(__dirname, "..", "..", "modules")).filter((name) => !(name in notDeployed));
const withOptions = modules.filter((name) => existsSync(join(testFolders, name, "every-option.ts")));

describe("With every option in use", () => {
  let simulator: Simulator;
  let stacks: Map<string, TerraformStack>;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    // Each module stands alone, without the roles, keys and networks that its options name.
    simulator = await startSimulator({ directory, refusals: false });
    stacks = new Map();
    for (const name of withOptions) {
      // An app for each: modules use the same names in their examples.
      const output = join(directory, name);
      mkdirSync(output, { recursive: true });
      const app = new App({ outdir: output });
      const stack = new DeploymentStack(app, name, {
        regions: ["eu-west-1", "eu-central-1", "us-east-1"],
        account: "111111111111",
        tags: { Team: "platform" },
      });
      new LocalBackend(stack, { path: "terraform.tfstate" });
      const { everyOption } = (await import(join(testFolders, name, "every-option.ts"))) as {
        everyOption(stack: DeploymentStack): void;
      };
      everyOption(stack);
      app.synth();
      for (const folder of readStackFolders(output)) {
        stacks.set(folder.name, new TerraformStack(folder, simulator.env));
      }
    }
  }, minutes);
  afterAll(() => simulator?.stop());

  test("every module is deployed", () => expect(withOptions).toEqual(modules));

  test.each(modules)(
    "%s validates, applies, settles and is destroyed",
    async (name) => {
      const stack = stacks.get(name);
      if (!stack) throw new Error(`${name} was not synthesized`);
      expect(await stack.validate()).toEqual([]);
      await stack.deploy();
      expect((await stack.addresses()).length).toBeGreaterThan(0);
      expect(await stack.isSettled()).toBe(true);
      await stack.destroy();
      expect(await stack.addresses()).toEqual([]);
    },
    6 * minutes,
  );
});
