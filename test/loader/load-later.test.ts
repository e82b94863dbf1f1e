import { writeFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { workloadProject } from "../../bench/workload/workload-project";
import { succeed } from "../support/packed";
import { temporaryFolder } from "../support/temporary-folder";

/** Imports the module with most resource types, and then uses one of them as a class of a project would. */
const script = `
const Module = require("node:module");
const loaded = () => Object.keys(require.cache).filter((file) => /provider-aws.lib.ecs-(cluster|service)/.test(file)).length;
const own = (file) => require(${JSON.stringify(resolve("dist", "modules"))} + "/" + file);
own("pgbouncer-pool/pgbouncer-pool");
const said = [loaded()];
const parent = Object.values(require.cache).find(({ filename }) => /dist.modules.pgbouncer-pool.pool-service/.test(filename));
const later = parent.require("@cdktf/provider-aws/lib/ecs-cluster");
said.push(loaded());
class Own extends later.EcsCluster {}
said.push(loaded(), "EcsCluster" in later, Object.keys(later).includes("EcsCluster"), later.nothing === undefined);
const direct = require("@cdktf/provider-aws/lib/ecs-cluster");
said.push(later.EcsCluster === direct.EcsCluster, Own.tfResourceType, { ...later }.EcsCluster === direct.EcsCluster);
console.log(JSON.stringify(said));
`;

/** Runs it as an app is run. */
async function said(env: NodeJS.ProcessEnv): Promise<unknown> {
  const args = ["--require", resolve("dist", "register.js"), "--eval", script];
  return JSON.parse(await succeed(process.execPath, args, ".", env));
}

test("Classes of a resource type are loaded when the first is used, and are the same as for everybody else", async () => {
  expect(await said({})).toEqual([0, 0, 1, true, true, true, true, "aws_ecs_cluster", true]);
});

test("A variable has them loaded at once", async () => {
  expect(await said({ EVENKEEL_LOAD_LATER: "off" })).toEqual([
    2,
    2,
    2,
    true,
    true,
    true,
    true,
    "aws_ecs_cluster",
    true,
  ]);
});

test("Languages of zod are loaded when the first is used, and English errors need none of them", async () => {
  const languages = `
const { z } = require("zod");
const loaded = () => Object.keys(require.cache).filter((file) => /zod.v4.locales/.test(file)).length;
const said = [z.string().safeParse(3).error.issues[0].message, loaded()];
said.push(z.locales.de().localeError({ code: "too_small", minimum: 3, origin: "string" }), loaded() > 40);
console.log(JSON.stringify(said));
`;
  const args = ["--require", resolve("dist", "register.js"), "--eval", languages];
  expect(JSON.parse(await succeed(process.execPath, args, ".", {}))).toEqual([
    "Invalid input: expected string, received number",
    1,
    expect.stringMatching(/^Zu klein/),
    true,
  ]);
});

test("A synthesis of what has passed all checks loads neither what checks stacks nor the engine's writer of JSON", async () => {
  const folder = workloadProject(temporaryFolder("workload-"));
  writeFileSync(
    join(folder, "list.js"),
    'process.on("exit", () => console.log(JSON.stringify(Object.keys(require.cache))));',
  );
  const loaded = async (env: NodeJS.ProcessEnv = {}): Promise<string[]> => {
    const args = ["--require", "evenkeel/register", "--require", "./list.js", "main.ts"];
    const files = JSON.parse(
      await succeed(process.execPath, args, folder, { ENVIRONMENT: "prod", ...env }),
    ) as string[];
    return ["json-stable-stringify", "dist/identity/types", "dist/values/check.js"].filter((part) =>
      files.some((file) => file.split(sep).join("/").includes(part)),
    );
  };
  // The first keeps its modules, the second what has passed. Other tests synthesize beside it, and may put a pack with fewer modules in the place of the first's.
  await loaded();
  let left = await loaded();
  for (let more = 0; left.length > 0 && more < 8; more++) left = await loaded();
  expect(left).toEqual([]);
  expect(await loaded({ EVENKEEL_PASSED_CHECKS: "off" })).toEqual(["dist/identity/types", "dist/values/check.js"]);
});
