import { App } from "cdktf";
import { buildStacks, defineEnvironment, type EnvironmentInput, engine, type TableInput } from "evenkeel";
import { handledEventsTable } from "../../../environments/common";
import project from "../../../evenkeel.config";

/** Synthesizes prod with everything that AWS 6 brings into a folder. */
const [, , folder = ""] = process.argv;
const { tables = [], databases = [], ...prod } = project.find("prod").input as EnvironmentInput;

/** Strong consistency has no TTL, by which the store of handled events forgets them. */
function stronglyConsistent({ timeToLiveAttribute: _, ...table }: TableInput): TableInput {
  return { ...table, consistencyMode: "STRONG", witnessRegion: "eu-west-2" };
}

const environment = defineEnvironment({
  ...prod,
  // A replication that is strongly consistent is never paused.
  chaos: prod.chaos && { optIn: prod.chaos.optIn },
  logGroupDeletionProtection: true,
  tables: tables.map((table) => (table.name === handledEventsTable.name ? table : stronglyConsistent(table))),
  databases: databases.map(({ pgbouncer: _, rotation: { canary: __, ...rotation } = {}, ...database }) => ({
    ...database,
    rotation,
    proxy: { ...database.proxy, authentication: "iam" },
  })),
});
const app = new App({ outdir: folder, stackTraces: false });
buildStacks(app, environment.resolve({ stage: "optimization", withoutVault: engine.name === "cdktn" }));
app.synth();
