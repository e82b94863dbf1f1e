import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { checkPrerequisites } from "../../simulator/prerequisites";
import type { Machine } from "../../simulator/prerequisites/machine";
import { temporaryFolder } from "../support/temporary-folder";

const PLATFORM = "linux_amd64";
const PROGRAM = "terraform-provider-aws_v5.100.0_x5";
const unpacked = path.join("registry.terraform.io", "hashicorp", "aws", "5.100.0", PLATFORM, PROGRAM);
const packed = path.join("registry.terraform.io", "hashicorp", "aws", `terraform-provider-aws_5.100.0_${PLATFORM}.zip`);

let root: string;
let machine: Machine;

beforeEach(() => {
  root = temporaryFolder();
  const folder = (name: string): string => {
    mkdirSync(path.join(root, name), { recursive: true });
    return path.join(root, name);
  };
  machine = {
    env: { PATH: [folder("bin"), "/usr/bin", "/bin"].join(path.delimiter) },
    home: folder("home"),
    cwd: folder("project"),
    platform: PLATFORM,
    roots: [folder("share"), folder("opt")],
  };
});

function put(file: string, text: string, mode = 0o644): string {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  chmodSync(full, mode);
  return full;
}

/** A Terraform that tells its version, and answers `init` with this script. */
function putTerraform(version: string, init = "exit 1", name = "bin/terraform", program = "Terraform"): string {
  const script = `#!/bin/sh\ncase $1 in\nversion) echo '${program} v${version}' ;;\ninit) ${init} ;;\nesac\n`;
  return put(name, script, 0o755);
}

const check = (): ReturnType<typeof checkPrerequisites> => checkPrerequisites(machine);

describe("checkPrerequisites, for Terraform,", () => {
  test("says that it is missing and how to get it", () =>
    expect(check()).rejects.toThrow(
      /^Terraform is missing: "terraform" is not on PATH; install Terraform 1\.11\.0 or later/,
    ));

  test("names the program that TERRAFORM_BINARY_NAME asks for when that is missing", () => {
    putTerraform("1.11.4");
    machine.env.TERRAFORM_BINARY_NAME = "tofu";
    return expect(check()).rejects.toThrow(/^Terraform is missing: "tofu" is not on PATH/);
  });

  test("says which version it found and which it needs", () => {
    putTerraform("1.9.8");
    return expect(check()).rejects.toThrow(
      /^Terraform is too old: "terraform" is version 1\.9\.8, and 1\.11\.0 or later is needed/,
    );
  });

  test("refuses a program that does not tell its version", () => {
    put("bin/terraform", "#!/bin/sh\nexit 3\n", 0o755);
    return expect(check()).rejects.toThrow(/is version unknown, and 1\.11\.0 or later is needed/);
  });

  test("passes over a file on PATH that cannot be run", () => {
    put("bin/terraform", "notes");
    return expect(check()).rejects.toThrow(/^Terraform is missing/);
  });

  test("takes the path in TERRAFORM_BINARY_NAME", async () => {
    put(path.join("home", unpacked), "provider");
    machine.env.TERRAFORM_BINARY_NAME = putTerraform("1.12.0", "exit 1", "elsewhere/terraform");
    expect((await check()).terraform).toEqual({
      name: "Terraform",
      binary: machine.env.TERRAFORM_BINARY_NAME,
      version: "1.12.0",
    });
  });

  test("says that OpenTofu is OpenTofu, whatever the file is called", async () => {
    put(path.join("home", unpacked), "provider");
    machine.env.TERRAFORM_BINARY_NAME = "tofu";
    const binary = putTerraform("1.11.1", "exit 1", "bin/tofu", "OpenTofu");
    expect((await check()).terraform).toEqual({ name: "OpenTofu", binary, version: "1.11.1" });
  });

  test("refuses an OpenTofu that is too old, by its name", () => {
    machine.env.TERRAFORM_BINARY_NAME = "tofu";
    putTerraform("1.10.0", "exit 1", "bin/tofu", "OpenTofu");
    return expect(check()).rejects.toThrow(
      /^OpenTofu is too old: "tofu" is version 1\.10\.0, and 1\.11\.0 or later is needed/,
    );
  });
});

