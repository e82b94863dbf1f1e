import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join, resolve } from "node:path";
import { type StateStore, startStateStore } from "../../../simulator/state-store";
import { ObjectStore } from "../../../simulator/state-store/objects";
import { type ProcessResult, runProcess, runTerraform } from "../../../terraform";
import { checksums } from "../../support/checksums";
import { temporaryFolder } from "../../support/temporary-folder";

const root = resolve(__dirname, "..", "..", "..");
const script = join(root, "test", "simulator", "fixtures", "simulate.js");
const minutes = 60_000;

/** A "real" S3 and a "real" HTTP backend, and something that listens where all other backends would be. */
let s3: StateStore;
let http: HttpServer;
let httpState = "";
let elsewhere: Server;
let connections = 0;
const sockets = new Set<Socket>();
let project: string;
let cloud: string;

const portOf = (server: Server | HttpServer): number => (server.address() as AddressInfo).port;
const listening = (server: Server | HttpServer) =>
  new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));

beforeAll(async () => {
  s3 = await startStateStore({ objects: new ObjectStore(temporaryFolder()), account: "111122223333" });
  http = createHttpServer((request, response) => {
    connections += 1;
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      if (request.method === "POST") httpState = body;
      response.writeHead(request.method === "GET" && !httpState ? 404 : 200);
      response.end(httpState);
    });
  });
  elsewhere = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.end();
  });
  await Promise.all([listening(http), listening(elsewhere)]);
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of [http, elsewhere]) server?.close();
  await s3?.stop();
});

beforeEach(() => {
  project = temporaryFolder();
  cloud = join(project, ".evenkeel", "simulated");
  connections = 0;
});

function write(folder: string, config: object | string): void {
  mkdirSync(join(project, folder), { recursive: true });
  const isText = typeof config === "string";
  writeFileSync(join(project, folder, isText ? "main.tf" : "main.tf.json"), isText ? config : JSON.stringify(config));
}

/** Terraform as the user runs it, outside of the simulated cloud. */
const real = (folder: string, ...args: string[]): Promise<ProcessResult> =>
  runTerraform([...args, "-no-color"], { cwd: join(project, folder), env: realEnvironment() });

const realEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  AWS_ACCESS_KEY_ID: "real",
  AWS_SECRET_ACCESS_KEY: "real",
  TF_CLI_CONFIG_FILE: undefined,
  AWS_ENDPOINT_URL: s3.url,
  AWS_EC2_METADATA_DISABLED: "true",
});

const simulate = (command: string, env: NodeJS.ProcessEnv = {}): Promise<ProcessResult> =>
  runProcess(process.execPath, [script, cloud, "sh", "-c", command], {
    cwd: project,
    env: { ...realEnvironment(), ...env, TF_CLI_ARGS: "-no-color" },
  });

/** Everything of the project outside of the simulated cloud, and what the real services hold. */
async function everythingReal(): Promise<unknown> {
  const listed = await fetch(`${s3.url}/real?list-type=2`).then((answer) => answer.text());
  const keys = [...listed.matchAll(/<Key>([^<]*)</g)].map(([, key]) => key);
  const objects = await Promise.all(keys.map((key) => fetch(`${s3.url}/real/${key}`).then((answer) => answer.text())));
  return {
    files: checksums(project, [".evenkeel"]),
    objects: Object.fromEntries(keys.map((key, at) => [key, objects[at]])),
    httpState,
  };
}

const data = (input: string) => ({ terraform_data: { app: { input } } });

