import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { simulatedEnvironment } from "../../simulator/environment";
import { type DriverEvent, deploy, destroy, promote, readStackFolders, TerraformStack } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";
import { outputFolder, ref, upstream } from "../topology/output-folder";

const minutes = 60_000;

const queueTagged = (tag: string) => ({
  kept: {
    resources: { aws_sqs_queue: { kept: { provider: "aws.eu-west-1", name: "kept", tags: { tag } } } },
    outputs: { url: ref("aws_sqs_queue.kept.url") },
  },
});

describe("The driver, with real Terraform on the simulated cloud,", () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ directory: temporaryFolder() });
  }, minutes);
  afterAll(() => simulator?.stop());

  test(
    "tells the warnings of a plan, those of validate among them",
    async () => {
      const output = outputFolder({
        warned: {
          // Deprecated in favour of a resource of its own.
          resources: { aws_s3_bucket: { logs: { provider: "aws.eu-west-1", bucket: "warned-logs", acl: "private" } } },
          outputs: { name: "warned-logs" },
        },
      });
      const [folder] = readStackFolders(output);
      if (!folder) throw new Error("no stack");
      const stack = new TerraformStack(folder, simulator.env);
      const validated = await stack.validate();
      const { warnings } = await stack.makePlan();
      expect(validated).toHaveLength(1);
      // Terraform tells it once as it validates, and once as it plans.
      expect([...new Set(warnings)]).toEqual([expect.stringContaining("Warning: Argument is deprecated")]);
    },
    minutes,
  );

  test(
    "deploys, promotes and destroys stacks that read each other's outputs",
    async () => {
      const output = outputFolder({
        reader: {
          reads: ["queues"],
          resources: {
            aws_ssm_parameter: {
              url: { provider: "aws.eu-west-1", name: "/url", type: "String", value: upstream(0, "url") },
            },
          },
          outputs: { url: ref("nonsensitive(aws_ssm_parameter.url.value)") },
        },
        queues: {
          resources: { aws_sqs_queue: { orders: { provider: "aws.eu-west-1", name: "orders" } } },
          outputs: { url: ref("aws_sqs_queue.orders.url") },
        },
      });
      const { env } = simulator;
      const events: DriverEvent[] = [];
      const deployed = await deploy({ output, env, onEvent: (event) => events.push(event) });
      const url = {
        sensitive: false,
        type: "string",
        value: expect.stringMatching(/^https:\/\/sqs\.eu-west-1\..*orders$/),
      };
      expect(deployed).toEqual([
        {
          stack: "queues",
          applied: true,
          changes: [{ address: "aws_sqs_queue.orders", outcome: "added" }],
          outputs: { url },
        },
        {
          stack: "reader",
          applied: true,
          changes: [{ address: "aws_ssm_parameter.url", outcome: "added" }],
          outputs: { url },
        },
      ]);
      expect(events.map((event) => `${event.stack} ${event.type}`)).toEqual(
        ["queues", "reader"].flatMap((stack) =>
          ["started", "planned", "resource", "applied"].map((type) => `${stack} ${type}`),
        ),
      );
      const [promoted] = await promote({ output, env, check: (_stack, plan) => plan.format_version.startsWith("1.") });
      expect(promoted).toMatchObject({ stack: "queues", applied: true, changes: [] });
      const destroyed = await destroy({ output, env });
      expect(destroyed.flatMap(({ changes }) => changes.map(({ outcome }) => outcome))).toEqual([
        "destroyed",
        "destroyed",
      ]);
      for (const stack of readStackFolders(output)) {
        expect(await new TerraformStack(stack, env).addresses()).toEqual([]);
      }
    },
    minutes,
  );

  test(
    "does nothing with a local state that Terraform was killed in writing, until it is restored",
    async () => {
      const folder = outputFolder(queueTagged("first"));
      const { env } = simulator;
      const [stack] = readStackFolders(folder);
      const state = join(folder, "state", "kept.tfstate");
      await deploy({ output: folder, env });
      const configuration = join(stack?.folder ?? "", "cdk.tf.json");
      writeFileSync(configuration, readFileSync(configuration, "utf8").replace("first", "second"));
      // The one that changes something keeps the state of before.
      await deploy({ output: folder, env });
      const whole = readFileSync(state, "utf8");
      for (const left of ["", whole.slice(0, 100)]) {
        writeFileSync(state, left);
        const command = `  cp ${state}.backup ${state}\n`;
        await expect(destroy({ output: folder, env })).rejects.toThrow(command);
        await expect(deploy({ output: folder, env })).rejects.toThrow(command);
        expect(readFileSync(state, "utf8")).toBe(left);
      }
      copyFileSync(`${state}.backup`, state);
      const [destroyed] = await destroy({ output: folder, env });
      expect(destroyed?.changes).toEqual([{ address: "aws_sqs_queue.kept", outcome: "destroyed" }]);
      rmSync(`${state}.backup`);
      writeFileSync(state, "");
      await expect(deploy({ output: folder, env })).rejects.toThrow(`remove it:\n  rm ${state}\n`);
    },
    minutes,
  );

  test("is found by Terraform and by OpenTofu, each in its own registry", () => {
    const directory = temporaryFolder();
    const env = simulatedEnvironment(
      { pluginPort: 4321, stateStore: "http://127.0.0.1:1" },
      join(directory),
      directory,
    );
    const attached = JSON.parse(env.TF_REATTACH_PROVIDERS ?? "") as Record<string, { Addr: { String: string } }>;
    expect(Object.entries(attached).map(([source, { Addr }]) => [source, Addr.String])).toEqual([
      ["registry.terraform.io/hashicorp/aws", "127.0.0.1:4321"],
      ["registry.opentofu.org/hashicorp/aws", "127.0.0.1:4321"],
    ]);
  });
});