describe("checkPrerequisites, for the provider,", () => {
  beforeEach(() => void putTerraform("1.11.4", "echo 'Error: no such host' >&2; exit 1"));

  test.each([
    ["directly below the home folder", "home"],
    ["one level below the home folder", "home/plugins"],
    ["directly below a shared folder", "share"],
    ["one level below a folder of add-on software", "opt/tf"],
    ["in Terraform's own folder of the user", "home/.terraform.d/plugins"],
    ["in Terraform's shared folder", "share/terraform/plugins"],
    ["in the user's data folder", "home/.local/share/terraform/plugins"],
    ["in the project's plugin folder", "project/terraform.d/plugins"],
    ["where terraform init left it", "project/.terraform/providers"],
    ["in the project's own cache", "project/.evenkeel/providers"],
  ])("finds it %s", async (_where, folder) => {
    const file = put(path.join(folder, unpacked), "provider");
    expect((await check()).provider).toBe(file);
  });

  test("prefers TF_PLUGIN_CACHE_DIR", async () => {
    put(path.join("opt", unpacked), "provider");
    const file = put(path.join("cache", unpacked), "provider");
    machine.env.TF_PLUGIN_CACHE_DIR = path.join(root, "cache");
    expect((await check()).provider).toBe(file);
  });

  test.each([
    [
      "filesystem mirror",
      (folder: string) => `provider_installation {\n  filesystem_mirror {\n    path = "${folder}"\n  }\n}\n`,
    ],
    [
      "filesystem mirror in JSON",
      (folder: string) => JSON.stringify({ provider_installation: { filesystem_mirror: { path: folder } } }),
    ],
    ["plugin_cache_dir", (folder: string) => `plugin_cache_dir = "${folder}"\n`],
    ["plugin_cache_dir with a variable", () => 'plugin_cache_dir = "$CACHES/mirror"\n'],
  ])("finds it in the CLI configuration's %s", async (_what, text) => {
    const file = put(path.join("mirror", unpacked), "provider");
    machine.env.CACHES = root;
    machine.env.TF_CLI_CONFIG_FILE = put("home/my.tfrc", text(path.join(root, "mirror")));
    expect((await check()).provider).toBe(file);
  });

  test("ignores a mirror that is commented out", async () => {
    put(path.join("mirror", unpacked), "provider");
    put("home/.terraformrc", `# plugin_cache_dir = "${path.join(root, "mirror")}"\n`);
    await expect(check()).rejects.toThrow(/^The AWS provider is missing/);
  });

  test("takes a CLI configuration that does not exist for an empty one", async () => {
    machine.env.TF_CLI_CONFIG_FILE = path.join(root, "nowhere.tfrc");
    const file = put(path.join("opt", unpacked), "provider");
    expect((await check()).provider).toBe(file);
  });

  test("passes over another platform's and another version's", async () => {
    put(path.join("opt", unpacked.replace(PLATFORM, "darwin_arm64")), "provider");
    put(path.join("share", unpacked.replace("5.100.0", "5.99.0")), "provider");
    await expect(check()).rejects.toThrow(/hashicorp\/aws 5\.100\.0 for linux_amd64/);
  });

  test("unpacks a packed one into the project's own cache", async () => {
    const archive = put(path.join("opt", packed), "");
    writeFileSync(archive, zipSync({ "LICENSE.txt": strToU8("license"), [PROGRAM]: strToU8("provider") }));
    const said: string[] = [];
    const { provider } = await checkPrerequisites(machine, (line) => said.push(line));
    expect(provider).toBe(path.join(root, "project", ".evenkeel", "providers", unpacked));
    expect(said).toEqual([expect.stringMatching(/^Unpacking the AWS provider 5\.100\.0/)]);
    expect((await check()).provider).toBe(provider);
  });

  test("refuses an archive without a provider", async () => {
    writeFileSync(put(path.join("opt", packed), ""), zipSync({ "LICENSE.txt": strToU8("license") }));
    await expect(check()).rejects.toThrow(
      /^The provider archive terraform-provider-aws_5\.100\.0_linux_amd64\.zip does not contain a provider\.$/,
    );
  });

  test("lets Terraform fetch it into the project's own cache when it is nowhere", async () => {
    const target = `$TF_PLUGIN_CACHE_DIR/${unpacked}`;
    putTerraform(
      "1.11.4",
      `mkdir -p $(dirname ${target}) && grep -q 5.100.0 main.tf.json && echo provider > ${target}`,
    );
    expect((await check()).provider).toBe(path.join(root, "project", ".evenkeel", "providers", unpacked));
  });

  test("says what is missing, why it could not be fetched and how to get it", () =>
    expect(check()).rejects.toThrow(
      /^The AWS provider is missing: registry\.terraform\.io\/hashicorp\/aws 5\.100\.0 for linux_amd64 is neither .* \(Error: no such host\); run `terraform providers mirror <folder>`/,
    ));
});
