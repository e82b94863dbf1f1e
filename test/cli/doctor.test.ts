import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { provider } from "../../cli/doctor/machine";
import type { DocumentData } from "../../cli/document";
import type { doctorDocument } from "../../cli/documents/doctor";
import { thisMachine } from "../../simulator";
import { type ProcessResult, runProcess, takeRunLock } from "../../terraform";
import { projectApp, writeProject } from "../support/project-app";
import { temporaryFolder } from "../support/temporary-folder";

const root = resolve(__dirname, "..", "..");

/** A project of somebody else's, with the packages of this one. */
function newProject(app = projectApp): string {
  const folder = temporaryFolder("evenkeel-doctor-");
  writeProject(folder, app);
  for (const name of ["node_modules", "services"]) symlinkSync(join(root, name), join(folder, name));
  return folder;
}

function doctor(cwd: string, env: NodeJS.ProcessEnv = {}, ...options: readonly string[]): Promise<ProcessResult> {
  const args = [join(root, "dist", "cli", "main.js"), "doctor", ...options];
  return runProcess(process.execPath, args, { cwd, env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...env } });
}

/** The lines that say what is wrong, with what to do. */
async function mistakes(cwd: string, env?: NodeJS.ProcessEnv): Promise<string[]> {
  const { code, stdout } = await doctor(cwd, env, "--json");
  const { findings, wrong } = JSON.parse(stdout) as DocumentData<typeof doctorDocument>;
  const mistaken = findings.filter(({ state }) => state === "wrong");
  expect([code, wrong]).toEqual([1, mistaken.length]);
  return mistaken.map(({ check, says, remedy }) => `${check}: ${says} -> ${remedy}`.replace(/\n */g, " "));
}

function program(folder: string, version: string): string {
  const file = join(folder, "terraform-of-the-test");
  writeFileSync(file, `#!/bin/sh\necho "Terraform v${version}"\n`, { mode: 0o755 });
  return file;
}

describe("evenkeel doctor", () => {
  test("finds nothing wrong in a project that works", async () => {
    const folder = newProject();
    const { code, stdout } = await doctor(folder, { TERRAFORM_BINARY_NAME: program(folder, "1.11.4") });
    expect(stdout).toContain("ok\tTerraform\tTerraform 1.11.4");
    expect(stdout).toContain("ok\tEngine\t@cdktf/provider-aws 20.1.0, cdktf 0.21.0, constructs 10.7.2\t\n");
    expect(stdout).toContain("ok\tEnvironments\tprod has no mistakes\t\n");
    // The provider may be missing on this machine, which is a finding of its own.
    if (!stdout.includes("wrong AWS provider"))
      expect([code, stdout]).toEqual([0, expect.stringContaining("Nothing is wrong.")]);
  });

  test("says that there is no Terraform, or that it is too old", async () => {
    const folder = newProject();
    expect(await mistakes(folder, { TERRAFORM_BINARY_NAME: "no-such-terraform" })).toContainEqual(
      expect.stringMatching(
        /^Terraform: Terraform is missing: "no-such-terraform" is not on PATH -> install Terraform 1\.11\.0 or later/,
      ),
    );
    expect(await mistakes(folder, { TERRAFORM_BINARY_NAME: program(folder, "1.9.8") })).toContainEqual(
      expect.stringMatching(/^Terraform: Terraform is too old: .* is version 1\.9\.8, .* -> install a newer one/),
    );
  });

  test("says that the provider is missing, and where it comes from", async () => {
    const empty = temporaryFolder();
    const machine = { ...thisMachine({}, empty), home: empty, roots: [] };
    expect(await provider(machine).run()).toEqual([
      {
        state: "wrong",
        says: "hashicorp/aws 5.100.0, which the simulated cloud runs, is not on this machine",
        remedy: expect.stringContaining("lets Terraform download it"),
      },
    ]);
  });

  test("says that the app runs a build that is older than the sources", async () => {
    const folder = newProject("node dist/main.js");
    expect(await mistakes(folder)).toContainEqual(
      'cdktf.json: dist/main.js, which the app runs, does not exist -> let cdktf.json run the sources: "app": "node --require evenkeel/register main.ts"',
    );
    mkdirSync(join(folder, "dist"));
    writeFileSync(join(folder, "dist", "main.js"), "");
    utimesSync(join(folder, "dist", "main.js"), 1, 1);
    expect(await mistakes(folder)).toContainEqual(
      expect.stringContaining(
        "dist/main.js, which the app runs, is older than evenkeel.config.ts -> build again, or let",
      ),
    );
  });

  test("says that the folder cannot be written to", async () => {
    const folder = newProject();
    rmSync(join(folder, ".evenkeel"), { recursive: true });
    // Root may write everywhere, but not below a file.
    writeFileSync(join(folder, ".evenkeel"), "");
    expect(await mistakes(folder)).toContainEqual(
      expect.stringMatching(
        /^Folder: \S+\.evenkeel cannot be written to \((EEXIST|ENOTDIR)\) -> give yourself the right/,
      ),
    );
  });

  test("says who holds a lock", async () => {
    const folder = newProject();
    const release = takeRunLock({
      file: join(folder, ".evenkeel", "deploy", "prod.lock"),
      what: "prod",
      command: "evenkeel deploy prod",
    });
    expect(await mistakes(folder)).toContainEqual(
      expect.stringMatching(
        `^Locks: \\.evenkeel/deploy/prod\\.lock is held by process ${process.pid} \\("evenkeel deploy prod", since [^)]+\\) -> wait for it, or end that process$`,
      ),
    );
    release();
  });

  test("says that a state was left that Terraform could not store", async () => {
    const folder = newProject();
    const stack = join(folder, ".evenkeel", "deploy", "prod", "stacks", "prod-data");
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "errored.tfstate"), "{}");
    expect(await mistakes(folder)).toContainEqual(
      expect.stringMatching(
        /^States: \S+errored\.tfstate is a state that Terraform could not store -> .*do not delete it$/,
      ),
    );
  });

  test("says that a local state is not whole, as after a Terraform that was killed while it wrote it", async () => {
    const folder = newProject();
    const stack = join(folder, ".evenkeel", "deploy", "prod", "stacks", "prod-data");
    mkdirSync(stack, { recursive: true });
    writeFileSync(
      join(stack, "cdk.tf.json"),
      JSON.stringify({ terraform: { backend: { local: { path: "a.tfstate" } } } }),
    );
    writeFileSync(join(stack, "a.tfstate"), "");
    expect(await mistakes(folder)).toContainEqual(
      expect.stringMatching(/^States: \S+a\.tfstate is a state that is not whole -> .*how to restore it$/),
    );
  });

  test("says what ES modules, a missing engine and a broken environment come to", async () => {
    const folder = temporaryFolder("evenkeel-doctor-");
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(folder, "evenkeel.config.ts"), "export default {");
    const found = await mistakes(folder);
    expect(found).toContainEqual(
      expect.stringMatching(/^Modules: package\.json says "type": "module".* -> remove "type"/),
    );
    expect(found).toContainEqual(
      expect.stringMatching(/^Engine: .*cdktf.* cannot be found from this folder -> run npm install/),
    );
    expect(found).toContainEqual(expect.stringMatching(/^cdktf\.json: cdktf\.json cannot be read/));
    expect(found).toContainEqual(
      expect.stringMatching(/^Environments: evenkeel\.config\.ts:1:17: .*; correct the file/),
    );
  });
});
