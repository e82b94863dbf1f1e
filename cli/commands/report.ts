import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import type { EnvironmentDefinition, Stage } from "../../config";
import { packageRoot } from "../../loader";
import { makeSynthesisFaster } from "../../modules/core";
import { migrationCounts } from "../../modules/schema-migration";
import {
  type CostReport,
  type Picture,
  pictureOf,
  type Report,
  readReport,
  renderReport,
  stageAfter,
} from "../../report";
import { buildStacks } from "../../stacks";
import { readTopology } from "../../topology";
import type { Outcome } from "../document";
import { reportDocument } from "../documents/report";
import { note } from "../note";
import project from "../project";
import { stageOption } from "../stage-option";
import { type Say, step } from "../step";
import { writtenFile } from "../written-file";
import { costOf } from "./cost";

export interface ReportOptions {
  readonly stage?: string;
  readonly output?: string;
  /** Opens the file in the browser. */
  readonly open?: boolean;
}

/** Writes a report of an environment, at its own or another stage, as one HTML file. */
export async function report(name: string, options: ReportOptions): Promise<Outcome> {
  const environment = project.find(name);
  const stage = stageOption("report", options.stage, environment.input.stage);
  const { data, picture } = await step(`Reporting ${name} at ${stage}`, (say) => reportOf(environment, stage, say));
  const file = resolve(options.output ?? `${name}-report.html`);
  writtenFile(file, renderReport(data, { picture, style: client("index.css"), script: client("index.js") }));
  if ("missing" in picture) note(picture.missing);
  if (options.open) await openInBrowser(file);
  const { stacks, resources, holding } = data.totals;
  return reportDocument.outcome({
    environment: name,
    stage,
    file,
    stacks,
    resources,
    holding,
    picture: "svg" in picture,
  });
}

async function openInBrowser(file: string): Promise<void> {
  const { default: open } = await import("open");
  await open(file);
}

/** What the page brings along, as the build has made it. */
const client = (file: string): string =>
  readFileSync(join(packageRoot(), "dist", "report", "client", file), "utf8").trim();

/** The data and the picture. What is synthesized for them is removed again. */
async function reportOf(
  environment: EnvironmentDefinition,
  stage: Stage,
  say: Say,
): Promise<{ readonly data: Report; readonly picture: Picture }> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-report-"));
  try {
    const next = stageAfter(stage);
    say("synthesizing");
    const output = synthesized(environment, stage, join(folder, "stage"));
    const nextOutput = next && synthesized(environment, next, join(folder, "next"));
    say("drawing the topology");
    const topology = readTopology(output);
    say("estimating costs");
    const costs = costsOf(environment, stage);
    const migrations = migrationCounts(environment.stated.databases);
    const data = readReport({ environment, stage, output, topology, nextOutput, costs, migrations });
    return { data, picture: await pictureOf(topology, `${environment.name} at ${stage}`) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the page says of costs. */
function costsOf(environment: EnvironmentDefinition, stage: Stage): CostReport {
  const { usd, failoverRegion, failoverUsd, capabilities, stages, prices, withoutTraffic } = costOf(environment, {
    stage,
  });
  return {
    usd,
    failover:
      failoverRegion === null || failoverUsd === null ? undefined : { region: failoverRegion, usd: failoverUsd },
    capabilities: capabilities.map(({ failoverUsd: moved, ...one }) => ({ ...one, failoverUsd: moved ?? undefined })),
    stages: stages.map((one) => ({ stage: one.stage, usd: one.usd ?? undefined, addsUsd: one.addsUsd ?? undefined })),
    prices,
    withoutTraffic,
  };
}

/** Nothing is deployed from it, so it may be another stage than the environment's own. @returns the folder */
function synthesized(environment: EnvironmentDefinition, stage: Stage, outdir: string): string {
  makeSynthesisFaster();
  mkdirSync(outdir);
  const app = new App({ outdir, stackTraces: false });
  buildStacks(app, environment.resolve({ stage, localStateDirectory: join(".evenkeel", "state") }));
  app.synth();
  return outdir;
}
