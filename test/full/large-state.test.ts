import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { TerraformStack } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

/** Large values take Terraform long where others use the processors, too. */
const minutes = 600_000;

describe("Terraform with its state in the simulated S3", () => {
  let simulator: Simulator;
  let directory: string;
  beforeAll(async () => {
    directory = temporaryFolder();
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  /** A stack whose state holds a value of so many bytes, in 64 pieces and each as input and as output. */
  function configure(key: string, mebibytes: number): TerraformStack {
    const folder = temporaryFolder();
    const input = "x".repeat((mebibytes * 1024 * 1024) / 128);
    const pieces = Array.from({ length: 64 }, (_, index) => [`piece-${index}`, { input }]);
    const config = {
      terraform: { backend: { s3: { bucket: "state", key, region: "eu-west-1", use_lockfile: true } } },
      resource: { terraform_data: Object.fromEntries(pieces) },
    };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(config));
    return new TerraformStack({ name: key, folder }, simulator.env);
  }

  const stored = (key: string) => readFileSync(join(directory, "s3", "state", `${key}.object`), "utf8");

  test.each([6, 12])(
    "stores, reads and settles with a state of %i MiB",
    async (mebibytes) => {
      const key = `large-${mebibytes}.tfstate`;
      const stack = configure(key, mebibytes);
      await stack.deploy();
      expect(stored(key).length).toBeGreaterThan(mebibytes * 1024 * 1024);
      expect((JSON.parse(stored(key)) as { resources: unknown[] }).resources.length).toBe(64);
      expect(await stack.isSettled()).toBe(true);
      await stack.destroy();
      expect(await stack.addresses()).toEqual([]);
    },
    minutes,
  );

  test(
    "says at once that the state is an empty object",
    async () => {
      const stack = configure("empty.tfstate", 1);
      mkdirSync(join(directory, "s3", "state"), { recursive: true });
      writeFileSync(join(directory, "s3", "state", "empty.tfstate.object"), "");
      await expect(stack.isSettled()).rejects.toThrow(/s3:\/\/state\/empty\.tfstate is empty/);
    },
    minutes,
  );
});
