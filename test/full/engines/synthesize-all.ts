import { join } from "node:path";
import { App } from "cdktf";
import { buildStacks, engine, makeSynthesisFaster, stages } from "evenkeel";
import project from "../../../evenkeel.config";

/** Synthesizes every environment at every stage, each into `<folder>/<environment>/<stage>`. */
const [, , folder = ""] = process.argv;

makeSynthesisFaster();
for (const environment of project.environments) {
  for (const stage of stages) {
    const app = new App({ outdir: join(folder, environment.name, stage), stackTraces: false });
    const withoutVault = engine.name === "cdktn";
    buildStacks(app, environment.resolve({ stage, localStateDirectory: ".evenkeel/state", withoutVault }));
    app.synth();
  }
}
