import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ProcessResult, runProcess, startProcess } from "../../terraform";
import { writeProject } from "../support/project-app";
import { temporaryFolder } from "../support/temporary-folder";
import { standInProgram } from "../terraform/stand-in";

const root = resolve(__dirname, "..", "..");
const script = join(__dirname, "fixtures", "simulate.js");
const minutes = 120_000;

/** A folder with a queue, and with a command that Terraform runs before it makes the queue. */
function configure(folder: string, name: string, backend: object, command: string): void {
  mkdirSync(join(folder, name));
  const config = {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } }, backend },
    provider: { aws: { region: "us-east-1" } },
    resource: {
      terraform_data: { command: { provisioner: [{ "local-exec": { command } }] } },
      aws_sqs_queue: { q: { name, depends_on: ["terraform_data.command"] } },
    },
  };
  writeFileSync(join(folder, name, "main.tf.json"), JSON.stringify(config));
}

const s3 = (key: string) => ({ s3: { bucket: "state", key, region: "us-east-1", use_lockfile: true } });

/** Simulates a command that applies the folders one after the other, whatever happens, and ends with 0. */
function applyAll(folder: string, names: readonly string[]): Promise<ProcessResult> {
  const applies = names.map(
    (name) => `(cd ${name} && terraform init >/dev/null && terraform apply -auto-approve -no-color)`,
  );
  return runProcess(process.execPath, [script, join(folder, "cloud"), "sh", "-c", `${applies.join("; ")}; exit 0`], {
    cwd: folder,
    env: { ...process.env, EVENKEEL_ALLOW_REAL: "local-exec" },
  });
}

describe("A simulated cloud whose command goes on after Terraform was killed", () => {
  test.each([
    ["local", { local: {} }, { local: {} }],
    ["S3", s3("a.tfstate"), s3("b.tfstate")],
  ])(
    "refuses what comes next, with %s state, and does not end with 0",
    async (_what, first, second) => {
      const folder = temporaryFolder();
      configure(folder, "a", first, "kill -KILL $PPID");
      configure(folder, "b", second, "true");
      const { code, stdout, stderr } = await applyAll(folder, ["a", "b"]);
      expect(`${stdout}\n${stderr}`.replaceAll(/[│\s]+/g, " ")).toContain(
        "The deployment was interrupted (Terraform in a was killed); nothing more is done.",
      );
      expect(code).toBe(1);
      expect(stderr).toMatch(/0 created, 0 changed, 0 destroyed/);
    },
    minutes,
  );

  test(
    "goes on after a Terraform that failed by itself",
    async () => {
      const folder = temporaryFolder();
      configure(folder, "a", { local: {} }, "exit 3");
      configure(folder, "b", { local: {} }, "true");
      const { code, stderr } = await applyAll(folder, ["a", "b"]);
      // The commands of both folders, of which one failed after it was made, and the queue of the second.
      expect([code, stderr]).toEqual([0, expect.stringMatching(/3 created, 0 changed, 0 destroyed/)]);
    },
    minutes,
  );
});

describe("A verb of the toolkit in the simulated cloud", () => {
  test.each(["SIGTERM", "SIGINT"] as const)(
    "has its Terraform interrupted once when the simulated cloud gets %s",
    async (signal) => {
      const folder = temporaryFolder();
      const calls = join(folder, "calls");
      const app = `"${process.execPath}" "${join(root, "test", "cli", "fixtures", "app.js")}"`;
      writeProject(folder, app);
      const stacks = {
        keys: { changes: [["aws_sqs_queue.q", "create"]], interrupts: 2, waitFor: { call: "go on", times: 1 } },
        data: { dependencies: ["keys"] },
      };
      const verb = [process.execPath, join(root, "dist", "cli", "main.js"), "deploy", "sandbox", "--auto-approve"];
      const { child, ended } = startProcess(process.execPath, [script, join(folder, "cloud"), ...verb], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          TERRAFORM_BINARY_NAME: standInProgram(folder),
          CALLS: calls,
          STACKS: JSON.stringify(stacks),
        },
      });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (said += String(text)));
      const noted = () => (existsSync(calls) ? readFileSync(calls, "utf8") : "");
      const until = async (condition: () => boolean) => {
        while (!condition()) await new Promise((done) => setTimeout(done, 20));
      };
      await until(() => noted().includes("sandbox-keys apply begin"));
      child.kill(signal);
      await until(() => noted().includes("interrupted"));
      // A second interrupt, from the cloud or the verb, would be here by the time that both have said that they stop.
      await until(() => said.includes("Stopping: "));
      writeFileSync(calls, `${noted()}go on\n`);
      expect(await ended).toMatchObject({ code: signal === "SIGTERM" ? 143 : 130 });
      expect(noted().match(/interrupted/g)).toHaveLength(1);
      expect(noted()).not.toContain("sandbox-data");
    },
    minutes,
  );
});
