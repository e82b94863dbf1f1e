import { writeFileSync } from "node:fs";
import path from "node:path";
import { startSimulator } from "../../simulator";
import { checkPinned, pinnedProblem } from "../../simulator/pinned-provider";
import { runTerraform } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const sentence = (pinned: string) =>
  `hashicorp/aws ${pinned} is pinned, and the simulated cloud runs 5.100.0: a plan by 5.100.0 proves nothing about ${pinned}; ` +
  "synthesize, check and deploy without the simulated cloud, or pin 5.100.0 (@cdktf/provider-aws 20.1.0).";

describe("The simulated cloud", () => {
  test.each(["6.25.0", "6.66.0", "5.99.1", ">= 6.0.0", "~> 6.0", "~> 5.99.0", ">= 5.0, < 5.100", "!= 5.100.0"])(
    "does not simulate an app that pins %s",
    (pinned) => {
      expect(() => checkPinned(pinned)).toThrow(sentence(pinned));
    },
  );

  test.each([
    undefined,
    "5.100.0",
    "= 5.100.0",
    "~> 5.0",
    "~> 5.100",
    "~> 5.100.0",
    ">= 5.60, < 6.0.0",
    "!= 5.99.0",
    "",
  ])("simulates one that pins %s", (pinned) => {
    expect(() => checkPinned(pinned)).not.toThrow();
  });

  test("does not even start for an app that pins another version", async () => {
    const started = startSimulator({ directory: temporaryFolder(), awsProvider: "6.25.0" });
    await expect(started).rejects.toThrow(sentence("6.25.0"));
  });

  test.each([
    ["cdk.tf.json", JSON.stringify({ terraform: { required_providers: { aws: { version: "6.25.0" } } } })],
    ["main.tf.json", JSON.stringify({ terraform: { required_providers: [{ aws: { version: "6.25.0" } }] } })],
    [
      "versions.tf",
      'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n      version = "6.25.0"\n    }\n  }\n}\n',
    ],
  ])("reads in %s what a folder requires", (file, text) => {
    const folder = temporaryFolder();
    expect(pinnedProblem(folder)).toBeUndefined();
    writeFileSync(path.join(folder, file), text);
    expect(pinnedProblem(folder)).toBe(sentence("6.25.0"));
    writeFileSync(path.join(folder, file), text.replace("6.25.0", "5.100.0"));
    expect(pinnedProblem(folder)).toBeUndefined();
  });

  test("refuses a plan of Terraform for another version, whatever started it, and says which versions it runs", async () => {
    const folder = temporaryFolder();
    const simulator = await startSimulator({ directory: path.join(folder, "cloud") });
    try {
      expect(simulator.programs).toMatch(/^Terraform \d+\.\d+\.\d+ and hashicorp\/aws 5\.100\.0$/);
      const config = {
        terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "6.25.0" } } },
        provider: { aws: { region: "us-east-1" } },
        resource: { aws_sqs_queue: { q: { name: "q" } } },
      };
      writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(config));
      const run = (...args: string[]) =>
        runTerraform([...args, "-no-color"], {
          cwd: folder,
          env: { ...process.env, ...simulator.env },
          terraform: simulator.terraform,
        });
      expect((await run("init")).code).toBe(0);
      const { code, stderr } = await run("plan");
      expect(code).toBe(1);
      expect(stderr.replaceAll(/[│\s]+/g, " ")).toContain(sentence("6.25.0"));
    } finally {
      await simulator.stop();
    }
  }, 120_000);
});
