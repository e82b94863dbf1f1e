import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changedSince } from "../../cli/deployment/changed-since";
import {
  leftBehind,
  lockedProviders,
  lockFileName,
  lockFileOf,
  lockProviders,
  requiredProviders,
  runTerraform,
  TerraformStack,
  thisPlatform,
} from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const here = thisPlatform();
const elsewhere = here === "linux_arm64" ? "darwin_arm64" : "linux_arm64";

/** No registry has this address, so that nothing leaves this machine; Terraform reads a provider only when it plans. */
const source = "registry.invalid/acme/dummy";
const mirror = join(folder, "mirror");
function provide(version: string, platform: string): void {
  const place = join(mirror, source, version, platform);
  mkdirSync(place, { recursive: true });
  const program = join(place, `terraform-provider-dummy_v${version}`);
  writeFileSync(program, `${version} ${platform}`);
  chmodSync(program, 0o755);
}
for (const platform of [here, elsewhere]) for (const version of ["1.0.0", "1.1.0"]) provide(version, platform);
const cli = join(folder, "terraform.rc");
writeFileSync(
  cli,
  `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
);
const env = { TF_CLI_CONFIG_FILE: cli, TF_PLUGIN_CACHE_DIR: undefined };

const required = (version: string) => ({ dummy: { source, version } });
const lock = (version: string, platforms: readonly string[], from?: string) =>
  lockProviders({
    required: requiredProviders({
      folder,
      terraform: { terraform: { required_providers: required(version) } },
    }),
    platforms,
    mirror: from,
    scratch: join(folder, "scratch"),
    env,
  });
const checksums = (content: string) => content.match(/"h1:/g)?.length;

describe("A lock file", () => {
  test("is made for every platform that is asked for, from a mirror", async () => {
    const { content, platforms, reason } = await lock("1.0.0", [here, elsewhere], mirror);
    expect([checksums(content), platforms, reason]).toEqual([2, [here, elsewhere], undefined]);
    expect(lockedProviders(content)).toEqual([{ source, version: "1.0.0" }]);
    expect(existsSync(join(folder, "scratch"))).toBe(false);
  });

  test("has the newest version that is allowed", async () => {
    const { content } = await lock("~> 1.0", [here], mirror);
    expect(lockedProviders(content)).toEqual([{ source, version: "1.1.0" }]);
  });

  test("has the providers of modules in HCL as well", async () => {
    const assets = join(folder, "assets", "module");
    mkdirSync(assets, { recursive: true });
    writeFileSync(
      join(assets, "main.tf.json"),
      JSON.stringify({ terraform: { required_providers: required("1.0.0") } }),
    );
    const stack = {
      terraform: {},
      module: { queues: { source: "./assets/module", name: "\u0024{aws_sqs_queue.q.name}" } },
    };
    const of = requiredProviders({ folder, terraform: stack });
    const scratch = join(folder, "scratch");
    const { content } = await lockProviders({ required: of, platforms: [here], mirror, scratch, env });
    expect(lockedProviders(content)).toEqual([{ source, version: "1.0.0" }]);
    expect(existsSync(join(assets, "main.tf.json"))).toBe(true);
  });

  test("is made for this platform alone where the registry cannot be reached, and says why", async () => {
    const { content, platforms, reason } = await lock("1.0.0", [here, elsewhere]);
    expect([checksums(content), platforms]).toEqual([1, [here]]);
    expect(reason).toMatch(/registry\.invalid/);
  });

  test.each([
    ["a platform that the mirror does not have", ["plan9_amd64"], mirror, "1.0.0"],
    ["a version that nobody has, from the registry and from here", [here], undefined, "9.0.0"],
    ["another platform alone, from a registry that cannot be reached", [elsewhere], undefined, "1.0.0"],
  ])("is not made for %s", async (_what, platforms, from, version) => {
    await expect(lock(version, platforms, from)).rejects.toThrow(/providers lock .*failed:/);
    expect(existsSync(join(folder, "scratch"))).toBe(false);
  });
});

describe("A stack whose project has a lock file", () => {
  const project = join(folder, "project");
  const stack = { name: "shop-data", folder: join(project, "output", "stacks", "shop-data") };
  const file = join(project, lockFileOf("shop-data"));
  const before = process.cwd();
  beforeAll(async () => {
    mkdirSync(stack.folder, { recursive: true });
    mkdirSync(join(project, "locks"));
    const dependencies: string[] = [];
    const manifest = {
      stacks: { [stack.name]: { name: stack.name, workingDirectory: `stacks/${stack.name}`, dependencies } },
    };
    writeFileSync(join(project, "output", "manifest.json"), JSON.stringify(manifest));
    process.chdir(project);
  });
  afterAll(() => process.chdir(before));
  const require = (version: string) =>
    writeFileSync(
      join(stack.folder, "cdk.tf.json"),
      JSON.stringify({ terraform: { required_providers: required(version) } }),
    );
  const init = (more: NodeJS.ProcessEnv = {}) =>
    new TerraformStack(stack, { ...env, ...more }, { environment: "shop" }).init();

  test("is initialized by what it says, and leaves it as it is", async () => {
    require("~> 1.0");
    const { content } = await lock("1.0.0", [here, elsewhere], mirror);
    // As a checkout may have it.
    writeFileSync(file, content, { mode: 0o444 });
    writeFileSync(join(stack.folder, lockFileName), "# of an earlier init\n");
    await init();
    await init();
    const { stdout } = await runTerraform(["version", "-json"], { cwd: stack.folder, env: { ...process.env, ...env } });
    expect((JSON.parse(stdout) as { provider_selections: object }).provider_selections).toEqual({ [source]: "1.0.0" });
    expect(readFileSync(join(stack.folder, lockFileName), "utf8")).toBe(content);
    expect(readFileSync(file, "utf8")).toBe(content);
  });

  test.each([
    ["another version", "1.1.0", "1.0.0", [here]],
    ["another platform alone", "1.0.0", "1.0.0", [elsewhere]],
  ])("is refused where it is of %s, with the file and what to do", async (_what, wanted, locked, platforms) => {
    require(wanted);
    chmodSync(file, 0o644);
    writeFileSync(file, (await lock(locked, platforms, mirror)).content);
    await expect(init()).rejects.toThrow(
      `${join("locks", "shop-data.hcl")} does not have the providers that would be installed here: another version, or none for this platform. Run \`evenkeel locks shop\` and commit`,
    );
  });

  test("is refused where it lacks a provider", async () => {
    require("1.0.0");
    writeFileSync(file, "");
    await expect(init()).rejects.toThrow("Run `evenkeel locks shop` and commit");
  });

  test("that is gone has its state read all the same", async () => {
    const gone = { name: "shop-events", folder: join(project, "output", "stacks", "shop-events") };
    writeFileSync(join(project, lockFileOf(gone.name)), (await lock("1.0.0", [here], mirror)).content);
    const state = { version: 4, terraform_version: "1.11.0", serial: 1, lineage: "x", outputs: {} };
    const resource = { mode: "managed", type: "dummy_thing", name: "a", provider: `provider["${source}"]` };
    const resources = [{ ...resource, instances: [{ schema_version: 0, attributes: {} }] }];
    writeFileSync(join(project, "shop-events.tfstate"), JSON.stringify({ ...state, resources }));
    const backend = { local: { path: join(project, "shop-data.tfstate") } };
    writeFileSync(join(stack.folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend } }));
    const [found] = await leftBehind({ ...stack, dependencies: [], reads: [] } as never, [gone.name], env);
    expect(found).toMatchObject({ stack: gone.name, resources: [{ address: "dummy_thing.a" }] });
  });

  test("takes a provider that is attached as it is, whether it is locked or not", async () => {
    require("1.0.0");
    const attached = {
      Protocol: "grpc",
      ProtocolVersion: 5,
      Pid: 1,
      Test: true,
      Addr: { Network: "tcp", String: "127.0.0.1:1" },
    };
    const simulated = { TF_REATTACH_PROVIDERS: JSON.stringify({ [source]: attached }) };
    writeFileSync(file, "");
    await expect(init(simulated)).resolves.toBeUndefined();
    writeFileSync(file, (await lock("1.1.0", [here], mirror)).content);
    await expect(init(simulated)).resolves.toBeUndefined();
  });

  test("is another one than was planned once the file has another content", async () => {
    require("1.0.0");
    const { createHash } = await import("node:crypto");
    const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
    const path = `output/stacks/${stack.name}/${lockFileName}`;
    const configuration = `stacks/${stack.name}/cdk.tf.json`;
    const files = {
      "output/manifest.json": digest("output/manifest.json"),
      [`output/${configuration}`]: digest(join("output", configuration)),
      [path]: digest(file),
    };
    expect(changedSince("output", files)).toEqual([]);
    writeFileSync(file, `${readFileSync(file, "utf8")}# changed\n`);
    expect(changedSince("output", files)).toEqual([
      `the lock file ${join("locks", "shop-data.hcl")}: has another content`,
    ]);
    const { [path]: _, ...without } = files;
    expect(changedSince("output", without)).toEqual([`the lock file ${join("locks", "shop-data.hcl")}: is new`]);
  });
});
