import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { readStateLock, TerraformStack } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

/** Terraform is slow where others use the processors, too. */
const minutes = 300_000;

describe("The lock of a state in S3, with real Terraform,", () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ directory: temporaryFolder() });
  }, minutes);
  afterAll(() => simulator?.stop());

  function stack(command: string): TerraformStack {
    const folder = join(temporaryFolder(), "dev-data");
    mkdirSync(folder);
    const config = {
      terraform: { backend: { s3: { bucket: "state", key: "dev.tfstate", region: "eu-west-1", use_lockfile: true } } },
      resource: { terraform_data: { command: { input: command, provisioner: [{ "local-exec": { command } }] } } },
    };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(config));
    return new TerraformStack({ name: "dev-data", folder }, simulator.env, { environment: "dev" });
  }

  test(
    "is left by a Terraform that was killed, shown with its holder, and released",
    async () => {
      await expect(stack("kill -KILL $PPID").deploy()).rejects.toThrow(
        /failed \(signal SIGKILL\)[\s\S]*It was killed[\s\S]*npx evenkeel simulate -- npx evenkeel unlock dev dev-data$/,
      );
      const next = stack("true");
      const lock = await next.lock();
      expect(lock).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        who: expect.stringMatching(/@/),
        created: expect.stringMatching(/^\d{4}-\d\d-\d\d /),
        operation: "apply",
        path: "state/dev.tfstate",
      });
      // Asking has not released it.
      expect(await next.lock()).toEqual(lock);
      await next.unlock(lock?.id ?? "");
      expect(await next.lock()).toBeUndefined();
      await next.deploy();
      expect(await next.addresses()).toEqual(["terraform_data.command"]);
    },
    minutes,
  );
});

describe("readStateLock", () => {
  test("finds nothing where nothing is locked", () => {
    expect(readStateLock("Error: no such file")).toBeUndefined();
  });
});
