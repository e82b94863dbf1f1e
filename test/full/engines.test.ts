import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { stages } from "../../config";
import project from "../../evenkeel.config";
import { engines } from "../../scaffold";
import { readSynthesizedStacks, resourcesOf } from "../../terraform";
import { succeed } from "../support/packed";
import { differentFiles } from "../support/same-files";
import { temporaryFolder } from "../support/temporary-folder";
import {
  type App,
  allEngines,
  allows,
  initApps,
  installedVersion,
  installNodes,
  type NodeProgram,
  writeInto,
} from "./engines/apps";
import { differences, explained } from "./engines/differences";

const minutes = 60_000;
const majors = [20, 22, 24];
const names = allEngines.map(({ name }) => name);
const others = names.filter((name) => name !== "cdktf");
/** Each engine with each version of Node.js that it allows. */
const pairs = allEngines.flatMap((engine) =>
  majors.filter((major) => allows(engine, major)).map((major) => [engine.name, major] as const),
);

let apps: ReadonlyMap<string, App>;
let nodes: readonly NodeProgram[];

beforeAll(async () => {
  [apps, nodes] = await Promise.all([initApps(), installNodes(majors)]);
}, 10 * minutes);

function appOn(name: string): App {
  const app = apps.get(name);
  if (!app) throw new Error(`there is no app on ${name}`);
  return app;
}

const nodeOf = (major: number) => nodes.find((node) => node.major === major);

/** The arguments that only AWS 6 has, as the bindings of an app call them: an error by the types of older ones. */
function newArguments({ engine: { name, dependencies } }: App): string {
  const binding = Object.keys(dependencies).find((each) => each.startsWith("@"));
  const expected = name === "cdktf" ? "// @ts-expect-error: only later" : "";
  return `import type { CloudwatchLogGroupConfig } from "${binding}/lib/cloudwatch-log-group";
import type { DbProxyConfig } from "${binding}/lib/db-proxy";
import type { DynamodbTableConfig } from "${binding}/lib/dynamodb-table";

${expected}
export const group: Partial<CloudwatchLogGroupConfig> = { deletionProtectionEnabled: true };
${expected}
export const proxy: Partial<DbProxyConfig> = { defaultAuthScheme: "IAM_AUTH" };
${expected}
export const witness: Partial<DynamodbTableConfig> = { globalTableWitness: { regionName: "eu-west-2" } };
${expected}
export const replica: Partial<DynamodbTableConfig> = { replica: [{ regionName: "eu-west-2", consistencyMode: "STRONG" }] };
`;
}

/** What a command that has to fail said. */
async function failureOf(run: Promise<string>): Promise<string> {
  try {
    return `it did not fail, but said ${await run}`;
  } catch (error) {
    return (error as Error).message;
  }
}

describe("Every environment at every stage", () => {
  const output = (name: string): string => join(folder, name);
  let folder: string;

  beforeAll(async () => {
    folder = temporaryFolder("synthesized-");
    for (const name of names) {
      for (const { name: environment } of project.environments)
        mkdirSync(join(output(name), environment), { recursive: true });
      await onEngine(name, "synthesize-all.ts", output(name));
    }
  }, 5 * minutes);

  test.each(others)("is the same JSON on %s as on cdktf, but for what docs/engines.md explains", (name) => {
    const found = differences(output("cdktf"), output(name));
    expect(sorted(found)).toEqual(sorted(explained(name)));
  });

  const sorted = (rows: readonly { where: string }[]) =>
    [...rows].sort((one, other) => (one.where < other.where ? -1 : 1));
});

describe("Every environment at every stage without the shortcuts of synthesis", () => {
  test.each(names)(
    "is the same on %s, byte for byte",
    async (name) => {
      const folders = ["on", "off"].map((switched) => {
        const folder = temporaryFolder(`shortcuts-${switched}-`);
        for (const { name: environment } of project.environments) mkdirSync(join(folder, environment));
        return folder;
      });
      const [on = "", off = ""] = folders;
      await onEngine(name, "synthesize-all.ts", on);
      await onEngine(name, "synthesize-all.ts", off, { EVENKEEL_DIRECT_LITERALS: "off", EVENKEEL_MODULE_CACHE: "off" });
      expect(differentFiles(on, off)).toEqual([]);
    },
    10 * minutes,
  );
});

