import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { withoutShortcuts } from "../../bench/without-shortcuts";
import project from "../../evenkeel.config";
import { engines } from "../../scaffold";
import { readSynthesizedStacks, resourcesOf } from "../../terraform";
import { succeed } from "../support/packed";
import { differentFiles } from "../support/same-files";
import { temporaryFolder } from "../support/temporary-folder";
import { wholeOr } from "../support/whole-proofs";
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
import { lackingAtStages } from "./engines/synthesized-work";
import { typesOf } from "./engines/types";
import { callVerbs } from "./engines/verbs";
import { OwnWork } from "./new-project/own-work";

const minutes = 60_000;
const { exclude: notBuilt } = JSON.parse(readFileSync("tsconfig.build.json", "utf8")) as { exclude: string[] };
const majors = [20, 22, 24];
const names = allEngines.map(({ name }) => name);
const others = names.filter((name) => name !== "cdktf");
/** Each engine with each version of Node.js that it allows; or with the oldest and the newest. */
const pairs = allEngines.flatMap((engine) => {
  const allowed = majors.filter((major) => allows(engine, major));
  const ends = allowed.filter((major) => major === allowed.at(0) || major === allowed.at(-1));
  return wholeOr(allowed, ends).map((major) => [engine.name, major] as const);
});

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

function nodeOf(major: number): NodeProgram {
  const node = nodes.find((each) => each.major === major);
  if (!node) throw new Error(`Node.js ${major} is not installed`);
  return node;
}

/** The oldest Node.js that an engine allows. */
const oldestNode = ({ engine }: App): NodeProgram => nodeOf(majors.find((major) => allows(engine, major)) ?? 0);

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
      await onEngine(name, "synthesize-all.ts", off, withoutShortcuts);
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
      const tables = of("aws_dynamodb_table").filter(({ name }) =>
        ["prod-orders", "prod-shipments"].includes(String(name)),
      );
      expect(tables).toHaveLength(2);
      for (const table of tables) {
        expect(table.global_table_witness).toEqual({ region_name: "eu-west-2" });
        expect(table.replica).toEqual([
          expect.objectContaining({ region_name: "eu-central-1", consistency_mode: "STRONG" }),
        ]);
      }
      const proxies = of("aws_db_proxy");
      // Two databases in two regions.
      expect(proxies.map((proxy) => [proxy.default_auth_scheme, proxy.auth])).toEqual(Array(4).fill(["IAM_AUTH", []]));
      expect(of("aws_secretsmanager_secret").map((secret) => String(secret.name))).not.toContainEqual(
        expect.stringMatching(/ledger_service|stock_service/),
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
          exclude: notBuilt.map((each) => `../${each}`),
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

  test.each(names)("on %s refuses every install script by name, so that npm asks about none", (name) => {
    const { folder } = appOn(name);
    const read = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8"));
    const { packages } = read("package-lock.json") as { packages: Record<string, { hasInstallScript?: boolean }> };
    const paths = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript);
    const scripted = new Set(paths.map((path) => path.replace(/^.*node_modules\//, "")));
    expect(read("package.json").allowScripts).toEqual(Object.fromEntries([...scripted].map((each) => [each, false])));
  });

  test.each(names)(
    "on %s gets a service, a table, an environment, a capability, a module and a stack of the team's own",
    async (name) => {
      const app = appOn(name);
      const node = oldestNode(app);
      const evenkeel = (...args: string[]) => app.run("evenkeel", args, { node });
      const own = new OwnWork(app.folder, app.engine);
      await evenkeel("add", "service", "orders", "-y");
      await evenkeel("add", "table", "orders", "--partition-key", "orderId", "--environment", "sandbox", "-y");
      await evenkeel("add", "environment", "qa", "-y");
      expect(await failureOf(evenkeel("add", "service", "orders", "-y"))).toContain("has one of this name already");
      own.useOwnStacks();
      own.useAuditTrail();
      expect(await failureOf(evenkeel("describe", "sandbox"))).toContain(
        "services[0].function.logRetentionDays: is too short for an audit; use 365 or more (received 30)",
      );
      own.correct();
      own.refusedPlan();
      own.addTest();
      expect(await failureOf(evenkeel("topology", "sandbox"))).toContain("npm install --save-dev elkjs@0.12");
      // As npm would.
      cpSync(join("node_modules", "elkjs"), join(app.folder, "node_modules", "elkjs"), { recursive: true });
    },
    3 * minutes,
  );

  test.each(names)(
    "on %s is right by the types of its engine",
    async (name) => {
      const app = appOn(name);
      writeInto(app, "types.ts", typesOf(app.engine));
      await expect(app.run("tsc", [], { node: oldestNode(app) })).resolves.toBe("");
    },
    2 * minutes,
  );

  test.each(pairs)(
    "on %s synthesizes at every stage with Node.js %i, answers every verb and tests itself",
    async (name, major) => {
      const app = appOn(name);
      const node = nodeOf(major);
      const [problems, lacking] = await Promise.all([callVerbs(app, node), lackingAtStages(app, node)]);
      expect(problems).toEqual([]);
      expect(lacking).toEqual({ foundation: [], hardening: [], optimization: [] });
      // The simulated cloud is for the test below.
      await app.run("jest", ["--ci", ...(app.engine.simulated ? ["hello", "orders", "own-work"] : [])], { node });
    },
    8 * minutes,
  );

  test.each(others)(
    "on %s is not simulated, as the simulated cloud has another provider",
    async (name) => {
      const app = appOn(name);
      const { awsProvider } = app.engine;
      const said = `hashicorp/aws ${awsProvider} is pinned, and the simulated cloud runs 5.100.0: a plan by 5.100.0 proves nothing about`;
      for (const verb of [["demo"], ["simulate", "--", "true"], ["rehearse", "sandbox", "--from", "foundation"]]) {
        expect(await failureOf(app.run("evenkeel", verb, { node: oldestNode(app) }))).toContain(said);
      }
    },
    3 * minutes,
  );

  // With the Node.js that runs the tests, new-project.test.ts does the same and more.
  const running = Number(process.versions.node.split(".")[0]);
  test.each(pairs.filter(([name, major]) => engines[name].simulated && major !== running))(
    "on %s deploys to the simulated cloud with Node.js %i, and is promoted through every stage",
    async (name, major) => {
      const node = nodeOf(major);
      const evenkeel = (...args: string[]) => appOn(name).run("evenkeel", args, { node, env: provider });
      expect(await evenkeel("demo")).toContain("hashicorp/aws 5.100.0 plan every step");
      expect(await evenkeel("rehearse", "sandbox", "--from", "foundation")).toContain("No violation");
      const cli = join("node_modules", "evenkeel", "dist", "cli", "main.js");
      await evenkeel("simulate", "--", node.program, cli, "deploy", "sandbox", "--auto-approve");
      expect(await evenkeel("inventory")).toContain("sandbox-orders");
      await evenkeel("simulate", "--", node.program, cli, "destroy", "sandbox", "--auto-approve");
      expect(await evenkeel("inventory")).not.toContain("sandbox-orders");
    },
    10 * minutes,
  );
});

/** Where the provider is found that this repository has fetched. */
const provider = { TF_PLUGIN_CACHE_DIR: process.env.TF_PLUGIN_CACHE_DIR ?? resolve(".evenkeel", "providers") };
