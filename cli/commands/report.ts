import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { App } from "cdktf";
import { type EnvironmentDefinition, isStage, type Stage, stages } from "../../config";
import { packageRoot } from "../../loader";
import { ConfigError, skipTokenStackTraces } from "../../modules/core";
import { suggestion } from "../../modules/core/messages";
import { pictureOf, readReport, renderReport, stageAfter } from "../../report";
import { buildStacks } from "../../stacks";
import { readTopology } from "../../topology";
import project from "../project";

export interface ReportOptions {
  readonly stage?: string;
  readonly output?: string;
}

/** Writes a report of an environment, at its own or another stage, as one HTML file. @returns the exit code */
export async function report(name: string, options: ReportOptions): Promise<number> {
  const environment = project.find(name);
  const stage = options.stage ?? environment.input.stage;
  if (!isStage(stage)) {
    throw new ConfigError("evenkeel report", [
      { path: "--stage", message: `is not a stage; ${suggestion(stage, stages)}`, received: stage },
    ]);
  }
  const file = resolve(options.output ?? `${name}-report.html`);
  const page = await reportPage(environment, stage);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, page);
  process.stdout.write(`${file}\n`);
  return 0;
}

/** The page of a report. What is synthesized for it is removed again. */
async function reportPage(environment: EnvironmentDefinition, stage: Stage): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-report-"));
  try {
    const next = stageAfter(stage);
    const output = synthesized(environment, stage, join(folder, "stage"));
    const nextOutput = next && synthesized(environment, next, join(folder, "next"));
    const topology = readTopology(output);
    const data = readReport({ environment, stage, output, topology, nextOutput });
    const picture = await pictureOf(topology, `${environment.name} at ${stage}`);
    const client = join(packageRoot(), "dist", "report", "client");
    const read = (file: string): string => readFileSync(join(client, file), "utf8").trim();
    return renderReport(data, { picture, style: read("index.css"), script: read("index.js") });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nothing is deployed from it, so it may be another stage than the environment's own. @returns the folder */
function synthesized(environment: EnvironmentDefinition, stage: Stage, outdir: string): string {
  skipTokenStackTraces();
  mkdirSync(outdir);
  const app = new App({ outdir, stackTraces: false });
  buildStacks(app, environment.resolve({ stage, localStateDirectory: join(".evenkeel", "state") }));
  app.synth();
  return outdir;
}
