import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { writeLaunchers } from "../../../simulator/front-door/launchers";
import { runProcess } from "../../../terraform";
import { temporaryFolder } from "../../support/temporary-folder";

/** A program that prints its own name, the folder that it runs in, and its arguments. */
function program(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, '#!/bin/sh\necho "$0 in $PWD: $*"\n');
  chmodSync(file, 0o755);
  return file;
}

describe("The launchers of the simulated cloud", () => {
  test("run Terraform and OpenTofu as found by PATH, and the program that the user has chosen", async () => {
    const root = temporaryFolder();
    const directory = join(root, ".evenkeel", "simulated");
    mkdirSync(directory, { recursive: true });
    const [terraform, tofu] = ["terraform", "tofu"].map((name) => program(join(root, "usual"), name));
    const chosen = program(join(root, "opt", "it's"), "terraform-1.12");
    const before = { ...process.env, PATH: [join(root, "usual"), process.env.PATH].join(delimiter) };
    const added = writeLaunchers({ directory, program: chosen, isolation: { FIXED: "value" }, env: before });
    const env = { ...before, ...added, NODE_OPTIONS: "--no-such-option", TERRAGRUNT_TFPATH: terraform };
    const said = async (command: string) => (await runProcess("sh", ["-c", command], { cwd: root, env })).stdout;
    const folder = join(directory, "folders", root.slice(1));
    expect(await said("terraform plan 'a b'")).toBe(`${terraform} in ${folder}: plan a b\n`);
    expect(await said("tofu plan")).toBe(`${tofu} in ${folder}: plan\n`);
    expect(await said('"$TERRAFORM_BINARY_NAME" version')).toBe(`${chosen} in ${root}: version\n`);
  });

  test("end with 1 and a message, and run nothing, where something is refused", async () => {
    const root = temporaryFolder();
    const directory = join(root, "cloud");
    mkdirSync(directory);
    const added = writeLaunchers({ directory, program: program(join(root, "bin"), "terraform"), isolation: {} });
    const run = runProcess(String(added.TERRAFORM_BINARY_NAME), ["apply", "-state=../x"], {
      cwd: root,
      env: { ...process.env, ...added },
    });
    expect(await run).toMatchObject({
      code: 1,
      stdout: "",
      stderr: `Simulated cloud: -state=../x is a state outside of the simulated cloud. Leave it out: the state of ${root} is kept in ${directory}. Nothing was run.\n`,
    });
  });
});