/** Runs a script of this repository on the engine of an app. */
function onEngine(name: string, script: string, folder: string, more: NodeJS.ProcessEnv = {}): Promise<string> {
  const preloaded = ["test/full/engines/use-engine.js", "dist/register.js"].flatMap((file) => [
    "--require",
    resolve(file),
  ]);
  const env = { EVENKEEL_TEST_ENGINE: appOn(name).folder, ...more };
  return succeed(process.execPath, [...preloaded, `test/full/engines/${script}`, folder], ".", env);
}

describe("What AWS 6 brings", () => {
  test("is refused by an older provider, in one message", async () => {
    const said = await failureOf(onEngine("cdktf", "use-aws6.ts", temporaryFolder()));
    for (const [field, version] of [
      ["logGroupDeletionProtection", "6.25"],
      ["tables[0].consistencyMode", "6.22"],
      ["databases[0].proxy.authentication", "6.25"],
    ]) {
      expect(said).toContain(`${field}: needs hashicorp/aws ${version} or later, but this project uses 5.100.0; `);
    }
  });

  test.each(others)(
    "is in the JSON on %s",
    async (name) => {
      const folder = temporaryFolder();
      await onEngine(name, "use-aws6.ts", folder);
      const stacks = readSynthesizedStacks(folder);
      const all = stacks.flatMap((stack) => [...resourcesOf(stack)]);
      const of = (type: string) => all.filter(([address]) => address.startsWith(`${type}.`)).map(([, body]) => body);
      const tables = of("aws_dynamodb_table");
      expect(tables.length).toBeGreaterThan(2);
      for (const table of tables) {
        expect(table.global_table_witness).toEqual({ region_name: "eu-west-2" });
        expect(table.replica).toEqual([
          expect.objectContaining({ region_name: "eu-central-1", consistency_mode: "STRONG" }),
        ]);
      }
      const proxies = of("aws_db_proxy");
      expect(proxies.map((proxy) => [proxy.default_auth_scheme, proxy.auth])).toEqual([
        ["IAM_AUTH", []],
        ["IAM_AUTH", []],
      ]);
      expect(of("aws_secretsmanager_secret").map((secret) => String(secret.name))).not.toContainEqual(
        expect.stringContaining("ledger_service"),
      );
      const groups = of("aws_cloudwatch_log_group");
      expect(groups.length).toBeGreaterThan(5);
      expect(groups.map((group) => group.deletion_protection_enabled)).toEqual(groups.map(() => true));
    },
    2 * minutes,
  );
});

describe("The source", () => {
  test.each(others)(
    "is right by the types of %s and its bindings",
    async (name) => {
      const { folder, engine } = appOn(name);
      const at = (file: string) => [`./${relative(".", join(folder, "node_modules", file))}`];
      const [cdk = ""] = Object.keys(engine.dependencies).filter((each) => /^cdkt[fn]$/.test(each));
      const [binding = ""] = Object.keys(engine.dependencies).filter((each) => each.startsWith("@"));
      const paths = {
        evenkeel: ["./index.ts"],
        cdktf: at(`${cdk}/lib/index.d.ts`),
        constructs: at("constructs/lib/index.d.ts"),
        "@cdktf/provider-aws/package.json": at(`${binding}/package.json`),
        "@cdktf/provider-aws/*": at(`${binding}/*/index.d.ts`),
      };
      // In this folder, as paths and files are relative to it.
      const config = resolve(".evenkeel", `tsconfig.${name}.json`);
      mkdirSync(resolve(".evenkeel"), { recursive: true });
      const up = (value: string[]) => value.map((path) => `../${path.replace(/^\.\//, "")}`);
      writeFileSync(
        config,
        JSON.stringify({
          extends: "../tsconfig.build.json",
          compilerOptions: {
            noEmit: true,
            rootDir: "/",
            paths: Object.fromEntries(Object.entries(paths).map(([from, to]) => [from, up(to)])),
          },
          include: ["../**/*.ts"],
          exclude: ["node_modules", "dist", "cdktf.out", ".evenkeel", "test"].map((each) => `../${each}`),
        }),
      );
      await expect(succeed(join("node_modules", ".bin", "tsc"), ["--project", config], ".")).resolves.toBe("");
    },
    3 * minutes,
  );
});

