import { App } from "cdktf";
import { buildStacks, defineEnvironment, type EnvironmentInput, engine } from "evenkeel";
import project from "../../../evenkeel.config";

/** Synthesizes prod with everything that AWS 6 brings into a folder. */
const [, , folder = ""] = process.argv;
const { tables = [], databases = [], ...prod } = project.find("prod").input as EnvironmentInput;

const environment = defineEnvironment({
  ...prod,
  logGroupDeletionProtection: true,
  tables: tables.map(({ timeToLiveAttribute: _, ...table }) => ({
    ...table,
    consistencyMode: "STRONG",
    witnessRegion: "eu-west-2",
  })),
  databases: databases.map(({ pgbouncer: _, rotation: { canary: __, ...rotation } = {}, ...database }) => ({
    ...database,
    rotation,
    proxy: { ...database.proxy, authentication: "iam" },
  })),
});
const app = new App({ outdir: folder, stackTraces: false });
buildStacks(app, environment.resolve({ stage: "optimization", withoutVault: engine.name === "cdktn" }));
app.synth();