describe("A real state beside a simulated one", () => {
  test(
    "is never touched, for local, S3 and HTTP backends that were deployed for real",
    async () => {
      const backends: Record<string, object> = {
        "local-default": { local: {} },
        "local-path": { local: { path: "../states/app.tfstate" } },
        "local-absolute": { local: { path: join(project, "terraform.app.tfstate") } },
        s3: { s3: { bucket: "real", key: "app.tfstate", region: "eu-west-1", use_lockfile: true } },
        "s3-endpoint": {
          s3: {
            bucket: "real",
            key: "endpoint.tfstate",
            region: "eu-west-1",
            endpoints: { s3: s3.url },
            use_path_style: true,
          },
        },
        http: { http: { address: `http://127.0.0.1:${portOf(http)}/state` } },
      };
      const folders = Object.keys(backends);
      for (const [folder, backend] of Object.entries(backends)) {
        write(folder, { terraform: { backend }, resource: data("real") });
        expect((await real(folder, "init")).stderr).toBe("");
        expect((await real(folder, "apply", "-auto-approve")).stderr).toBe("");
      }
      for (const folder of folders)
        write(folder, { terraform: { backend: backends[folder] }, resource: data("simulated") });
      const before = await everythingReal();
      connections = 0;

      const apply = folders
        .map((folder) => `(cd ${folder} && terraform init && terraform apply -auto-approve) || exit 1`)
        .join("; ");
      const first = await simulate(apply);
      expect([first.code, first.stderr]).toEqual([0, expect.stringContaining("6 created, 0 changed, 0 destroyed")]);
      expect(await everythingReal()).toEqual(before);

      // The simulated states go on from run to run.
      const settled = await simulate(
        folders.map((folder) => `terraform -chdir=${folder} plan -detailed-exitcode || exit 1`).join("; "),
      );
      expect([settled.code, settled.stderr]).toEqual([0, expect.stringContaining("0 created, 0 changed, 0 destroyed")]);
      for (const folder of folders)
        write(folder, { terraform: { backend: backends[folder] }, resource: data("changed") });
      const changed = await everythingReal();
      const gone = folders.map((folder) => `terraform -chdir=${folder} destroy -auto-approve || exit 1`).join("; ");
      const second = await simulate(`cd s3 && terraform apply -auto-approve && cd .. && ${gone}`);
      expect([second.code, second.stderr]).toEqual([0, expect.stringContaining("0 created, 1 changed, 6 destroyed")]);
      expect(await everythingReal()).toEqual(changed);
      expect(connections).toBe(0);

      // A real Terraform finds its own data folder and state as they were.
      for (const folder of folders) write(folder, { terraform: { backend: backends[folder] }, resource: data("real") });
      for (const folder of folders) {
        const { code, stderr } = await real(folder, "plan", "-detailed-exitcode");
        expect([folder, code, stderr]).toEqual([folder, 0, ""]);
      }
    },
    6 * minutes,
  );

  test(
    "is not even connected to, for every other backend",
    async () => {
      const at = `127.0.0.1:${portOf(elsewhere)}`;
      const backends: Record<string, object> = {
        azurerm: {
          azurerm: { storage_account_name: "a", container_name: "c", key: "k", access_key: "aaaa", metadata_host: at },
        },
        cloud: {},
        consul: { consul: { address: at, path: "app" } },
        cos: { cos: { bucket: "b-1", region: "r", secret_id: "s", secret_key: "k", endpoint: `http://${at}` } },
        gcs: { gcs: { bucket: "b", access_token: "t", storage_custom_endpoint: `http://${at}/` } },
        kubernetes: { kubernetes: { secret_suffix: "app", host: `http://${at}` } },
        oss: { oss: { bucket: "b", access_key: "a", secret_key: "s", region: "r", endpoint: `http://${at}` } },
        pg: { pg: { conn_str: `postgres://user:secret@${at}/db?sslmode=disable` } },
        remote: { remote: { hostname: at, token: "t", organization: "o", workspaces: { name: "app" } } },
      };
      const cloudBlock = { hostname: at, token: "t", organization: "o", workspaces: { name: "other" } };
      for (const [folder, backend] of Object.entries(backends)) {
        const terraform = folder === "cloud" ? { cloud: cloudBlock } : { backend };
        write(folder, { terraform, resource: data(folder) });
      }
      const before = checksums(project);
      const folders = Object.keys(backends);
      const { code, stdout, stderr } = await simulate(
        folders
          .map((folder) => `(cd ${folder} && terraform init && terraform apply -auto-approve) || exit 1`)
          .join("; "),
      );
      expect([code, stdout, stderr]).toEqual([
        0,
        expect.anything(),
        expect.stringContaining("9 created, 0 changed, 0 destroyed"),
      ]);
      expect(connections).toBe(0);
      expect(checksums(project, [".evenkeel"])).toEqual(before);
      expect(Object.keys(checksums(cloud)).join("\n")).not.toContain("secret");

      // The same folders without the simulated cloud: they do connect.
      for (const folder of ["consul", "pg", "remote"]) {
        connections = 0;
        expect((await real(folder, "init", "-input=false")).code).toBe(1);
        expect([folder, connections]).not.toEqual([folder, 0]);
      }
    },
    6 * minutes,
  );

  test(
    "keeps its folder, lock file and modules as they were, in HCL with workspaces, modules and states that are read",
    async () => {
      write(
        "modules/app",
        'variable "name" {}\nresource "terraform_data" "app" {\n  input = var.name\n}\noutput "name" {\n  value = terraform_data.app.output\n}\n',
      );
      write(
        "network",
        'terraform {\n  backend "local" {}\n}\nvariable "name" {\n  default = "real"\n}\nmodule "app" {\n  source = "../modules/app"\n  name = var.name\n}\noutput "name" {\n  value = module.app.name\n}\n',
      );
      write(
        "app",
        'data "terraform_remote_state" "network" {\n  backend = "local"\n  config = { path = "../network/terraform.tfstate" }\n}\noutput "read" {\n  value = data.terraform_remote_state.network.outputs.name\n}\n',
      );
      writeFileSync(join(project, "app", ".terraform.lock.hcl"), "# the user's own\n");
      expect((await real("network", "init")).stderr).toBe("");
      expect((await real("network", "apply", "-auto-approve")).stderr).toBe("");
      expect((await real("network", "workspace", "new", "blue")).stderr).toBe("");
      const before = checksums(project);

      const variables = { TF_VAR_name: "simulated", TF_DATA_DIR: join(project, "network", ".terraform") };
      const { code, stdout, stderr } = await simulate(
        "(cd network && terraform init && terraform apply -auto-approve && terraform workspace new green && terraform workspace list) && " +
          "cd app && terraform init && terraform plan -out=plan && terraform apply plan && terraform output -raw read",
        variables,
      );
      expect([code, stderr]).toEqual([0, expect.stringContaining("1 created, 0 changed, 0 destroyed")]);
      expect(stdout).toMatch(/simulated$/);
      expect(stdout).toMatch(/ {2}default\n\* green\n/);
      expect(checksums(project, [".evenkeel"])).toEqual(before);
      expect((await real("network", "workspace", "show")).stdout).toBe("blue\n");
      expect((await real("network", "workspace", "select", "default")).code).toBe(0);
      expect((await real("network", "output", "-raw", "name")).stdout).toBe("real");
    },
    6 * minutes,
  );

  test(
    "is not changed by a Terraform that is started past the launchers",
    async () => {
      const config = {
        terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
        provider: { aws: { region: "us-east-1" } },
        resource: { aws_sqs_queue: { q: { name: "q" } } },
      };
      write("app", config);
      const inside = join(cloud, "cdktf.out", "stacks", "own");
      mkdirSync(inside, { recursive: true });
      cpSync(join(project, "app", "main.tf.json"), join(inside, "main.tf.json"));
      const before = readFileSync(join(project, "app", "main.tf.json"), "utf8");
      const { code, stdout, stderr } = await simulate(
        `cd app && "$EVENKEEL_REAL_PROGRAM" init && "$EVENKEEL_REAL_PROGRAM" apply -auto-approve; code=$?; cd ${inside} && ` +
          `"$EVENKEEL_REAL_PROGRAM" init && "$EVENKEEL_REAL_PROGRAM" apply -auto-approve && exit $code`,
      );
      expect([code, stdout]).toEqual([1, expect.stringContaining("1 added, 0 changed, 0 destroyed")]);
      expect(stderr.replaceAll(/[│\s]+/g, " ")).toContain(
        `Terraform in ${join(project, "app")} was not started by the simulated cloud's own launcher, and its state is a real one (${join(project, "app", "terraform.tfstate")}). ` +
          'Nothing was changed. Start it as "terraform", found by PATH, or as TERRAFORM_BINARY_NAME says.',
      );
      expect(Object.keys(checksums(join(project, "app"), [".terraform"]))).toEqual(["main.tf.json"]);
      expect(readFileSync(join(project, "app", "main.tf.json"), "utf8")).toBe(before);
    },
    6 * minutes,
  );
});

describe("simulate", () => {
  test(
    "refuses a second simulation of a folder, one inside another, and a folder that is a file",
    async () => {
      const waits = simulate("echo begun; while [ ! -e go-on ]; do sleep 0.1; done");
      const lock = join(project, ".evenkeel", "simulated.lock");
      while (!checksumsOrNothing(lock)) await new Promise((done) => setTimeout(done, 50));
      const second = await simulate("true");
      expect([second.code, second.stderr]).toEqual([
        99,
        expect.stringContaining(`The simulated cloud in ${cloud} is in use by process`),
      ]);
      writeFileSync(join(project, "go-on"), "");
      await waits;
      const nested = await simulate(`"${process.execPath}" "${script}" "${join(project, "other")}" true`);
      expect([nested.code, nested.stderr]).toEqual([
        99,
        expect.stringContaining("This command runs in a simulated cloud already; run it without a further `simulate`."),
      ]);
      writeFileSync(join(project, "file"), "");
      cloud = join(project, "file", "simulated");
      expect((await simulate("true")).stderr).toMatch(
        /file\/simulated: the simulated cloud cannot keep its states there \(ENOTDIR.*\)\. Make the folder writable\.\n/,
      );
    },
    6 * minutes,
  );
});

function checksumsOrNothing(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
