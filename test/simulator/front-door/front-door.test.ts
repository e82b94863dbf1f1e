import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { hclParser } from "../../../simulator/front-door/configuration";
import { openFrontDoor } from "../../../simulator/front-door/front-door";
import { writeIsolation } from "../../../simulator/front-door/isolation";
import { checksums } from "../../support/checksums";
import { temporaryFolder } from "../../support/temporary-folder";

let root: string;
let directory: string;

beforeEach(() => {
  root = realpathSync(temporaryFolder());
  directory = join(root, ".evenkeel", "simulated");
  mkdirSync(directory, { recursive: true });
});

function write(name: string, content: string | object): void {
  const file = join(root, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
}

const open = (args: readonly string[], folder = ".", env: NodeJS.ProcessEnv = {}) =>
  openFrontDoor({
    directory,
    program: "/opt/terraform",
    args,
    env: { EVENKEEL_STARTED_IN: root, ...env },
    cwd: join(root, folder),
  });

const workingFolder = (folder = "") => join(directory, "folders", root.slice(1), folder);
const json = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const written = (folder = "", name = "main.tf.json") => json(join(workingFolder(folder), name));
const simulatedFile = (file: string) => join(directory, "state", "files", root.slice(1), file);

/** The backend that Terraform sees in place of one in a JSON file. */
async function backendInPlaceOf(backend: object, args: readonly string[] = ["init"]): Promise<unknown> {
  write("main.tf.json", { terraform: { backend } });
  await open(args);
  return written().terraform.backend;
}

describe("The front door of the simulated cloud", () => {
  test("runs Terraform in a folder of the simulated cloud, with its arguments", async () => {
    write("main.tf.json", {});
    expect(await open(["plan", "-var", "it's"])).toBe(
      `cd '${workingFolder()}' || exit 1\nunset TF_DATA_DIR\nexec '/opt/terraform' 'plan' '-var' 'it'\\''s'\n`,
    );
  });

  test.each([
    ["none", {}, "terraform.tfstate"],
    ["local", { local: {} }, "terraform.tfstate"],
    ["local with a path", { local: { path: "states/app.tfstate" } }, "states/app.tfstate"],
    ["local with another ending", { local: { path: "app.json" } }, "app.json.tfstate"],
  ])("keeps the state of a local backend (%s) below its own folder", async (_what, backend, file) => {
    expect(await backendInPlaceOf(backend)).toEqual({
      local: { path: simulatedFile(file), workspace_dir: simulatedFile("terraform.tfstate.d") },
    });
  });

  test("keeps the state of cdktf's absolute path below its own folder", async () => {
    expect(await backendInPlaceOf({ local: { path: join(root, "terraform.dev.tfstate") } })).toMatchObject({
      local: { path: simulatedFile("terraform.dev.tfstate") },
    });
  });

  test("takes what leads away from the simulated S3 out of an S3 backend, and locks there", async () => {
    const away = {
      access_key: "real",
      assume_role: { role_arn: "arn:aws:iam::111122223333:role/state" },
      dynamodb_table: "locks",
      endpoints: { s3: "https://minio.example.com" },
      profile: "prod",
    };
    const kept = { bucket: "state", key: "app.tfstate", region: "eu-west-1" };
    expect(await backendInPlaceOf({ s3: { ...kept, ...away } })).toEqual({ s3: { ...kept, use_lockfile: true } });
  });

  test.each([
    ["gcs", { gcs: { bucket: "state", prefix: "app" } }],
    ["http", { http: { address: "https://gitlab.example.com/state/app" } }],
    ["remote", { remote: { organization: "acme", workspaces: { name: "app" } } }],
  ])("keeps the state of a %s backend in a file below its own folder", async (type, backend) => {
    expect(await backendInPlaceOf(backend)).toMatchObject({
      local: { path: expect.stringContaining(join(directory, "state", `${type}/`)) },
    });
  });

  test("says at init where a state is kept whose backend is not simulated", async () => {
    write("main.tf.json", { terraform: { backend: { gcs: { bucket: "state", prefix: "app" } } } });
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    for (const args of [["init"], ["plan"]]) {
      await openFrontDoor({ directory, program: "/opt/terraform", args, env: {}, cwd: root, say });
    }
    expect(said).toEqual([
      `${root}: the state is kept in ${written().terraform.backend.local.path} in place of the backend "gcs".`,
    ]);
  });

  test("gives two backends two states, and one backend one", async () => {
    const pathOf = async (prefix: string) =>
      await backendInPlaceOf({ gcs: { bucket: "state", prefix, credentials: "x" } });
    expect(await pathOf("a")).toEqual(await pathOf("a"));
    expect(await pathOf("a")).not.toEqual(await pathOf("b"));
  });

  test("reads the state of another stack where it is simulated", async () => {
    const remoteStates = {
      local: { backend: "local", config: { path: "$" + "{path.module}/../network/terraform.tfstate" } },
      gcs: { backend: "gcs", config: { bucket: "state", prefix: "app" }, defaults: { a: 1 } },
    };
    write("app/main.tf.json", { data: { terraform_remote_state: remoteStates } });
    await open(["plan"], "app");
    const { gcs } = (await backendInPlaceOf({ gcs: { bucket: "state", prefix: "app" } })) as { gcs?: object };
    expect(gcs).toBeUndefined();
    expect(written("app").data.terraform_remote_state).toEqual({
      local: {
        backend: "local",
        config: { path: simulatedFile("network/terraform.tfstate"), workspace_dir: expect.any(String) },
      },
      gcs: { backend: "local", config: written().terraform.backend.local, defaults: { a: 1 } },
    });
  });

  test("writes over HCL, override files and blocks of HCP Terraform as well", async () => {
    write(
      "main.tf",
      'terraform {\n  cloud {\n    organization = "acme"\n    workspaces {\n      name = "app"\n    }\n  }\n}\n',
    );
    write(
      "zz_override.tf",
      'data "terraform_remote_state" "n" {\n  backend = "local"\n  config = { path = "n.tfstate" }\n}\n',
    );
    await open(["plan"]);
    expect(written("", "~evenkeel_override.tf.json")).toEqual({
      terraform: {
        backend: { local: { path: expect.stringContaining("/state/remote/"), workspace_dir: expect.any(String) } },
      },
      data: {
        terraform_remote_state: {
          n: { backend: "local", config: { path: simulatedFile("n.tfstate"), workspace_dir: expect.any(String) } },
        },
      },
    });
  });

  test("follows -chdir, and what init was told by -backend-config", async () => {
    write("app/main.tf", 'terraform {\n  backend "s3" {\n    key = "app.tfstate"\n  }\n}\n');
    write("app/prod.tfbackend", 'bucket = "state"\nendpoint = "https://minio.example.com"\n');
    const init = await open([
      "-chdir=app",
      "init",
      "-backend-config",
      "prod.tfbackend",
      "-backend-config=region=eu-west-1",
    ]);
    expect(init).toContain(`cd '${workingFolder("app")}'`);
    expect(init).toContain("exec '/opt/terraform' 'init'\n");
    await open(["plan"], "app");
    expect(written("app", "~evenkeel_override.tf.json").terraform.backend).toEqual({
      s3: { key: "app.tfstate", bucket: "state", region: "eu-west-1" },
    });
  });

  test("keeps no secret that -backend-config has", async () => {
    write("main.tf.json", { terraform: { backend: { pg: {} } } });
    write("secret.tfbackend", 'conn_str = "postgres://user:secret@db/states"\n');
    await open(["init", "-backend-config=secret.tfbackend"]);
    await open(["plan"]);
    const { path } = written().terraform.backend.local;
    expect(path).toMatch(/\/state\/pg\/[0-9a-f]{8}\.tfstate$/);
    const kept = Object.keys(checksums(directory)).map((file) => readFileSync(join(directory, file), "utf8"));
    expect(
      kept.filter(
        (text, at) => text.includes("user:secret") && !Object.keys(checksums(directory))[at]?.endsWith(".tfbackend"),
      ),
    ).toEqual([]);
  });

  test("forgets a real backend for which a folder of the simulated cloud was initialized", async () => {
    const stack = ".evenkeel/simulated/cdktf.out/stacks/app";
    const data = `${stack}/.terraform/terraform.tfstate`;
    write(`${stack}/cdk.tf.json`, {
      terraform: { backend: { local: { path: join(directory, "state", "a.tfstate") } } },
    });
    write(data, { backend: { type: "gcs", config: { bucket: "b" } } });
    await open(["init", "-migrate-state"], stack);
    expect(existsSync(join(root, data))).toBe(false);
    write(data, {
      backend: { type: "local", config: { path: join(directory, "state", "a.tfstate"), workspace_dir: null } },
    });
    await open(["plan"], stack);
    expect(existsSync(join(root, data))).toBe(true);
  });

  test("leaves a folder of the simulated cloud alone whose states are simulated already", async () => {
    const s3 = { bucket: "state", key: "app.tfstate", region: "eu-west-1", encrypt: true };
    write(".evenkeel/simulated/cdktf.out/stacks/app/cdk.tf.json", { terraform: { backend: { s3 } } });
    const stack = join(directory, "cdktf.out", "stacks", "app");
    expect(await open(["apply", "plan"], ".evenkeel/simulated/cdktf.out/stacks/app")).toBe(
      `cd '${stack}' || exit 1\nunset TF_DATA_DIR\nexec '/opt/terraform' 'apply' 'plan'\n`,
    );
  });

  test("keeps saved plans to itself", async () => {
    write("main.tf.json", {});
    write("old", "a plan of a real deployment");
    const plan = join(directory, "plans", root.slice(1), "new");
    expect(await open(["plan", "-out", "new"])).toContain(`'plan' '-out=${plan}'`);
    writeFileSync(plan, "");
    expect(await open(["apply", "-auto-approve", "new"])).toContain(`'apply' '-auto-approve' '${plan}'`);
    await expect(open(["apply", "old"])).rejects.toThrow(
      'old: was not planned in this simulated cloud; a plan names its own state. Run "plan -out=old" here first.',
    );
  });

  test("sees the files beside and above a folder, without states", async () => {
    write("modules/m/main.tf.json", {});
    write("app/main.tf.json", {});
    write("app/template.txt", "text");
    for (const name of ["terraform.tfstate", "terraform.tfstate.backup", ".terraform/terraform.tfstate"])
      write(`app/${name}`, "{}");
    await open(["plan"], "app");
    const at = workingFolder("app");
    expect(readFileSync(join(at, "template.txt"), "utf8")).toBe("text");
    expect(readFileSync(join(at, "..", "modules", "m", "main.tf.json"), "utf8")).toBe("{}");
    for (const name of ["terraform.tfstate", "terraform.tfstate.backup", ".terraform"]) {
      expect(() => readFileSync(join(at, name))).toThrow("ENOENT");
    }
  });

  test("lets a folder be worked in, and one below it, in any order", async () => {
    write("main.tf.json", {});
    write("below/main.tf.json", {});
    await open(["plan"]);
    await open(["plan"], "below");
    write("below/new.txt", "text");
    await open(["plan"]);
    expect(readFileSync(join(workingFolder("below"), "new.txt"), "utf8")).toBe("text");
    expect(json(join(root, "below", "main.tf.json"))).toEqual({});
  });

  test("puts back what a command has changed of the variables that keep S3 to this machine", async () => {
    write("main.tf.json", {
      terraform: { backend: { s3: { bucket: "state", key: "a.tfstate", region: "eu-west-1" } } },
    });
    writeIsolation(directory, {
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_PROFILE: undefined,
      AWS_REGION: "eu-west-1",
    });
    const env = {
      AWS_ENDPOINT_URL: "https://s3.example.com",
      AWS_ENDPOINT_URL_S3: "x",
      AWS_PROFILE: "prod",
      AWS_REGION: "eu-west-1",
    };
    expect(await open(["plan"], ".", env)).toContain(
      "unset TF_DATA_DIR\nunset AWS_ENDPOINT_URL_S3\nexport AWS_ENDPOINT_URL='http://127.0.0.1:1'\nunset AWS_PROFILE\nexec",
    );
  });

  test("runs what uses no state where it is", async () => {
    for (const args of [["version"], ["fmt", "-check"], ["plan", "-help"]]) {
      expect(await open(args)).toBe(`exec '/opt/terraform' ${args.map((arg) => `'${arg}'`).join(" ")}\n`);
    }
  });
});

describe("The front door refuses", () => {
  beforeEach(() => write("main.tf.json", {}));

  test.each([
    ["state", ["plan", "-state=../real.tfstate"]],
    ["state-out", ["apply", "-state-out", "../real.tfstate"]],
    ["backup", ["state", "rm", "-backup=../real.tfstate", "a.b"]],
  ])("a state outside, given by -%s", async (flag, args) => {
    await expect(open(args)).rejects.toThrow(
      `-${flag}=../real.tfstate is a state outside of the simulated cloud. Leave it out: the state of ${root} is kept in ${directory}.`,
    );
  });

  test("a state that leads outside by a symbolic link", async () => {
    symlinkSync(root, join(directory, "link"));
    await expect(open(["plan", `-state=${join(directory, "link", "real.tfstate")}`])).rejects.toThrow(
      "outside of the simulated cloud",
    );
  });

  test("states in the arguments that an environment variable adds", async () => {
    await expect(open(["init"], ".", { TF_CLI_ARGS_init: "-backend-config=path=real.tfstate" })).rejects.toThrow(
      "TF_CLI_ARGS_init has -backend-config, which says where states or plans are. Give it to the command itself, or unset TF_CLI_ARGS_init.",
    );
    expect(await open(["plan"], ".", { TF_CLI_ARGS_plan: "-parallelism=3" })).toContain("exec");
  });

  test.each([["login"], ["logout"]])("%s", async (command) => {
    await expect(open([command])).rejects.toThrow(
      `"${command}" is about HCP Terraform, which is not simulated. Run it outside of the simulation.`,
    );
  });

  test("a backend or a read state that an expression names", async () => {
    const path = "$" + "{var.path}";
    write("a/main.tf.json", { terraform: { backend: { local: { path } } } });
    await expect(open(["init"], "a")).rejects.toThrow(
      `${join(root, "a")}: the backend "local" is configured by an expression, so its state is not known before Terraform runs. Write literal values for a simulation.`,
    );
    write("b/main.tf.json", { data: { terraform_remote_state: { n: { backend: "local", config: { path } } } } });
    await expect(open(["plan"], "b")).rejects.toThrow(
      `${join(root, "b")}: data.terraform_remote_state.n names the state by an expression, so it is not known before Terraform runs. ` +
        'Write "backend" and "config" with literal values, a path at least with a literal beginning.',
    );
  });

  test("a real state that a check block reads", async () => {
    const n = { backend: "local", config: { path: "n.tfstate" } };
    write("main.tf.json", { check: { c: { data: { terraform_remote_state: { n } } } } });
    await expect(open(["plan"])).rejects.toThrow(
      `${root}: data.terraform_remote_state.n reads a real state in a check block, where it cannot be replaced. Read it outside of the check.`,
    );
  });

  test("a file that it cannot read", async () => {
    write("a/main.tf", 'resource "a" {\n  x =\n}\n');
    await expect(open(["init"], "a")).rejects.toThrow(
      new RegExp(
        `^${join(root, "a", "main.tf")}: cannot be read \\(.*Invalid expression.*\\), so it is not known which state it is about`,
      ),
    );
  });

  test("HCL without a parser", () => {
    expect(() => hclParser([root])).toThrow(
      "HCL is read with @cdktn/hcl2json, which is not installed; run npm install --save-dev @cdktn/hcl2json",
    );
  });

  test("providers and provisioners that would run for real, unless they are allowed", async () => {
    write("a/main.tf.json", {
      terraform: {
        required_providers: { g: { source: "registry.terraform.io/integrations/github" }, aws: { source: "aws" } },
      },
      resource: {
        aws_sqs_queue: { q: { name: "q" } },
        random_id: { r: { byte_length: 2 } },
        g_repository: { r: { provider: "g" } },
        local_file: { f: { filename: "f", content: "" } },
        terraform_data: { t: { provisioner: [{ "local-exec": { command: "make" } }] } },
      },
    });
    await expect(open(["init"], "a")).rejects.toThrow(
      `${join(root, "a")}: uses hashicorp/local, integrations/github, local-exec, which would run for real: only AWS is simulated. ` +
        "If what they do is meant in a simulation too, set EVENKEEL_ALLOW_REAL=hashicorp/local,integrations/github,local-exec.",
    );
    const allowed = { EVENKEEL_ALLOW_REAL: "hashicorp/local, integrations/github, local-exec" };
    expect(await open(["init"], "a", allowed)).toContain("exec");
  });

  test("modules that read real states or run for real", async () => {
    write(".evenkeel/simulated/folders/x", "");
    const modules = { Modules: [{ Dir: "." }, { Dir: "m" }] };
    write("m/main.tf.json", { data: { terraform_remote_state: { n: { backend: "local", config: { path: "n" } } } } });
    await open(["init"]);
    mkdirSync(join(workingFolder(), ".terraform", "modules"), { recursive: true });
    writeFileSync(join(workingFolder(), ".terraform", "modules", "modules.json"), JSON.stringify(modules));
    await expect(open(["plan"])).rejects.toThrow(
      `${join(root, "m")}: data.terraform_remote_state.n of this module reads a state outside of the simulated cloud. ` +
        "Read it in the root module, where it is replaced, and pass the values to the module.",
    );
    write("m/main.tf.json", { resource: { local_file: { f: {} } } });
    await expect(open(["plan"])).rejects.toThrow(`${join(root, "m")}: uses hashicorp/local, which would run for real`);
  });
});