describe("A project that evenkeel init has written", () => {
  test.each(names)("on %s has the versions that are pinned, and one copy of each", (name) => {
    const app = appOn(name);
    for (const [dependency, version] of Object.entries(app.engine.dependencies)) {
      expect([dependency, installedVersion(app, dependency)]).toEqual([dependency, version]);
    }
    const foreign = Object.values(engines).flatMap(({ dependencies }) => Object.keys(dependencies));
    for (const dependency of new Set(foreign)) {
      if (dependency in app.engine.dependencies) continue;
      expect(() => installedVersion(app, dependency)).toThrow(/ENOENT/);
    }
  });

  test.each(names)(
    "on %s is right by the types of its engine",
    async (name) => {
      const app = appOn(name);
      const [cdk] = Object.keys(app.engine.dependencies).filter((each) => /^cdkt[fn]$/.test(each));
      const { toolkit } = app.engine;
      writeInto(
        app,
        "types.ts",
        `import { TerraformStack } from "${cdk}";
import { DeploymentStack, defineProject } from "${toolkit}";
import { RegionalService } from "${toolkit}/blueprints/regional-service";
import { EncryptionKey } from "${toolkit}/modules/encryption-key";
import { startCloud } from "${toolkit}/testing";

export const kept = [RegionalService, EncryptionKey, startCloud];
export const stack = (mine: DeploymentStack): TerraformStack => mine;
// @ts-expect-error: a stack is no number
export const number = (mine: DeploymentStack): number => mine;
// @ts-expect-error: environments are no text
export const wrong = defineProject({ environments: "none" });
${newArguments(app)}`,
      );
      await expect(app.run("tsc", [])).resolves.toBe("");
    },
    2 * minutes,
  );

  test.each(pairs)(
    "on %s synthesizes at every stage with Node.js %i, describes itself and is found in order",
    async (name, major) => {
      const app = appOn(name);
      const node = nodeOf(major);
      for (const stage of stages) {
        const output = join("cdktf.out", `${stage}-${major}`);
        const env = { EVENKEEL_SIMULATED: ".evenkeel/simulated", CDKTF_OUTDIR: output };
        await app.run("--require", ["evenkeel/register", "main.ts", "--stage", stage], { node, env });
        const { stacks } = JSON.parse(await succeed("cat", [join(output, "manifest.json")], app.folder));
        expect(Object.keys(stacks)).toEqual(expect.arrayContaining(["sandbox-keys", "sandbox-services-eu-west-1"]));
        const keys = JSON.parse(
          await succeed("cat", [join(output, "stacks", "sandbox-keys", "cdk.tf.json")], app.folder),
        );
        expect(keys.terraform.required_providers.aws).toEqual({
          source: "hashicorp/aws",
          version: app.engine.awsProvider,
        });
      }
      expect(await app.run("evenkeel", ["describe", "sandbox"], { node })).toContain("sandbox-services-eu-west-1");
      expect(await app.run("evenkeel", ["doctor"], { node })).toContain("Nothing is wrong.");
      await app.run("jest", ["--ci", "test/hello"], { node });
    },
    5 * minutes,
  );

  test.each(others)(
    "on %s is not simulated, as the simulated cloud has another provider",
    async (name) => {
      const app = appOn(name);
      const { awsProvider } = app.engine;
      const said = `hashicorp/aws ${awsProvider} is pinned, and the simulated cloud runs 5.100.0: a plan by 5.100.0 proves nothing about`;
      for (const verb of [["demo"], ["simulate", "--", "true"], ["rehearse", "sandbox", "--from", "foundation"]]) {
        expect(await failureOf(app.run("evenkeel", verb))).toContain(said);
      }
      await app.run("jest", ["--ci"]);
    },
    3 * minutes,
  );

  test.each(pairs.filter(([name]) => name === "cdktf"))(
    "on %s deploys to the simulated cloud with Node.js %i, and is promoted through every stage",
    async (name, major) => {
      const said = await appOn(name).run("evenkeel", ["demo"], { node: nodeOf(major), env: provider });
      expect(said).toContain("hashicorp/aws 5.100.0 plan every step");
    },
    8 * minutes,
  );

  test(
    "on cdktf tests on the simulated cloud that it deploys, settles, is promoted and destroyed",
    async () => {
      await expect(appOn("cdktf").run("jest", ["--ci"], { env: provider })).resolves.toEqual(expect.any(String));
    },
    10 * minutes,
  );
});

/** Where the provider is found that this repository has fetched. */
const provider = { TF_PLUGIN_CACHE_DIR: process.env.TF_PLUGIN_CACHE_DIR ?? resolve(".evenkeel", "providers") };
